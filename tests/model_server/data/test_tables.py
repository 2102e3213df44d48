"""Reading text strictly: what comes back, and what every complaint names."""

import pytest

from model_server.data.errors import DataError
from model_server.data.tables import positive, read_csv, read_separated, read_text


def rows(path, columns=("id", "name")):
    return list(read_csv(path, columns))


def test_rows_come_with_their_line_and_the_columns_asked_for(write):
    path = write("a.csv", 'name,skipped,id\nx,1,7\n"y, z",2,8\n')
    assert rows(path) == [(2, ("7", "x")), (3, ("8", "y, z"))]


def test_a_quoted_field_may_hold_line_breaks_and_the_line_is_where_the_row_ends(write):
    path = write("a.csv", 'id,name\n1,"two\nlines"\n2,b\n')
    assert rows(path) == [(3, ("1", "two\nlines")), (4, ("2", "b"))]


def test_a_unicode_line_separator_ends_no_row(write):
    path = write("a.csv", "id,name\n1,before\u2028after\x85more\n")
    assert rows(path) == [(2, ("1", "before\u2028after\x85more"))]


def test_a_byte_order_mark_and_windows_line_ends_are_read(write):
    path = write("a.csv", "id,name\r\n1,a\r\n", encoding="utf-8-sig")
    assert rows(path) == [(2, ("1", "a"))]


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"", None, "is empty"),
        (b"  \n\n", None, "is empty"),
        (b"id,name\n", 1, "has a header but no rows"),
        (b"id,title\n1,a\n", 1, "has no column name; its columns are id, title"),
        (b"id,name\n1,a\n2\n", 3, "has 1 fields, the header has 2"),
        (b"id,name\n1,a,b\n", 2, "has 3 fields, the header has 2"),
        (b'id,name\n1,a\n2,"b\n', 3, "is malformed"),
        (b'id,name\n1,"a"b\n', 2, "is malformed"),
        (b"id,name\n1,a\n2,Am\xe9lie\n", 3, "is not utf-8: byte 0xe9"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_and_line(tmp_path, content, line, problem):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        rows(path)
    where = f"{path}, line {line}: " if line else f"{path}: "
    assert str(refused.value).startswith(where + problem)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match=r"none\.csv: no such file"):
        rows(tmp_path / "none.csv")


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    with pytest.raises(DataError, match="cannot be read: Is a directory"):
        read_text(tmp_path)


def test_separated_rows_skip_empty_lines_and_keep_the_count(write):
    path = write("m.dat", "1::a::x\n\n2::b::y\r\n")
    assert list(read_separated(path, "::", 3, "latin-1")) == [
        (1, ("1", "a", "x")),
        (3, ("2", "b", "y")),
    ]


def test_a_separated_row_of_another_length_is_refused(write):
    path = write("m.dat", "1::a::x\n2::b\n")
    with pytest.raises(DataError, match=r"m\.dat, line 2: has 2 fields between '::', expected 3"):
        list(read_separated(path, "::", 3, "latin-1"))


@pytest.mark.parametrize("text", ["", "0", "-1", "1.0", "abc", " 1", "٣", "2147483648", "9" * 5000])
def test_an_id_is_a_whole_number_from_1_of_32_bits(text):
    with pytest.raises(
        DataError, match=r"f, line 4: movieId must be a whole number from 1 to 2147"
    ):
        positive("f", 4, "movieId", text)
