"""Files become tables, whatever their encoding, or errors that say row and column."""

import gzip

import pytest

from web.domain import InvalidRequest, TooLarge
from web.files import reading
from web.files.reading import MAX_ROWS, decoded, table

HEADERS = [frozenset({"name", "year"})]
TEXT = "Name,Year\r\nAmélie, “Poulain”,2001\r\n"
UNKNOWN = "row 1 must name the columns of a file of Letterboxd, IMDb, MovieLens or Marquee"


def cells(text: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table(text, HEADERS).rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_file_is_read_in_every_encoding_that_sites_and_spreadsheets_write(encoding):
    assert decoded(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"Name\r\n\x81",
            "the file must be text in UTF-8, UTF-16 or Windows-1252, got byte 0x81 at 6",
        ),
        (
            b"\xff\xfeN",
            "the file must be text in UTF-8, UTF-16 or Windows-1252, got byte 0x4e at 2",
        ),
        (
            b"PK\x03\x04rest",
            "the file must be a table or JSON, got a zip archive; unpack it and send one of its"
            " files",
        ),
        (
            gzip.compress(b"x"),
            "the file must be a table or JSON, got a gzip archive; unpack it and send its file",
        ),
    ],
)
def test_what_is_no_text_is_refused(content, said):
    with pytest.raises(InvalidRequest) as refused:
        decoded(content)
    assert str(refused.value) == said


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter_of_spreadsheets_is_read(delimiter):
    text = delimiter.join(("Name", "Year")) + "\n" + delimiter.join(("Alien", "1979"))
    assert cells(text) == [{"name": "Alien", "year": "1979"}]


def test_quotes_and_line_breaks_stand_within_cells():
    text = 'Name,Year\n"Say ""Uncle"", Sam",1999\n"One\nTwo",2000\n'
    assert [row["name"] for row in cells(text)] == ['Say "Uncle", Sam', "One\nTwo"]


def test_formulas_that_were_made_text_are_as_they_were():
    assert cells("Name,Year\n'+1,2013\n'Round Midnight,1986\n") == [
        {"name": "+1", "year": "2013"},
        {"name": "'Round Midnight", "year": "1986"},
    ]


def test_what_stands_before_the_header_and_empty_rows_are_left_out_yet_counted():
    text = (
        "Letterboxd list export v7\nDate,Name,Tags\n2021-11-06,Mine,\n\n"
        "name, YEAR \nAlien,1979\n,\nHeat,1995\n"
    )
    rows = table(text, HEADERS).rows
    assert [(row.number, row.cells["name"]) for row in rows] == [(6, "Alien"), (8, "Heat")]


def test_cells_that_a_spreadsheet_leaves_out_at_the_end_are_empty():
    row = table("Name,Year,Rating\nAlien\n", HEADERS).rows[0]
    assert row.whole(["year"], 1800, 2200) is None
    assert row.number_in(["rating"], 0.5, 5) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "",
            f"{UNKNOWN}, got nothing",
        ),
        (
            "Film,When\nAlien,1979\n",
            f"{UNKNOWN}, got Film, When",
        ),
        ("Name,Year,name\n", 'row 1: there are two columns named "name"'),
        (
            "Name,Year\nAlien,1979,4,5\n",
            'row 2, column 3: the header names 2 columns, got one more, "4"',
        ),
        (
            'Name,Year\nAlien,1979\n"Heat,1995\n',
            "row 3 is no row of a table: unexpected end of data",
        ),
        ('Name,Year\n"Alien"s,1979\n', "row 2 is no row of a table: ',' expected after '\"'"),
    ],
)
def test_a_table_that_is_malformed_is_refused_by_its_row(text, said):
    with pytest.raises(InvalidRequest) as refused:
        table(text, HEADERS)
    assert str(refused.value) == said


def test_as_many_rows_as_allowed_are_read_and_not_one_more(monkeypatch):
    assert MAX_ROWS == 20_000
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    assert len(cells("Name,Year\nAlien,1979\n\nHeat,1995\n")) == 2
    with pytest.raises(TooLarge, match="a file must have at most 2 rows, got more"):
        cells("Name,Year\nAlien,1979\nHeat,1995\nRan,1985\n")


class TestCells:
    """One row with a cell of each kind, right and wrong."""

    @pytest.fixture
    def row(self):
        text = (
            'Name,Year,Good,Comma,Bad,Huge,Nan,Id,Bare,Person\nAlien,1979,3.5,"3,5",six,'
            + "9" * 5000
        )
        return table(text + ",nan,tt0078748,78748,nm0000244\n", HEADERS).rows[0]

    def test_numbers_are_read_with_a_point_or_a_comma(self, row):
        assert row.whole(["year"], 1800, 2200) == 1979
        assert row.number_in(["good"], 0.5, 5) == 3.5
        assert row.number_in(["comma"], 0.5, 5) == 3.5

    def test_the_first_column_that_is_there_and_not_empty_counts(self, row):
        assert row.whole(["absent", "year", "good"], 1800, 2200) == 1979
        assert row.whole(["absent"], 1800, 2200) is None

    def test_ids_of_imdb_are_written_as_imdb_does(self, row):
        assert row.imdb_id(["id"]) == row.imdb_id(["bare"]) == "tt0078748"

    @pytest.mark.parametrize(
        ("ask", "column", "said"),
        [
            (lambda row: row.number_in(["bad"], 0.5, 5),
             "Bad", 'must be a number in 0.5..5, got "six"'),
            (lambda row: row.number_in(["nan"], 0.5, 5),
             "Nan", 'must be a number in 0.5..5, got "nan"'),
            (lambda row: row.number_in(["year"], 1, 10),
             "Year", 'must be a number in 1..10, got "1979"'),
            (lambda row: row.whole(["good"], 1, 9),
             "Good", 'must be a whole number in 1..9, got "3.5"'),
            (lambda row: row.whole(["huge"], 1, 9),
             "Huge", f'must be a whole number in 1..9, got "{"9" * 60}…"'),
            (lambda row: row.imdb_id(["person"]),
             "Person", 'must be an id of a film such as tt0133093, got "nm0000244"'),
        ],
    )  # fmt: skip
    def test_a_cell_that_cannot_be_is_refused_by_row_and_column(self, row, ask, column, said):
        with pytest.raises(InvalidRequest) as refused:
            ask(row)
        assert str(refused.value) == f'row 2, column "{column}": {said}'
