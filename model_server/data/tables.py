"""Reading delimited text strictly: every complaint names the file and the line."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from model_server.data.errors import DataError
from model_server.data.progress import progress

Row = tuple[int, tuple[str, ...]]

# What an id may be, everywhere: 32 bits with a sign.
MOST = 2**31 - 1
# A TMDB keyword list is one field; the longest seen has 12,000 characters.
csv.field_size_limit(1 << 20)


def read_text(path: Path, encoding: str = "utf-8-sig") -> str:
    """The whole file as text. Raises DataError for none, an empty one or a wrong encoding."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DataError(path, None, "no such file") from error
    except OSError as error:
        raise DataError(path, None, f"cannot be read: {error.strerror}") from error
    if not data.strip():
        raise DataError(path, None, "is empty")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"is not {encoding.removesuffix('-sig')}: byte 0x{data[error.start]:02x}"
        raise DataError(path, line, problem) from error


def read_csv(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Each row's line number and its values in `columns`, in file order; other columns are skipped.

    Raises DataError for a missing column, a row of another length than the header, a quote that
    does not end, and a file without rows.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        header = next(reader)
        places = _places(path, header, columns)
        rows = 0
        for values in progress(reader, path.name, "rows"):
            rows += 1
            if len(values) != len(header):
                problem = f"has {len(values)} fields, the header has {len(header)}"
                raise DataError(path, reader.line_num, problem)
            yield reader.line_num, tuple(values[place] for place in places)
    except csv.Error as error:
        raise DataError(path, reader.line_num, f"is malformed: {error}") from error
    if rows == 0:
        raise DataError(path, 1, "has a header but no rows")


def _places(path: Path, header: Sequence[str], columns: Sequence[str]) -> list[int]:
    missing = [column for column in columns if column not in header]
    if missing:
        problem = f"has no column {', '.join(missing)}; its columns are {', '.join(header)}"
        raise DataError(path, 1, problem)
    return [header.index(column) for column in columns]


def read_separated(path: Path, separator: str, fields: int, encoding: str) -> Iterator[Row]:
    """Each line's number and its values, of a file without header (the .dat and u.* formats)."""
    lines = read_text(path, encoding).split("\n")
    for number, line in enumerate(progress(lines, path.name, "rows"), start=1):
        if not line.strip():
            continue
        values = tuple(line.rstrip("\r").split(separator))
        if len(values) != fields:
            problem = f"has {len(values)} fields between {separator!r}, expected {fields}"
            raise DataError(path, number, problem)
        yield number, values


def positive(path: Path, line: int, column: str, text: str, most: int = MOST) -> int:
    """`text` as a whole number of 1 to `most`."""
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    if not is_number or not 1 <= int(text) <= most:
        problem = f"{column} must be a whole number from 1 to {most}, got {text[:40]!r}"
        raise DataError(path, line, problem)
    return int(text)


def optional_positive(path: Path, line: int, column: str, text: str) -> int | None:
    """`text` as a whole number of at least 1, None for an empty field."""
    return positive(path, line, column, text) if text else None
