"""Protocol A, leave-one-out, on the file that SASRec, BERT4Rec, gSASRec and eSASRec report on.

The last movie of a person is the test target and the one before it the validation target. All
ratings count alike, and nothing is known of when the target was rated. The order is that of rating,
not of watching, and other people's later ratings teach the model: limits of the protocol itself.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from model_server.data.errors import DataError
from model_server.evaluation.movielens_1m.protocol import (
    IntArray,
    Person,
    Protocol,
    build_protocol,
    data_folder,
)

NAME = "leave-one-out"
FILE = "canonical_sequences.tsv"
LEAST_MOVIES = 3  # one to learn from, a validation target and a test target
LARGEST_ID = 2**31 - 1


def read(environ: Mapping[str, str]) -> Protocol:
    """The protocol of FILE under MARQUEE_DATA; see `read_file`."""
    return read_file(data_folder(environ) / FILE)


def read_file(path: Path) -> Protocol:
    """The protocol of a file of lines `user id TAB movie ids, oldest first, SPACE between`.

    `final` is `train`, for the published figures learn from no validation target. Raises DataError,
    with the line, for one that is malformed, has fewer than LEAST_MOVIES movies or a movie or a
    person twice; and where the file is missing or empty.
    """
    people = [_cut(movie_ids) for movie_ids in _sequences(path)]
    if not people:
        raise DataError(path, None, "is empty")
    return build_protocol(NAME, people)


def _cut(movie_ids: IntArray) -> Person:
    end = len(movie_ids)
    return Person(movie_ids, validation=end - 2, test=end - 1, final=end - 2)


def _sequences(path: Path) -> Iterator[IntArray]:
    lines_by_user: dict[str, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        user, tab, movies = line.partition("\t")
        if not tab or not user.isdecimal():
            raise DataError(path, number, "needs a user id, a tab and movie ids")
        if user in lines_by_user:
            raise DataError(path, number, f"has user {user} of line {lines_by_user[user]} again")
        lines_by_user[user] = number
        yield _movie_ids(path, number, movies.split())


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise DataError(path, None, "no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(path, None, f"cannot be read as text: {error}") from error


def _movie_ids(path: Path, number: int, words: list[str]) -> IntArray:
    wrong = [word for word in words if not _is_movie_id(word)]
    if wrong:
        raise DataError(path, number, f"movie ids are 1 to {LARGEST_ID}, got {wrong[0]!r}")
    if len(words) < LEAST_MOVIES:
        raise DataError(path, number, f"needs {LEAST_MOVIES} movies or more, got {len(words)}")
    movie_ids = np.array(words, dtype=np.int32)
    ids, counts = np.unique(movie_ids, return_counts=True)
    if counts.max() > 1:
        raise DataError(path, number, f"has movie {ids[counts.argmax()]} more than once")
    return movie_ids


def _is_movie_id(word: str) -> bool:
    return word.isascii() and word.isdecimal() and 1 <= int(word) <= LARGEST_ID
