"""Protocol B, global time: learn from what came before a moment, be asked all that came after.

The last 10 % of all ratings by time are the test targets, each after all that its person rated
before it, ratings of the test period too; of what came strictly before, the last 10 % are the
validation targets in the same manner. All ratings count alike. People who begin after a cut are
asked like all others, their first target with an empty history. All movies of the file are ranked:
one that nobody rated in the training period is a miss unless an engine can score it, and counts.
How times that the file does not tell are filled in is said in `times.with_times`.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from model_server.data.errors import DataError
from model_server.evaluation.movielens_1m.protocol import (
    Person,
    Protocol,
    build_protocol,
    data_folder,
)
from model_server.evaluation.movielens_1m.times import Times, read_events

NAME = "global-time"
FILE = "events.parquet"
TRAINING_SHARE = 0.9


def read(environ: Mapping[str, str]) -> Protocol:
    """The protocol of FILE under MARQUEE_DATA; see `read_file`."""
    return read_file(data_folder(environ) / FILE)


def read_file(path: Path) -> Protocol:
    """The protocol of a file of events; `final` is all that came before the test period.

    Raises DataError as `times.read_events` does, and where a period would be empty.
    """
    events = read_events(path)
    times = events["time"].to_numpy()
    test = _cut(path, times)
    validation = _cut(path, times[times < test])
    firsts = np.flatnonzero(np.diff(events["user_id"].to_numpy(), prepend=-1))[1:]
    movie_ids = np.split(events["movie_id"].to_numpy().astype(np.int32), firsts)
    people = []
    for movies, moments in zip(movie_ids, np.split(times, firsts), strict=True):
        first_of_test = int(np.searchsorted(moments, test))
        first_of_validation = int(np.searchsorted(moments, validation))
        people.append(Person(movies, first_of_validation, first_of_test, first_of_test))
    return replace(build_protocol(NAME, people), remarks=(_remark(events, test),))


def _remark(events: pl.DataFrame, cut: int) -> str:
    """How many times are not told, and how many ratings may so stand on the wrong side of a cut."""
    untold = events.filter(pl.col("timestamp").is_null())
    might_be_later = pl.col("timestamp_high").is_null() | (pl.col("timestamp_high") >= cut)
    doubtful = untold.filter((pl.col("time") < cut) & might_be_later)
    return (
        f"the file does not tell the time of {len(untold)} of {len(events)} ratings; each counts "
        "as given when its person's last one of known time was, so that "
        f"{len(doubtful)} count as before the test period that may belong to it"
    )


def _cut(path: Path, times: Times) -> int:
    """The moment at which the last 10 % begin; ratings of that very second belong to them."""
    cut = int(np.sort(times)[int(TRAINING_SHARE * len(times))])
    if not (times < cut).any():
        raise DataError(path, None, f"cannot be cut by time: none is before {cut}")
    return cut
