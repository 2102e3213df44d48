"""Bytes become text, and text a table, or an error that says row and column."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from web.domain import InvalidRequest, TooLarge
from web.files.cells import restored

MAX_FILE_BYTES: Final = 5_000_000
MAX_ROWS: Final = 20_000
MAX_PREAMBLE: Final = 10  # rows before the header: Letterboxd's lists have four
DELIMITERS: Final = (",", ";", "\t")  # spreadsheets write ; where the comma is a decimal point

_SHOWN: Final = 60
_BINARY: Final = {
    b"PK\x03\x04": "a zip archive; unpack it and send one of its files",
    b"\x1f\x8b": "a gzip archive; unpack it and send its file",
}
_WHOLE: Final = re.compile(r"[0-9]{1,18}")
_IMDB_ID: Final = re.compile(r"(?:tt)?0*([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number, the header being 1 if nothing stands before it, and its cells
    by column. Columns are in small letters; `names` are they as the file writes them.
    """

    number: int
    cells: Mapping[str, str]
    names: Mapping[str, str]

    def first(self, columns: Sequence[str]) -> tuple[str, str]:
        """The first of these columns that is not empty here, with its cell; or ("", "")."""
        return next(((one, self.cells[one]) for one in columns if self.cells.get(one)), ("", ""))

    def whole(self, columns: Sequence[str], least: int, most: int) -> int | None:
        """A whole number in one of these columns; None where they are empty."""
        column, cell = self.first(columns)
        if not cell:
            return None
        if not (_WHOLE.fullmatch(cell) and least <= int(cell) <= most):
            raise self.wrong(column, f"must be a whole number in {least}..{most}")
        return int(cell)

    def number_in(self, columns: Sequence[str], least: float, most: float) -> float | None:
        """A number in one of these columns, perhaps with a decimal comma; None where empty."""
        column, cell = self.first(columns)
        if not cell:
            return None
        try:
            number = float(cell.replace(",", "."))
        except ValueError:
            number = float("nan")
        if not least <= number <= most:
            raise self.wrong(column, f"must be a number in {least}..{most}")
        return number

    def imdb_id(self, columns: Sequence[str]) -> str | None:
        """An id of IMDb as IMDb writes it, with or without tt; None where the columns are empty."""
        column, cell = self.first(columns)
        if not cell:
            return None
        if (number := _IMDB_ID.fullmatch(cell)) is None:
            raise self.wrong(column, "must be an id of a film such as tt0133093")
        return f"tt{number[1]:0>7}"

    def wrong(self, column: str, allowed: str) -> InvalidRequest:
        """The error that says what is wrong with a cell."""
        shown = _shown(self.cells.get(column, ""))
        name = self.names[column]
        return InvalidRequest(f'row {self.number}, column "{name}": {allowed}, got "{shown}"')


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in small letters, and its rows."""

    columns: frozenset[str]
    rows: tuple[Row, ...]


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a byte order mark, or Windows-1252."""
    for beginning, what in _BINARY.items():
        if content.startswith(beginning):
            raise InvalidRequest(f"the file must be a table or JSON, got {what}")
    encoding = _encoding(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise _undecodable(error) from error
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _undecodable(error) from error


def table(text: str, headers: Sequence[frozenset[str]]) -> Table:
    """The table that begins with the first row that holds all columns of one of the headers.

    Empty rows are left out, cells that `neutral` has changed are as they were. A row may have
    fewer cells than the header, for spreadsheets leave empty ones at the end out.
    """
    for delimiter in DELIMITERS:
        for skipped, cells in enumerate(_preamble(text, delimiter)):
            columns = [cell.strip().casefold() for cell in cells]
            if any(header <= set(columns) for header in headers):
                names = _names(skipped + 1, columns, cells)
                return Table(
                    frozenset(names), tuple(_rows(text, delimiter, skipped + 1, columns, names))
                )
    first = next(iter(_preamble(text, ",")), [])
    raise InvalidRequest(
        "row 1 must name the columns of a file of Letterboxd, IMDb, MovieLens or Marquee, got "
        f"{_shown(', '.join(first)) or 'nothing'}"
    )


def _encoding(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content[1:2] == b"\0":  # a header is ASCII: half of its bytes in UTF-16 are 0
        return "utf-16-le"
    return "utf-16-be" if content[:1] == b"\0" else "utf-8"


def _undecodable(error: UnicodeDecodeError) -> InvalidRequest:
    return InvalidRequest(
        "the file must be text in UTF-8, UTF-16 or Windows-1252, got byte "
        f"{error.object[error.start]:#04x} at {error.start}"
    )


def _preamble(text: str, delimiter: str) -> Iterator[list[str]]:
    """The first rows, as far as they can be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for _, cells in zip(range(MAX_PREAMBLE), reader, strict=False):
            yield cells
    except csv.Error:
        return


def _names(number: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The columns that have a name, as the file writes it."""
    names: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=True):
        if column in names:
            raise InvalidRequest(f'row {number}: there are two columns named "{cell.strip()}"')
        if column:
            names[column] = cell.strip()
    return names


def _rows(
    text: str, delimiter: str, header: int, columns: Sequence[str], names: Mapping[str, str]
) -> Iterator[Row]:
    """The rows after the header, which is row `header`."""
    kept = 0
    for number, cells in _numbered(text, delimiter):
        if number <= header or not any(map(str.strip, cells)):
            continue
        kept += 1
        if kept > MAX_ROWS:
            raise TooLarge(f"a file must have at most {MAX_ROWS} rows, got more")
        yield Row(number, _named(number, columns, cells), names)


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise InvalidRequest(f"row {number + 1} is no row of a table: {error}") from error


def _named(number: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if any(cells[len(columns) :]):
        raise InvalidRequest(
            f"row {number}, column {len(columns) + 1}: the header names {len(columns)} columns, "
            f'got one more, "{_shown(cells[len(columns)])}"'
        )
    return {column: restored(cell).strip() for column, cell in zip(columns, cells, strict=False)}


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
