"""When every rating of MovieLens 1M was given, also where the file does not say."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.exceptions import PolarsError

from model_server.data.errors import DataError

Times = npt.NDArray[np.int64]

COLUMNS = {
    "user_id": pl.Int64(), "position": pl.Int64(), "movie_id": pl.Int64(), "timestamp": pl.Int64(),
    "timestamp_low": pl.Int64(), "timestamp_high": pl.Int64(),
}  # fmt: skip
NEIGHBOURS = 20  # people whose beginnings tell that of one without any time


def read_events(path: Path) -> pl.DataFrame:
    """COLUMNS of a file of events, by user and position, with `time` as `with_times` gives it.

    Raises DataError where the file is missing, no such table or empty, or, with the row, where an
    event lacks a user, a position or a movie, or comes twice.
    """
    if not path.is_file():
        raise DataError(path, None, "no such file")
    try:
        missing = [name for name in COLUMNS if name not in pl.read_parquet_schema(path)]
        if missing:
            raise DataError(path, None, f"has no column {', '.join(missing)}")
        events = pl.read_parquet(path, columns=list(COLUMNS)).cast(pl.Schema(COLUMNS))
    except (PolarsError, OSError) as error:
        raise DataError(path, None, f"cannot be read as events: {error}") from error
    if events.is_empty():
        raise DataError(path, None, "has no events")
    _check(path, events)
    return with_times(path, events.sort("user_id", "position"))


def with_times(path: Path, events: pl.DataFrame) -> pl.DataFrame:
    """Events by user and position, with a `time` in seconds that never falls within a person.

    It is the timestamp; where that is null, `timestamp_low`, that of the person's last rating of
    known time, for most ratings follow within minutes; before the first known one it is that
    one's, `timestamp_high`. A person without any known time gets the median beginning of the
    NEIGHBOURS people nearest by id, for ids run with the day of joining. Raises DataError, with
    the user, where times do fall, and where no time is known at all.
    """
    found = pl.coalesce("timestamp", "timestamp_low", "timestamp_high")
    timed = events.with_columns(time=found)
    begun = timed.group_by("user_id", maintain_order=True).agg(pl.col("time").first())
    known = begun.drop_nulls()
    if known.is_empty():
        raise DataError(path, None, "needs a timestamp, all are null")
    users, starts = known["user_id"].to_numpy(), known["time"].to_numpy()
    timeless = begun.filter(pl.col("time").is_null())["user_id"].to_list()
    guesses = {user: _beginning(user, users, starts) for user in timeless}
    guessed = pl.col("user_id").replace_strict(guesses, default=None, return_dtype=pl.Int64())
    timed = timed.with_columns(time=pl.coalesce("time", guessed))
    falling = timed.filter(pl.col("time").diff().over("user_id") < 0)
    if len(falling):
        raise DataError(path, None, f"times of user {falling['user_id'][0]} do not follow position")
    return timed


def _beginning(user: int, users: Times, starts: Times) -> int:
    nearest = np.argsort(np.abs(users - user), kind="stable")[:NEIGHBOURS]
    return int(np.median(starts[nearest]))


def _check(path: Path, events: pl.DataFrame) -> None:
    rows = events.with_row_index("row", offset=1)
    lacking = rows.filter(
        pl.col("user_id").is_null() | pl.col("position").is_null() | pl.col("movie_id").is_null()
        | (pl.col("movie_id") < 1)
    )  # fmt: skip
    if len(lacking):
        raise DataError(path, lacking["row"][0], "needs a user, a position and a movie_id from 1")
    for key in ("position", "movie_id"):
        repeated = rows.filter(~pl.struct("user_id", key).is_first_distinct())
        if len(repeated):
            user, value = repeated["user_id"][0], repeated[key][0]
            raise DataError(path, repeated["row"][0], f"has {key} {value} of user {user} again")
