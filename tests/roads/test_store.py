"""A network as one file: the same when it is opened again, whole or not there, mapped and not copied."""

import pickle

import pytest

from drillsim.base.errors import NetworkError, WriteError
from drillsim.roads import (
    HeavyVehicleSpeed,
    Place,
    RoadNetwork,
    Section,
    open_network,
    read_network,
    router_of,
    save_network,
)
from drillsim.roads.network.state import RoadState
from drillsim.roads.network.store import stored_blocks
from drillsim.roads.routing.hierarchy import hierarchy_blocks
from drillsim.scenario.files import load_scenario


@pytest.fixture
def town():
    places = [Place(f"p{i}", f"地{i}", f"Place {i}", "town", 36.0, 100 + 0.1 * i, 2000.0 + i, 10 * i) for i in range(5)]
    sections = [Section(f"s{i}", f"p{i}", f"p{i + 1}", "G1", 10_000.0, 60.0, max_height_m=4.5) for i in range(4)]
    return RoadNetwork("town", places, [*sections, Section("back", "p4", "p0", "G2", 50_000.0, 80.0, oneway=True)])


def test_a_network_is_the_same_when_it_is_opened_again(town, tmp_path):
    save_network(town, tmp_path / "town.roads", provenance={"licence": "CC0"})
    again = open_network(tmp_path / "town.roads")

    assert again == town
    assert list(again.places.values()) == list(town.places.values())
    assert list(again.sections.values()) == list(town.sections.values())
    assert again.provenance["licence"] == "CC0"


def test_what_cannot_be_written_leaves_nothing_behind_and_is_told_by_the_name_that_was_given(town, tmp_path):
    (tmp_path / "town.roads").mkdir()

    with pytest.raises(WriteError, match=r"town\.roads: cannot be written"):
        save_network(town, tmp_path / "town.roads")
    assert [path.name for path in tmp_path.iterdir()] == ["town.roads"]


def test_an_opened_network_goes_to_another_process_as_the_name_of_its_file(town, tmp_path):
    save_network(town, tmp_path / "town.roads")
    opened = open_network(tmp_path / "town.roads")

    assert len(pickle.dumps(opened)) < 300
    assert pickle.loads(pickle.dumps(opened)) == town  # noqa: S301  # what we have just pickled


def test_what_was_prepared_is_used_and_routes_are_the_same(town, tmp_path):
    save_network(town, tmp_path / "plain.roads")
    save_network(town, tmp_path / "ready.roads", blocks=hierarchy_blocks(town))
    assert set(stored_blocks(tmp_path / "ready.roads")) >= {"hierarchy/order"}

    for name in ("plain.roads", "ready.roads"):
        route = router_of(open_network(tmp_path / name), HeavyVehicleSpeed()).fastest("p0", "p3", RoadState())
        assert route.sections == ("s0", "s1", "s2")


def test_a_file_that_was_cut_short_is_refused_and_so_is_anything_else(town, tmp_path):
    path = tmp_path / "town.roads"
    save_network(town, path)
    whole = path.read_bytes()
    for content in (whole[:-20], whole[: len(whole) // 2], b"", b"PK\x03\x04 something else", whole[100:]):
        path.write_bytes(content)
        with pytest.raises(NetworkError, match=r"town\.roads"):
            open_network(path)
    with pytest.raises(NetworkError, match="no such file"):
        open_network(tmp_path / "none.roads")


def _content(network):
    return list(network.places.values()), list(network.sections.values())


def _refusal_or_content(path):
    try:
        stored_blocks(path)
        return _content(open_network(path))
    except NetworkError as error:
        return error


def test_a_single_flipped_bit_is_refused_or_changes_nothing(town, tmp_path):
    path = tmp_path / "town.roads"
    save_network(town, path, blocks={"more": b"prepared"})
    whole, refused = path.read_bytes(), 0
    for bit in range(0, 8 * len(whole), 8 * len(whole) // 300 + 1):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        found = _refusal_or_content(path)
        refused += isinstance(found, NetworkError)
        assert str(path) in str(found) if isinstance(found, NetworkError) else found == _content(town)
    assert refused > 200  # the rest is filling between the blocks


def test_damage_names_the_part_and_what_to_do(town, tmp_path):
    path = tmp_path / "town.roads"
    save_network(town, path)
    whole = path.read_bytes()
    path.write_bytes(whole.replace("地3".encode(), "地4".encode()))

    opened = open_network(path)
    with pytest.raises(NetworkError, match=r"town\.roads: damaged in its part 'places'.*import it again"):
        len(opened.places)
    path.write_bytes(whole.replace(b'"digest": "', b'"digest": "0'))
    with pytest.raises(NetworkError, match=r"town\.roads: damaged in its part 'contents'"):
        open_network(path)


def test_a_file_of_an_older_version_is_to_be_made_again(town, tmp_path):
    path = tmp_path / "town.roads"
    save_network(town, path)
    path.write_bytes(path.read_bytes().removesuffix(b"2") + b"1")

    with pytest.raises(NetworkError, match=r"older version of drillsim.*import the roads again"):
        open_network(path)


def test_a_write_that_fails_leaves_what_was_there(town, tmp_path, monkeypatch):
    path = tmp_path / "town.roads"
    save_network(town, path)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        save_network(town, path, provenance={"bad": object()})

    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["town.roads"]


def test_a_scenario_names_a_network_file(town, tmp_path):
    save_network(town, tmp_path / "town.roads")
    (tmp_path / "drill.yaml").write_text(
        "drillsim: 1\nid: drill\ntitle: Drill\nstartex: 2026-01-01 08:00\nends_at_s: 1 h\nroads: town.roads\n",
        encoding="utf-8",
    )

    assert load_scenario(tmp_path / "drill.yaml").roads == town


def test_a_folder_that_is_not_there_is_named_by_the_file_that_was_asked_for(town, tmp_path):
    with pytest.raises(WriteError, match=r"none/town\.roads: cannot be written: No such file"):
        save_network(town, tmp_path / "none" / "town.roads")


def test_a_link_to_a_network_file_stays_one(town, tmp_path):
    (tmp_path / "link.roads").symlink_to(tmp_path / "town.roads")
    save_network(town, tmp_path / "link.roads")

    assert (tmp_path / "link.roads").is_symlink()
    assert open_network(tmp_path / "town.roads") == town


def test_why_a_file_cannot_be_written_is_said_also_where_the_system_gives_no_number(town, tmp_path, monkeypatch):
    def broken(*_):
        raise OSError("cannot compress block 7")

    monkeypatch.setattr("drillsim.roads.network.store._write", broken)
    with pytest.raises(WriteError, match="cannot compress block 7"):
        save_network(town, tmp_path / "town.roads")

    assert list(tmp_path.iterdir()) == []


def test_a_network_file_is_read_as_a_folder_of_tables_is(town, tmp_path):
    save_network(town, tmp_path / "town.roads")

    assert read_network(tmp_path / "town.roads") == town
    with pytest.raises(NetworkError, match=r"none\.roads: there is no such file"):
        read_network(tmp_path / "none.roads")
