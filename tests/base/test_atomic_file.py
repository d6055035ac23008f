"""A file is written whole or not at all, whoever else writes or reads it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from drillsim.base.atomic_file import atomic_open
from drillsim.base.errors import WriteError

WRITER = """
import sys
from pathlib import Path
from drillsim.base.atomic_file import atomic_open
for _ in range(150):
    with atomic_open(Path(sys.argv[1])) as file:
        for _ in range(20):
            file.write(sys.argv[2].encode() * 5000)
"""


def test_two_writers_of_one_file_both_succeed_and_every_read_is_of_one_of_them(tmp_path):
    file = tmp_path / "same.txt"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), letter]) for letter in "ab"]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        if file.exists():
            seen.add(file.read_bytes())

    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= {b"a" * 100_000, b"b" * 100_000}
    assert seen
    assert [path.name for path in tmp_path.iterdir()] == ["same.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    file = tmp_path / "kept.txt"
    file.write_text("old")

    def interrupted():
        with atomic_open(file) as out:
            out.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


@pytest.mark.parametrize(
    ("name", "number"), [("gone/out.txt", errno.ENOENT), ("file/out.txt", errno.ENOTDIR), ("folder", errno.EISDIR)]
)
def test_what_cannot_be_written_is_told_with_its_name_and_the_reason_of_the_system(tmp_path, name, number):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    with pytest.raises(WriteError, match=name) as caught, atomic_open(tmp_path / name) as out:
        out.write(b"x")

    assert caught.value.__cause__.errno == number


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_write_protected_file_is_not_replaced(tmp_path):
    file = tmp_path / "protected.txt"
    file.write_text("old")
    file.chmod(0o444)

    with pytest.raises(WriteError), atomic_open(file) as out:
        out.write(b"new")

    assert file.read_text() == "old"


def test_a_link_stays_and_its_target_is_replaced(tmp_path):
    (tmp_path / "target.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "target.txt")

    with atomic_open(tmp_path / "link.txt") as out:
        out.write(b"new")

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "target.txt").read_text() == "new"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device here")
def test_a_device_is_written_and_stays_a_device():
    with atomic_open(Path("/dev/null")) as out:
        out.write(b"x")

    assert Path("/dev/null").is_char_device()
