"""The ratings of one MovieLens release as a table, in each person's order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from model_server.data.errors import DataError
from model_server.data.tables import positive, read_csv, read_separated

FIELDS = ("person", "movie_id", "rating", "timestamp")
_CSV_COLUMNS = ("userId", "movieId", "rating", "timestamp")
_TYPES = (pl.Int32, pl.Int32, pl.Float32, pl.Int64)


def read_ratings(folder: Path) -> pl.DataFrame:
    """All ratings of a release: FIELDS, by person, then time, then movie id.

    Reads ratings.csv, ratings.dat (ml-1m) or u.data (ml-100k, whose movie ids are its own).
    """
    readers: dict[str, Callable[[Path], pl.DataFrame]] = {
        "ratings.csv": _read_csv,
        "ratings.dat": lambda path: _read_separated(path, "::"),
        "u.data": lambda path: _read_separated(path, "\t"),
    }
    for name, read in readers.items():
        if (folder / name).exists():
            return read(folder / name).sort("person", "timestamp", "movie_id")
    raise DataError(folder, None, f"has none of {', '.join(readers)}")


def _read_csv(path: Path) -> pl.DataFrame:
    """ratings.csv by polars, for it has up to 32 million rows; a bad one is looked for after."""
    header = _header(path)
    types = dict(zip(_CSV_COLUMNS, _TYPES, strict=True))
    try:
        table = pl.read_csv(
            path,
            schema={name: types.get(name, pl.String()) for name in header},
            columns=list(_CSV_COLUMNS),
        )
    except PolarsError as error:
        raise _first_bad_line(path, header) or DataError(path, None, str(error)) from error
    table = table.select(_CSV_COLUMNS)
    return _checked(path, table.rename(dict(zip(_CSV_COLUMNS, FIELDS, strict=True))), first_line=2)


def _header(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            line = file.readline()
    except OSError as error:
        raise DataError(path, None, f"cannot be read: {error.strerror}") from error
    header = line.decode("utf-8-sig", errors="replace").rstrip("\r\n").split(",")
    if header == [""]:
        raise DataError(path, None, "is empty")
    missing = [name for name in _CSV_COLUMNS if name not in header]
    if missing:
        problem = f"has no column {', '.join(missing)}; its columns are {', '.join(header)}"
        raise DataError(path, 1, problem)
    return header


def _first_bad_line(path: Path, header: list[str]) -> DataError | None:
    """What is wrong with the first row that is no rating; looked at one by one only if need be."""
    rows: Iterable[tuple[int, tuple[str, ...]]]
    try:
        text = pl.read_csv(path, schema=dict.fromkeys(header, pl.String()))
        rows = _not_numbers(text.select(_CSV_COLUMNS))
    except PolarsError:  # a row is too long, or the file is no text
        rows = read_csv(path, _CSV_COLUMNS)
    try:
        for line, values in rows:
            _numbers(path, line, values)
    except DataError as error:
        return error
    return None


def _not_numbers(text: pl.DataFrame) -> Iterator[tuple[int, tuple[str, ...]]]:
    columns = zip(_CSV_COLUMNS, _TYPES, strict=True)
    numbers = [pl.col(name).cast(kind, strict=False).is_not_null() for name, kind in columns]
    wrong = text.with_row_index("line", offset=2).filter(~pl.all_horizontal(numbers))
    for line, *values in wrong.iter_rows():
        yield line, tuple(value or "" for value in values)


def _read_separated(path: Path, separator: str) -> pl.DataFrame:
    rows = read_separated(path, separator, len(FIELDS), "latin-1")
    table = pl.DataFrame(
        [_numbers(path, line, values) for line, values in rows],
        schema=dict(zip(FIELDS, _TYPES, strict=True)),
        orient="row",
    )
    return _checked(path, table, first_line=1)


def _numbers(path: Path, line: int, values: Sequence[str]) -> tuple[int, int, float, int]:
    person, movie, rating, timestamp = values
    try:
        stars = float(rating)
    except ValueError as error:
        raise DataError(path, line, f"rating must be a number, got {rating!r}") from error
    return (
        positive(path, line, "userId", person),
        positive(path, line, "movieId", movie),
        stars,
        positive(path, line, "timestamp", timestamp, most=2**40),
    )


def _checked(path: Path, table: pl.DataFrame, first_line: int) -> pl.DataFrame:
    if table.is_empty():
        raise DataError(path, None, "has no ratings")
    lines = table.with_row_index("line", offset=first_line)
    good = (
        (pl.col("person") > 0)
        & (pl.col("movie_id") > 0)
        & pl.col("rating").is_between(0.5, 5)
        & (pl.col("timestamp") > 0)
    )
    wrong = lines.filter(~good.fill_null(value=False))
    if len(wrong):
        line, *values = wrong.row(0)
        problem = f"needs ids and a time from 1 and a rating of 0.5 to 5, got {values}"
        raise DataError(path, line, problem)
    twice = lines.filter(~pl.struct("person", "movie_id").is_first_distinct())
    if len(twice):
        line, person, movie_id, *_ = twice.row(0)
        raise DataError(path, line, f"person {person} rates movie {movie_id} a second time")
    return table
