"""The ratings of a release, in all three layouts."""

import pytest

from model_server.data.errors import DataError
from model_server.data.ratings import FIELDS, read_ratings

HEADER = "userId,movieId,rating,timestamp\n"


def test_ratings_stand_by_person_time_and_movie(release):
    table = read_ratings(release)
    assert table.columns == list(FIELDS)
    assert table.rows() == [
        (1, 2571, 5.0, 1000),
        (1, 4973, 4.0, 2000),
        (2, 838, 2.5, 3000),  # two of one second go by movie id
        (2, 2571, 0.5, 3000),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [("ratings.dat", "1::1193::5::978300760\n"), ("u.data", "1\t1193\t5\t978300760\n")],
)
def test_the_layouts_without_a_header_are_read(write, name, text):
    assert read_ratings(write(name, text).parent).rows() == [(1, 1193, 5.0, 978300760)]


def test_columns_in_another_order_and_more_of_them_are_read(write):
    path = write("ratings.csv", "rating,note,timestamp,movieId,userId\n4.5,x,9,7,1\n")
    assert read_ratings(path.parent).rows() == [(1, 7, 4.5, 9)]


def test_a_byte_order_mark_and_windows_line_ends_are_read(write):
    path = write("ratings.csv", HEADER.replace("\n", "\r\n") + "1,7,4.5,9\r\n", "utf-8-sig")
    assert read_ratings(path.parent).rows() == [(1, 7, 4.5, 9)]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("1,2,5.0,9\n1,x,4.0,9\n", 3),
        ("1,2,5.0,9\n1,3,good,9\n", 3),
        ("1,2,5.0,9\n1,3,4.0\n", 3),
        ("1,2,5.0,9\n1,3,4.0,9,9\n", 3),
        ("1,2,5.0,9\n1,3,,9\n", 3),
        ("1,2,5.0,9\n,3,4.0,9\n", 3),
        ("1,2,5.0,9\n1,3,4.0,\n", 3),
        ("1,2,5.5,9\n", 2),
        ("1,2,0,9\n", 2),
        ("1,2,nan,9\n", 2),
        ("0,2,5.0,9\n", 2),
        ("1,-2,5.0,9\n", 2),
        ("1,99999999999,5.0,9\n", 2),
        ("1,2,5.0,9\n1,3,4.0,9\n1,2,3.0,9\n", 4),
    ],
)
def test_a_malformed_row_of_csv_is_refused_with_its_line(write, rows, line):
    path = write("ratings.csv", HEADER + rows)
    with pytest.raises(DataError) as refused:
        read_ratings(path.parent)
    assert str(refused.value).startswith(f"{path}, line {line}: ")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("1::2::5", "has 3 fields"),
        ("1::2::good::9", "rating must be a number, got 'good'"),
        ("1::2::6::9", "needs ids and a time from 1 and a rating of 0.5 to 5"),
        ("one::2::5::9", "userId must be a whole number"),
        ("1::99999999999::5::9", "movieId must be a whole number"),
        ("1::2::5::0", "timestamp must be a whole number"),
        ("1::1::5::9", "person 1 rates movie 1 a second time"),
    ],
)
def test_a_malformed_row_of_dat_is_refused_with_its_line(write, row, problem):
    path = write("ratings.dat", f"1::1::5::9\n{row}\n")
    with pytest.raises(DataError) as refused:
        read_ratings(path.parent)
    assert str(refused.value).startswith(f"{path}, line 2: {problem}")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", r"ratings\.csv: is empty"),
        (HEADER.encode(), r"ratings\.csv: has no ratings"),
        (b"userId,movieId,rating\n1,2,3\n", r"ratings\.csv, line 1: has no column timestamp"),
        (b"PK\x03\x04", r"ratings\.csv, line 1: has no column userId, movieId"),
        (HEADER.encode() + b"1,\xe9,3,4\n", r"ratings\.csv, line 2: is not utf-8: byte 0xe9"),
    ],
)
def test_a_file_that_is_no_table_of_ratings_is_refused(tmp_path, content, problem):
    (tmp_path / "ratings.csv").write_bytes(content)
    with pytest.raises(DataError, match=problem):
        read_ratings(tmp_path)


def test_a_folder_without_ratings_says_what_it_lacks(tmp_path):
    with pytest.raises(DataError, match=r"has none of ratings\.csv, ratings\.dat, u\.data"):
        read_ratings(tmp_path)
