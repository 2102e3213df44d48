"""Cuts sequences into training windows and draws what a visitor might have said beside them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.training.network import DISLIKE, LIKE, START
from model_server.training.sequences import Picks

IntArray = npt.NDArray[np.int32]

WANTED_TAGS = (0.5, 0.25, 0.15, 0.1)  # chances of knowing 0, 1, 2, 3 tags of the next movie
DISLIKED_FOR_ARGUMENT = 0.1  # share of likes that are also read as if they had been dislikes
UNWANTED_TAGS = (0.6, 0.25, 0.15)  # chances of 0, 1, 2 disliked tags


@dataclass(frozen=True, slots=True)
class WindowConfig:
    """How windows are cut: their longest length in picks, and picks a batch."""

    length: int = 128
    picks_per_batch: int = 6400
    neighbours: int = 4


class Batch(NamedTuple):
    """One training batch; every array is int32 and 0 is padding.

    movie, kind: (batch, time), a start token first. steps: (targets,), which of the flattened
    (batch * time) steps have a target. target: (targets,), the movie liked next after the step.
    rejected: (targets,), the movie disliked next, 0 if none. wanted_tags, unwanted_tags: (batch -
    batch // 2, time, k), tags picked at the steps of the lower half of the batch. dislikes:
    (dislikes, 2), steps of the flattened upper half (batch // 2 * time) that are disliked, in truth
    or for argument's sake, and the position within `steps` of the step before. neighbours:
    (dislikes, k), the disliked movie and movies like it.
    """

    movie: IntArray
    kind: IntArray
    steps: IntArray
    target: IntArray
    rejected: IntArray
    wanted_tags: IntArray
    unwanted_tags: IntArray
    dislikes: IntArray
    neighbours: IntArray


def cut_windows(picks: Picks, length: int, phase: int) -> list[Picks]:
    """Cut one history into windows of at most `length` picks; the first holds `phase` % length.

    Windows without a liked movie have nothing to predict and are left out.
    """
    first = phase % length or length
    edges = [0, *range(first, len(picks.movies), length), len(picks.movies)]
    spans = [slice(start, end) for start, end in itertools.pairwise(edges)]
    windows = [Picks(picks.movies[span], picks.is_liked[span]) for span in spans]
    return [window for window in windows if window.is_liked.any()]


def next_of(movies: IntArray, chosen: npt.NDArray[np.bool_]) -> IntArray:
    """For each step of (batch, time): the first chosen movie after it; 0 if none follows."""
    following = np.zeros_like(movies)
    latest = np.zeros(len(movies), dtype=movies.dtype)
    for step in range(movies.shape[1] - 1, -1, -1):
        following[:, step] = latest
        latest = np.where(chosen[:, step], movies[:, step], latest)
    return following


class Batches:
    """An endless supply of epochs over the same people, each cut and drawn anew."""

    def __init__(self, people: list[Picks], catalogue: Catalogue, config: WindowConfig) -> None:
        self._people = people
        self._catalogue = catalogue
        self._config = config
        self._has_tag = _membership(catalogue)

    def expected_batches(self) -> int:
        """About how many batches an epoch has."""
        return len(self.epoch(np.random.default_rng(0)))

    def epoch(self, rng: np.random.Generator) -> list[list[Picks]]:
        """The windows of one epoch, grouped into batches of like length, in random order."""
        config = self._config
        windows = [
            window
            for picks in self._people
            for window in cut_windows(picks, config.length, int(rng.integers(config.length)))
        ]
        windows.sort(key=lambda window: len(window.movies) + rng.random())
        groups: list[list[Picks]] = [[]]
        for window in windows:
            rows = len(groups[-1]) + 1
            if rows * (len(window.movies) + 1) > config.picks_per_batch and rows > 2:
                groups.append([])
            groups[-1].append(window)
        return [groups[index] for index in rng.permutation(len(groups))]

    def draw(
        self, groups: list[list[Picks]], rng: np.random.Generator, similar: IntArray
    ) -> Iterator[Batch]:
        """The batches of an epoch's groups, with tags and neighbours drawn for each.

        similar: (1 + movies, k), the movies most like each.
        """
        for group in groups:
            yield self._batch([group[row] for row in rng.permutation(len(group))], rng, similar)

    def _batch(self, windows: list[Picks], rng: np.random.Generator, similar: IntArray) -> Batch:
        movie, kind = pad(windows)
        is_movie = movie > 0
        target = next_of(movie, is_movie & (kind == LIKE))
        rejected = next_of(movie, is_movie & (kind == DISLIKE))
        steps = np.flatnonzero(target)
        tagged = slice(len(movie) // 2, None)
        wanted = self._draw_wanted(target[tagged], rng)
        unwanted = self._draw_unwanted(movie[tagged], target[tagged], rng)
        dislikes, neighbours = self._draw_neighbours(movie, kind, target, rng, similar)
        return Batch(
            movie,
            kind,
            steps.astype(np.int32),
            target.ravel()[steps],
            rejected.ravel()[steps],
            wanted,
            unwanted,
            dislikes,
            neighbours,
        )

    def _draw_wanted(self, target: IntArray, rng: np.random.Generator) -> IntArray:
        count = rng.choice(len(WANTED_TAGS), p=WANTED_TAGS, size=target.shape)
        drawn = np.stack([self._draw_tag(target, rng) for _ in WANTED_TAGS[1:]], axis=-1)
        for column in range(1, drawn.shape[-1]):
            repeats = (drawn[..., :column] == drawn[..., column, None]).any(axis=-1)
            drawn[..., column][repeats] = 0
        return np.where(np.arange(drawn.shape[-1]) < count[..., None], drawn, 0)

    def _draw_unwanted(
        self, movie: IntArray, target: IntArray, rng: np.random.Generator
    ) -> IntArray:
        """Tags of the window's other movies that the target does not carry."""
        count = rng.choice(len(UNWANTED_TAGS), p=UNWANTED_TAGS, size=movie.shape)
        drawn = []
        for column in range(len(UNWANTED_TAGS) - 1):
            others = rng.integers(movie.shape[1], size=movie.shape)
            tag = self._draw_tag(np.take_along_axis(movie, others, axis=1), rng)
            drawn.append(np.where(self._has_tag[target, tag] | (count <= column), 0, tag))
        return np.stack(drawn, axis=-1)

    def _draw_tag(self, movie: IntArray, rng: np.random.Generator) -> IntArray:
        starts, tags = self._catalogue.tag_starts, self._catalogue.movie_tags
        counts = starts[movie + 1] - starts[movie]
        place = starts[movie] + (rng.random(movie.shape) * counts).astype(np.int32)
        tag: IntArray = np.where(counts > 0, tags[np.minimum(place, len(tags) - 1)], 0)
        return tag

    def _draw_neighbours(
        self,
        movie: IntArray,
        kind: IntArray,
        target: IntArray,
        rng: np.random.Generator,
        similar: IntArray,
    ) -> tuple[IntArray, IntArray]:
        half = slice(len(movie) // 2)
        row_of = np.cumsum(target.ravel() > 0).reshape(target.shape) - 1
        is_real = kind[half] == DISLIKE
        is_asked = is_real | (rng.random(is_real.shape) < DISLIKED_FOR_ARGUMENT)
        rows, times = np.nonzero((movie[half] > 0) & (target[half] > 0) & is_asked)
        disliked = movie[rows, times]
        chosen = rng.integers(similar.shape[1], size=(len(disliked), self._config.neighbours))
        neighbours = similar[disliked[:, None], chosen]
        neighbours[:, 0] = disliked
        liked_all_the_same = neighbours == target[rows, times, None]
        neighbours[liked_all_the_same & is_real[rows, times, None]] = 0
        steps = np.stack([rows * movie.shape[1] + times, row_of[rows, times - 1]], axis=-1)
        return steps.astype(np.int32), neighbours.astype(np.int32)


def pad(windows: list[Picks]) -> tuple[IntArray, IntArray]:
    """Movies and kinds of windows, (batch, time): a start token, the picks, padding right."""
    longest = max(len(window.movies) for window in windows)
    movie = np.zeros((len(windows), 1 + longest), dtype=np.int32)
    kind = np.full_like(movie, START)
    for row, window in enumerate(windows):
        filled = slice(1, 1 + len(window.movies))
        movie[row, filled] = window.movies
        kind[row, filled] = np.where(window.is_liked, LIKE, DISLIKE)
    return movie, kind


def _membership(catalogue: Catalogue) -> npt.NDArray[np.bool_]:
    """(1 + movies, 1 + tags) bool: which movie carries which tag."""
    table = np.zeros((1 + len(catalogue.movies), 1 + len(catalogue.tags)), dtype=np.bool_)
    counts = np.diff(catalogue.tag_starts)
    table[np.repeat(np.arange(len(counts)), counts), catalogue.movie_tags] = True
    return table
