"""The training corpus: what every person rated, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.exceptions import PolarsError

from model_server.data.errors import DataError
from model_server.data.files import whole_file
from model_server.data.ratings import read_ratings

STARTER = Path(__file__).parents[2] / "starter"
FILE_NAME = "corpus.npz"
UNKNOWN_TIME = -1
_NAMES = (FILE_NAME, "events.parquet", "movielens/events.parquet", "ratings.csv", "ratings.dat")
_EVENTS = {
    "person": pl.Int64(), "position": pl.Int64(), "movie_id": pl.Int32(), "rating": pl.Float32(),
    "timestamp": pl.Int64(),
}  # fmt: skip
_KINDS = {"person": "i4", "movie_id": "i4", "rating": "f4", "timestamp": "i8"}


@dataclass(frozen=True, slots=True)
class Corpus:
    """One row an event; the rows of a person stand together, oldest first.

    person: (n,) int32, 0..people-1, sorted. movie_id: (n,) int32. rating: (n,) float32, 0.5..5;
    NaN: unknown but 3 or more. timestamp: (n,) int64 seconds, -1: unknown.
    """

    person: npt.NDArray[np.int32]
    movie_id: npt.NDArray[np.int32]
    rating: npt.NDArray[np.float32]
    timestamp: npt.NDArray[np.int64]

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.person[-1]) + 1 if len(self.person) else 0


def corpus_path(environ: Mapping[str, str]) -> Path:
    """Where the corpus is read from: MARQUEE_DATA, or the starter's ratings where it is unset."""
    return Path(environ.get("MARQUEE_DATA") or STARTER / "ml-latest-small")


def load_corpus(path: Path | str) -> Corpus:
    """The corpus of a file or folder.

    A folder is searched for corpus.npz (what `python -m model_server.data corpus` writes),
    events.parquet (the joined corpus), movielens/events.parquet, and a MovieLens release's own
    ratings, in this order. Raises DataError where none is there or one cannot be used.
    """
    path = Path(path)
    if not path.exists():
        raise DataError(path, None, "no such file or folder")
    found = [path / name for name in _NAMES if (path / name).is_file()] or [path]
    if found[0].suffix == ".npz":
        return _read_npz(found[0])
    if found[0].suffix == ".parquet":
        return corpus_of(_read_events(found[0]))
    if found[0] == path:
        raise DataError(path, None, f"is no corpus and holds none of {', '.join(_NAMES)}")
    return corpus_of(read_ratings(path))


def corpus_of(events: pl.DataFrame) -> Corpus:
    """The corpus of a table of person, movie_id, rating and timestamp.

    Each person's rows are in their order already.
    """
    events = events.sort("person", maintain_order=True)
    return Corpus(
        person=(events["person"].rank("dense") - 1).cast(pl.Int32).to_numpy(),
        movie_id=events["movie_id"].cast(pl.Int32).to_numpy(),
        rating=events["rating"].cast(pl.Float32).fill_null(float("nan")).to_numpy(),
        timestamp=events["timestamp"].cast(pl.Int64).fill_null(UNKNOWN_TIME).to_numpy(),
    )


def _read_events(path: Path) -> pl.DataFrame:
    try:
        schema = pl.read_parquet_schema(path)
        missing = [name for name in _EVENTS if name not in schema]
        if missing:
            raise DataError(path, None, f"has no column {', '.join(missing)}")
        events = pl.read_parquet(path, columns=list(_EVENTS)).cast(pl.Schema(_EVENTS))
    except (PolarsError, OSError) as error:
        raise DataError(path, None, f"cannot be read as events: {error}") from error
    wrong = events.with_row_index("row", offset=1).filter(
        pl.col("person").is_null() | pl.col("movie_id").is_null() | (pl.col("movie_id") < 1)
        | ~pl.col("rating").is_between(0.5, 5)
    )  # fmt: skip
    if events.is_empty():
        raise DataError(path, None, "has no events")
    if len(wrong):
        problem = "needs a person, a movie_id from 1, and a rating of 0.5 to 5 or none"
        raise DataError(path, wrong["row"][0], problem)
    return events.sort("person", "position")


def write_corpus(corpus: Corpus, folder: Path) -> Path:
    """Write FILE_NAME whole into the folder; returns its path."""
    path = folder / FILE_NAME
    with whole_file(path) as file:
        np.savez(
            file,
            person=corpus.person,
            movie_id=corpus.movie_id,
            rating=corpus.rating,
            timestamp=corpus.timestamp,
        )
    return path


def _read_npz(path: Path) -> Corpus:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            columns = {name: arrays[name] for name in _KINDS}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise DataError(path, None, f"is no corpus file: {error}") from error
    lengths = {column.shape for column in columns.values()}
    kinds = {name: column.dtype.str[1:] for name, column in columns.items()}
    person = columns["person"]
    whole = kinds == _KINDS and len(lengths) == 1 and len(person) > 0
    if not whole or person[0] != 0 or not np.isin(np.diff(person), (0, 1)).all():
        raise DataError(path, None, "is no corpus file: its columns do not belong together")
    return Corpus(**columns)
