"""What a protocol gives to training and evaluation alike: sequences to learn from, and cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model_server.config import ConfigError
from model_server.vocab import Vocab

IntArray = npt.NDArray[np.int32]

MAX_HISTORY = 200  # what a model may read of a person, the newest
FOLDER = Path("movielens") / "ml-1m"


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One movie that a person rated and what they had rated before it, all as indexes.

    person: the row of the person in the file, from 0. earlier: (k,) int32, oldest first, possibly
    empty; a view, not to be written to. Whatever is in it is no candidate.
    """

    person: int
    earlier: IntArray
    target: int

    @property
    def history(self) -> IntArray:
        """What a model reads: the newest MAX_HISTORY of `earlier`, oldest first."""
        return self.earlier[-MAX_HISTORY:]


@dataclass(frozen=True, slots=True, eq=False)
class Protocol:
    """One protocol: whom to learn from, and what is asked.

    movies: every movie that is ranked; index 1 is the one that stands most often in `train`, a tie
    to the lower id, and those that never stand there come last. train: one array of indexes a
    person, (events,) int32, oldest first; choices are made on it and `validation`. final: the
    same kind of arrays, of all that a finished model may learn from before it is asked `test`.
    remarks: what a page must say of the data.
    """

    name: str
    movies: Vocab
    train: list[IntArray]
    final: list[IntArray]
    validation: list[Case]
    test: list[Case]
    remarks: tuple[str, ...] = ()

    def cases(self, split: str) -> list[Case]:
        """The cases of a split, `validation` or `test`."""
        return {"validation": self.validation, "test": self.test}[split]


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """What one person rated, as movie ids, oldest first, and where it is cut.

    Positions from 0: what stands before `validation` is `train`, from there to `test` validation
    targets, the rest test targets; what stands before `final` may teach a finished model.
    """

    movie_ids: IntArray
    validation: int
    test: int
    final: int


def build_protocol(name: str, people: Sequence[Person]) -> Protocol:
    """The protocol that people cut in these places make; nobody's empty part is learnt from."""
    movies = _by_count(people)
    rows = _row_of(movies)
    sequences = [rows[person.movie_ids] for person in people]
    pairs = list(zip(people, sequences, strict=True))
    return Protocol(
        name=name,
        movies=movies,
        train=_filled(sequence[: person.validation] for person, sequence in pairs),
        final=_filled(sequence[: person.final] for person, sequence in pairs),
        validation=_cases(sequences, [(person.validation, person.test) for person in people]),
        test=_cases(sequences, [(person.test, len(person.movie_ids)) for person in people]),
    )


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder of MovieLens 1M under MARQUEE_DATA, which must be set."""
    if not environ.get("MARQUEE_DATA"):
        raise ConfigError(f"MARQUEE_DATA must name a folder with {FOLDER}, it is not set")
    return Path(environ["MARQUEE_DATA"]) / FOLDER


def _by_count(people: Sequence[Person]) -> Vocab:
    ids = np.unique(np.concatenate([person.movie_ids for person in people]))
    learnt = np.concatenate([person.movie_ids[: person.validation] for person in people])
    counts = np.bincount(learnt, minlength=int(ids[-1]) + 1)[ids]
    return Vocab(ids[np.argsort(-counts, kind="stable")].astype(np.int32))


def _row_of(movies: Vocab) -> IntArray:
    """The index of every movie id: (1 + largest id,) int32."""
    rows = np.zeros(int(movies.ids.max()) + 1, dtype=np.int32)
    rows[movies.ids] = np.arange(1, 1 + len(movies))
    return rows


def _filled(sequences: Iterable[IntArray]) -> list[IntArray]:
    return [sequence for sequence in sequences if len(sequence)]


def _cases(sequences: Sequence[IntArray], spans: Sequence[tuple[int, int]]) -> list[Case]:
    return [
        Case(person, sequence[:place], int(sequence[place]))
        for person, (sequence, span) in enumerate(zip(sequences, spans, strict=True))
        for place in range(*span)
    ]
