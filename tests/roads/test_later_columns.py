"""Networks that were made before sections had widths, closures and a speed for each direction."""

import pickle

import numpy as np
import pytest

from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, network_from_tables, open_network, save_network
from drillsim.roads.network.columns import LATER

NODES = [{"id": name, "lat": 36.0, "lon": 100 + 0.1 * i} for i, name in enumerate("abc")]
EDGE = {"from": "a", "to": "b", "length_km": 12, "free_flow_kmh": 60}


def older(network):
    """Return the network as an older version wrote it."""
    return RoadNetwork.from_columns(
        network.id, network.place_columns, network.section_columns.drop_columns(list(LATER))
    )


@pytest.fixture
def plain():
    return network_from_tables(NODES, [EDGE], id="plain")


def test_an_older_file_opens_as_one_that_says_nothing_of_them(plain, tmp_path, monkeypatch):
    path = tmp_path / "old.roads"
    old = older(plain)
    monkeypatch.setattr(old, "section_columns", old.section_columns.drop_columns(list(LATER)))
    save_network(old, path)
    opened = open_network(path)
    section = opened.sections["a--b:"]

    assert (section.backward_kmh, section.max_width_m, section.closed) == (None, None, "")
    assert opened == plain
    assert pickle.loads(pickle.dumps(opened)) == plain  # noqa: S301  # its own


def test_a_fingerprint_does_not_depend_on_columns_that_hold_nothing(plain):
    # as version 0.3 computed it, without these columns
    assert older(plain).digest == plain.digest


@pytest.mark.parametrize("said", [{"backward_kmh": 30}, {"max_width_m": 2.2}, {"closed": "winter"}])
def test_a_fingerprint_depends_on_what_they_hold(plain, said, tmp_path):
    network = network_from_tables(NODES, [EDGE | said], id="plain")
    save_network(network, tmp_path / "new.roads")

    assert network != plain
    assert open_network(tmp_path / "new.roads") == network
    assert RoadNetwork.from_graph(network.graph) == network


def test_a_table_says_how_fast_a_road_is_the_other_way():
    network = network_from_tables(NODES, [EDGE | {"backward_kmh": 30}], id="slope")

    # 12 km at 0.8 of 60 and of 30 km/h
    assert HeavyVehicleSpeed().section_s(network) == pytest.approx(np.array([[900.0, 1800.0]]))


@pytest.mark.parametrize(("field", "value"), [("backward_kmh", 0), ("backward_kmh", 9999), ("max_width_m", -1)])
def test_values_that_cannot_be_are_refused(field, value):
    with pytest.raises(ValueError, match=field):
        network_from_tables(NODES, [EDGE | {field: value}], id="x")
