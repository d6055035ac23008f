"""Texts in other encodings than UTF-8: read where the file or its user says so, refused where nobody does."""

import pytest

from drillsim.base.errors import NetworkError, ScenarioError
from drillsim.base.text_encoding import EncodingError, decoded
from drillsim.roads import read_network
from drillsim.roads.importing import import_roads
from drillsim.roads.speeds.observed_times import read_observations
from drillsim.scenario.yaml.reader import read_text

NODES = "id,name_zh,lat,lon\na,西宁,36,101\nb,格尔木𠮷,36,101.1\n"
EDGES = "from,to,name_zh,length_km,free_flow_kmh\na,b,京藏高速,12,80\n"


@pytest.fixture
def folder(tmp_path):
    def write(encoding, first="", edges=EDGES):
        for name, text in (("nodes", NODES), ("edges", edges)):
            (tmp_path / f"{name}.csv").write_bytes((first + text).encode(encoding))
        return tmp_path

    return write


def name_of(network):
    return network.places["a"].name_zh, network.places["b"].name_zh, next(iter(network.sections.values())).name_zh


READ = ("西宁", "格尔木𠮷", "京藏高速")


def test_a_table_says_by_its_first_line_what_it_is_in(folder):
    path = folder("gb18030", "# encoding: gb18030\n")

    assert name_of(read_network(path)) == READ
    assert name_of(import_roads(path)[0]) == READ


def test_a_table_with_semicolons_says_so_too(folder):
    path = folder("gb18030", "# encoding: gb18030\n")
    for name in ("nodes", "edges"):
        content = (path / f"{name}.csv").read_bytes()
        (path / f"{name}.csv").write_bytes(content.replace(b",", b";"))

    assert name_of(read_network(path)) == READ


def test_a_table_is_in_what_its_user_says(folder):
    path = folder("gb18030")

    assert name_of(read_network(path, encoding="GB18030")) == READ
    assert name_of(import_roads(path, encoding="gb18030")[0]) == READ


@pytest.mark.parametrize("page", ["GB18030", "936", "54936", "gbk"])
def test_a_file_beside_a_table_says_what_it_is_in(folder, page):
    path = folder("gb18030")
    for name in ("nodes", "edges"):
        (path / f"{name}.cpg").write_text(page, encoding="ascii")

    assert name_of(read_network(path)) == READ


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_byte_order_mark_says_what_a_table_is_in(folder, encoding):
    assert name_of(read_network(folder(encoding, "\ufeff" if encoding == "gb18030" else ""))) == READ


def test_what_is_not_said_is_not_guessed(folder):
    with pytest.raises(NetworkError, match=r"nodes\.csv: not UTF-8.*--encoding gb18030"):
        read_network(folder("gb18030"))
    with pytest.raises(NetworkError, match="not UTF-8"):
        import_roads(folder("gb18030"))


def test_tables_of_other_makers_and_journeys_are_read_alike(folder, tmp_path):
    path = folder("gb18030", edges="from,to,name,highway\na,b,京藏高速,primary\n")
    network, _ = import_roads(path, encoding="gbk")
    assert next(iter(network.sections.values())).name_zh == "京藏高速"

    journeys = tmp_path / "journeys.csv"
    journeys.write_bytes("origin,destination,seconds\n西宁,b,900\n".encode("gbk"))
    own = read_network(folder("gb18030"), encoding="gb18030")
    assert read_observations(journeys, own, encoding="gbk")[0].origin == "a"


@pytest.mark.parametrize(
    ("content", "said", "code"),
    [
        ("西宁".encode("gbk"), "", "not_utf8"),
        ("西宁".encode("gbk"), "utf-8", "not_encoded"),
        (b"\xff\xff", "gb18030", "not_encoded"),
        (b"x", "klingon", "encoding_unknown"),
        (b"x", "rot13", "encoding_unknown"),
        (b"# coding: klingon\nx", "", "encoding_unknown"),
    ],
)
def test_what_is_in_no_encoding_that_is_known_is_refused(content, said, code):
    with pytest.raises(EncodingError) as caught:
        decoded(content, encoding=said)

    assert caught.value.code == code


def test_lines_keep_their_numbers_below_a_declaration():
    assert decoded("# encoding: gbk\n西宁".encode("gbk")).split("\n") == ["", "西宁"]
    assert decoded(b"# encoding: gbk") == ""


def test_a_scenario_or_plan_may_say_so_too(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes("# encoding: gb18030\ntitle: 力量部署\n".encode("gb18030"))
    assert read_text(path) == "\ntitle: 力量部署\n"

    path.write_bytes("title: x\nid: 力".encode("gb18030"))
    with pytest.raises(ScenarioError, match=r"plan\.yaml:2:5: not UTF-8"):
        read_text(path)
