"""Coordinates of any system become degrees on WGS 84: published control points, and what is said of other datums."""

import numpy as np
import pyproj
import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads.importing import import_graph
from drillsim.roads.importing.crs import crs_of


def degrees(crs, x, y):
    lat, lon = crs_of(crs, "roads.gpkg").to_degrees(np.array([x]), np.array([y]))
    return float(lat[0]), float(lon[0])


@pytest.mark.parametrize(
    ("crs", "x", "y", "lat", "lon", "within_deg"),
    [
        # the example of Popular Visualisation Pseudo-Mercator in IOGP 373-7-2: 24°22'54.433"N, 100°20'00"W
        ("EPSG:3857", -11_169_055.58, 2_800_000.00, 24 + 22 / 60 + 54.433 / 3600, -(100 + 20 / 60), 1e-7),
        # that of Polar Stereographic variant A there: 73°N, 44°E
        ("EPSG:32661", 3_320_416.75, 632_668.43, 73.0, 44.0, 1e-7),
        # the first example of pyproj's manual: 50°N, 80°W in UTM zone 17 on NAD 83
        ("EPSG:26917", 571_666.4475041276, 5_539_109.815175673, 50.0, -80.0, 1e-8),
        # swisstopo, formulas for the change between Swiss coordinates and WGS 84, within a metre or so
        ("EPSG:2056", 2_699_999.76, 1_099_999.97, 46 + 2 / 60 + 38.87 / 3600, 8 + 43 / 60 + 49.79 / 3600, 2e-5),
        # a quarter of the meridian is 10 001 965.729 m long on GRS 80 (Moritz 2000)
        ("EPSG:4544", 500_000.0, 10_001_965.729, 90.0, 105.0, 1e-8),
        # as PROJ turns them
        ("EPSG:32650", 448_502.182, 4_417_797.609, 39.9087, 116.3975, 2e-8),
        ("EPSG:32756", 334_368.634, 6_250_948.345, -33.8688, 151.2093, 2e-8),
        ("+proj=utm +zone=50 +ellps=WGS84 +units=m", 448_502.182, 4_417_797.609, 39.9087, 116.3975, 2e-8),
        ("EPSG:4549", 249_438.792, 4_055_773.400, 36.6, 117.2, 2e-8),
        ("EPSG:4523", 35_607_373.203, 4_052_791.873, 36.6, 106.2, 2e-8),
        ("EPSG:4490", 116.3975, 39.9087, 39.9087, 116.3975, 1e-12),
    ],
)
def test_known_points_come_back(crs, x, y, lat, lon, within_deg):
    got = degrees(crs, x, y)

    if lat < 90:  # at the pole any longitude will do
        assert got[1] == pytest.approx(lon, abs=within_deg)
    assert got[0] == pytest.approx(lat, abs=within_deg)


@pytest.mark.parametrize(
    "said",
    [
        "epsg:32650", 32650, "32650", "urn:ogc:def:crs:EPSG::32650", "http://www.opengis.net/def/crs/EPSG/0/32650",
        {"id": {"authority": "EPSG", "code": 32650}}, {"init": "epsg:32650"}, "+init=epsg:32650",
        pyproj.CRS(32650).to_wkt(), pyproj.CRS(32650).to_json_dict(), pyproj.CRS(32650),
    ],
    ids=lambda said: type(said).__name__,
)  # fmt: skip
def test_a_system_may_be_written_in_many_ways(said):
    assert degrees(said, 448_502.182, 4_417_797.609) == pytest.approx((39.9087, 116.3975), abs=2e-8)


@pytest.mark.parametrize("said", ["EPSG:4326", "OGC:CRS84", 4326, {"id": {"authority": "OGC", "code": "CRS84"}}])
def test_degrees_stay_as_they_are_and_nothing_is_loaded_for_them(said):
    crs = crs_of(said, "")

    assert crs.transformer is None
    assert degrees(said, 100.1, 36.2) == (36.2, 100.1)


@pytest.mark.parametrize("said", ["EPSG:99999", "EPSG:5773", "atlantis", "NONE:-1", {"name": "local"}, 'LOCAL_CS["x"]'])
def test_what_is_no_system_on_the_ground_is_refused_with_its_file(said):
    with pytest.raises(NetworkError) as caught:
        crs_of(said, "roads.gpkg")

    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("roads_crs", "roads.gpkg")


def test_points_outside_of_the_system_are_refused_points_without_coordinates_stay_without():
    crs = crs_of("EPSG:4522", "roads.gpkg")
    lat, lon = crs.to_degrees(np.array([np.nan, 34_500_000.0]), np.array([4_000_000.0, 4_000_000.0]))

    assert np.isnan([lat[0], lon[0]]).all()
    assert lon[1] == pytest.approx(102.0)
    with pytest.raises(NetworkError, match=r"EPSG:4522.*got 500000; 4000000"):
        crs.to_degrees(np.array([34_500_000.0, 500_000.0]), np.array([4_000_000.0, 4_000_000.0]))


@pytest.mark.parametrize(
    ("crs", "unknown"),
    [
        ("EPSG:4544", False),  # CGCS2000
        ("EPSG:2435", False),  # Beijing 1954, with published parameters
        ("+proj=utm +zone=48 +ellps=GRS80", False),
        ("EPSG:2379", True),  # Xi'an 1980, whose parameters are not public
        ("+proj=tmerc +lon_0=105 +x_0=500000 +ellps=krass", True),
    ],
)
def test_a_datum_whose_shift_nobody_has_published_is_told(crs, unknown):
    graph = nx_graph(crs, (500_000.0, 4_000_000.0), (500_000.0, 4_001_000.0))
    network, report = import_graph(graph)

    assert ("datum" in report.warnings) is unknown
    assert network.section_m.sum() == pytest.approx(1_000, rel=0.003)


def nx_graph(crs, *points):
    import networkx as nx  # noqa: PLC0415

    graph = nx.MultiDiGraph(crs=crs)
    for number, (x, y) in enumerate(points):
        graph.add_node(number, x=x, y=y)
    graph.add_edge(0, 1)
    return graph


def test_no_grids_are_fetched_from_the_internet_and_the_setting_of_others_stays(monkeypatch):
    monkeypatch.setenv("PROJ_NETWORK_ENDPOINT", "http://127.0.0.1:9")
    before = pyproj.network.is_network_enabled()
    seen = []

    class Watched:
        def transform(self, x, y):
            seen.append(pyproj.network.is_network_enabled())
            return x, y

    pyproj.network.set_network_enabled(active=True)
    try:
        crs = crs_of("EPSG:4267", "")
        type(crs)(crs.name, "", Watched()).to_degrees(np.zeros(1), np.zeros(1))
        assert pyproj.network.is_network_enabled()
    finally:
        pyproj.network.set_network_enabled(active=before)
    assert seen == [False]
