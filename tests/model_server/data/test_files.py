"""Files are written whole or not at all, and equal content gives equal bytes."""

import gzip
import stat

import pytest

from model_server.data.errors import DataError
from model_server.data.files import copy_whole, read_gzip_lines, whole_file, write_gzip_lines


def test_a_file_takes_the_place_of_the_old_one_at_the_end(tmp_path):
    path = tmp_path / "new" / "a.bin"
    with whole_file(path) as file:
        file.write(b"half")
        assert not path.exists()
    assert path.read_bytes() == b"half"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_after_an_error_the_old_file_is_as_it_was_and_nothing_is_left(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), whole_file(path) as file:  # noqa: PT012
        file.write(b"new")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_in_the_lines_leaves_no_file(tmp_path):
    def lines():
        yield "one"
        raise DataError("source", 2, "is bad")

    with pytest.raises(DataError):
        write_gzip_lines(tmp_path / "a.gz", lines())
    assert list(tmp_path.iterdir()) == []


def test_equal_lines_give_equal_bytes_whatever_the_name_and_the_time(tmp_path):
    for name in ("a.gz", "b.gz"):
        write_gzip_lines(tmp_path / name, ["é", "b"])
    written = (tmp_path / "a.gz").read_bytes()
    assert written == (tmp_path / "b.gz").read_bytes()
    assert written[4:8] == b"\0\0\0\0"  # RFC 1952: MTIME
    assert gzip.decompress(written).decode() == "é\nb\n"


def test_lines_come_back_with_their_numbers(tmp_path):
    write_gzip_lines(tmp_path / "a.gz", ["é\u2028", "b"])
    assert list(read_gzip_lines(tmp_path / "a.gz")) == [(1, "é\u2028\n"), (2, "b\n")]


@pytest.mark.parametrize(
    "content",
    [b"plain text", gzip.compress(b"one\ntwo\n")[:-9], gzip.compress(b"caf\xe9\n")],
    ids=["no gzip", "cut off", "latin-1"],
)
def test_what_is_no_whole_gzip_file_of_text_is_refused(tmp_path, content):
    path = tmp_path / "a.gz"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"a\.gz, line \d: is no whole gzip file of UTF-8"):
        list(read_gzip_lines(path))


def test_a_gzip_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match=r"a\.gz: no such file"):
        list(read_gzip_lines(tmp_path / "a.gz"))


def test_copying_names_the_file_that_is_missing(tmp_path):
    with pytest.raises(DataError, match=r"a\.csv: cannot be read: No such file"):
        copy_whole(tmp_path / "a.csv", tmp_path / "b.csv")
    assert list(tmp_path.iterdir()) == []
