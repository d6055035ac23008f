"""CSV files: any of three delimiters, packed or not, every row with the number of its line; what cannot be read is said."""

import gzip

import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads.csv_reader import read_csv

ROWS = [(1, ["id", "lat"]), (2, ["a", "36"])]


def written(tmp_path, content, name="table.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path, most_bytes=1000):
    with pytest.raises(NetworkError) as caught:
        read_csv(path, most_bytes=most_bytes)
    (problem,) = caught.value.problems
    assert problem.where == str(path)
    return f"{problem.code} {problem.values.get('why', '')}".strip()


@pytest.mark.parametrize("text", ["id,lat\na,36\n", "id;lat\r\na;36", "id\tlat\ra\t36\r", "\ufeffid,lat\na,36\n"])
def test_delimiters_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path, text):
    assert read_csv(written(tmp_path, text), most_bytes=1000) == ROWS


def test_a_packed_table_is_unpacked(tmp_path):
    path = written(tmp_path, gzip.compress(b"id,lat\na,36\n"), "table.csv.gz")

    assert read_csv(path, most_bytes=1000) == ROWS


def test_lines_are_counted_as_an_editor_does_with_blank_ones_and_cells_of_several_lines(tmp_path):
    text = 'id,name\n\na,"on two\nlines"\n,\nb,x\n'

    assert read_csv(written(tmp_path, text), most_bytes=1000) == [
        (1, ["id", "name"]), (4, ["a", "on two\nlines"]), (5, ["", ""]), (6, ["b", "x"]),
    ]  # fmt: skip


def test_the_delimiter_is_that_of_the_first_line_unless_titles_may_stand_above(tmp_path):
    decimal_commas = written(tmp_path, "id;lat\na;36,5\nb;36,6\nc;1,2\n")
    titled = written(tmp_path, "stations, as of May\nid;lat\na;36\nb;37\n", "titled.csv")

    assert read_csv(decimal_commas, most_bytes=1000)[1] == (2, ["a", "36,5"])
    assert read_csv(titled, most_bytes=1000, titled=True)[2] == (3, ["a", "36"])


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"id,n\xe4me\n", "t.csv", "not_utf8"),
        (b"x" * 1001, "t.csv", "file_too_large"),
        (gzip.compress(b"x" * 1001), "t.csv.gz", "file_too_large"),
        (gzip.compress(b"id,lat\n")[:-6], "t.csv.gz", "file_unreadable Compressed file ended"),
        (b"no gzip", "t.csv.gz", "file_unreadable Not a gzipped file"),
        (b"id\n" + b"y" * 140_000, "wide.csv", "file_unreadable field larger than field limit"),
    ],
    ids=["latin-1", "large", "large once unpacked", "cut short", "not packed", "wide cell"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path, content, name, said):
    path = written(tmp_path, content, name)

    assert refusal(path, most_bytes=200_000 if name == "wide.csv" else 1000).startswith(said)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    (tmp_path / "folder.csv").mkdir()

    assert refusal(tmp_path / "none.csv") == "file_missing"
    assert refusal(tmp_path / "folder.csv") == "file_is_folder"
