"""Cuts sequences into training windows and draws what a visitor might have said beside them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.base import DISLIKE, LIKE, START
from model_server.training.candidates import CandidateConfig, Candidates, draw_candidates
from model_server.training.lags import Lags
from model_server.training.sequences import Picks
from model_server.training.tag_drawer import TagDrawer
from model_server.vocab import PADDING

IntArray = npt.NDArray[np.int32]

Chances = tuple[float, ...]

LATER = 5


@dataclass(frozen=True, slots=True)
class WindowConfig:
    """How windows are cut, and what is drawn beside them.

    length: picks of the longest window. short_length, short_share: of short ones, which teach the
    first clicks of a session, and the share of histories that are cut into them. wanted_tags:
    chances of knowing 0, 1, 2, ... tags of the next movie or, a share `wanted_later` of the time,
    of one liked within the LATER next steps. unwanted_tags: chances of 0, 1, 2, ... disliked tags.
    disliked_for_argument: share of likes that are also read as if they had been dislikes.
    dislikes_per_batch: how many dislikes at most are held to lower `neighbours` movies, the
    disliked one among them. session_tags: chances of 0, 1, 2, ... liked tags at such a dislike.
    lifted_share: share of steps that teach the weights of lifts, and nothing else.
    """

    length: int = 128
    short_length: int = 6
    short_share: float = 0.25
    picks_per_batch: int = 6400
    wanted_tags: Chances = (0.8, 0.1, 0.06, 0.04)
    wanted_later: float = 0.1
    unwanted_tags: Chances = (0.88, 0.08, 0.04)
    disliked_for_argument: float = 0.1
    dislikes_per_batch: int = 400
    session_tags: Chances = (0.5, 0.3, 0.2)
    neighbours: int = 4
    lifted_share: float = 0.125
    candidates: CandidateConfig = field(default_factory=CandidateConfig)


class Window(NamedTuple):
    """A piece of one person's history, and the fold of transitions that leaves the person out."""

    picks: Picks
    fold: int


class Batch(NamedTuple):
    """One training batch; every array of its own is int32 and 0 is padding.

    movie, kind: (batch, time), a start token first. plain, tagged, lifted: the flattened (batch *
    time) steps that have a target: those of which no tags are known, those of which some are, and
    those, of either sort, that teach the weights of lifts. wanted_tags, unwanted_tags: (tagged +
    lifted, k), tags picked there. recent: (lifted, lags), the newest likes, then the newest
    dislikes, as rows of the flattened transitions.

    Of all targets, plain, tagged, lifted: target: (targets,), the movie liked next after the step.
    rejected: (targets,), the movie disliked next, 0 if none.

    dislikes: (dislikes,), some flattened steps whose movie is disliked, in truth or for argument's
    sake. session_tags: (dislikes, k), tags liked then. recent_before, recent_after: (dislikes,
    lags), as `recent`, at the step before and after the dislike. neighbours: (dislikes, k), the
    disliked movie and movies like it.

    candidates: what the softmax is summed over, all these movies among them.
    """

    movie: IntArray
    kind: IntArray
    plain: IntArray
    tagged: IntArray
    lifted: IntArray
    wanted_tags: IntArray
    unwanted_tags: IntArray
    target: IntArray
    rejected: IntArray
    recent: IntArray
    dislikes: IntArray
    session_tags: IntArray
    recent_before: IntArray
    recent_after: IntArray
    neighbours: IntArray
    candidates: Candidates


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

    def __init__(
        self, people: list[Picks], catalogue: Catalogue, config: WindowConfig, lags: Lags
    ) -> None:
        self._people = people
        self._config = config
        self._lags = lags
        self._catalogue = catalogue
        self._tags = TagDrawer(catalogue)

    def expected_batches(self) -> int:
        """About how many batches an epoch has."""
        return len(self.epoch(np.random.default_rng(0)))

    def epoch(self, rng: np.random.Generator) -> list[list[Window]]:
        """The windows of one epoch, grouped into batches of like length, in random order."""
        config = self._config
        windows = [
            Window(picks, self._lags.fold_of(place))
            for place, history in enumerate(self._people)
            for picks in self._cut(history, rng)
        ]
        windows.sort(key=lambda window: len(window.picks.movies) + rng.random())
        groups: list[list[Window]] = [[]]
        for window in windows:
            rows = len(groups[-1]) + 1
            if rows * (len(window.picks.movies) + 1) > config.picks_per_batch and rows > 2:
                groups.append([])
            groups[-1].append(window)
        return [groups[index] for index in rng.permutation(len(groups))]

    def _cut(self, history: Picks, rng: np.random.Generator) -> list[Picks]:
        is_short = rng.random() < self._config.short_share
        length = self._config.short_length if is_short else self._config.length
        return cut_windows(history, length, int(rng.integers(length)))

    def draw(
        self, groups: list[list[Window]], rng: np.random.Generator, similar: IntArray
    ) -> Iterator[Batch]:
        """The batches of an epoch's groups, with tags and neighbours drawn for each.

        similar: (1 + movies, k), the movies most like each.
        """
        for group in groups:
            yield self._batch([group[row] for row in rng.permutation(len(group))], rng, similar)

    def _batch(self, windows: list[Window], rng: np.random.Generator, similar: IntArray) -> Batch:
        movie, kind = pad([window.picks for window in windows])
        fold = np.array([window.fold for window in windows], dtype=np.int32)
        is_movie = movie > 0
        target = next_of(movie, is_movie & (kind == LIKE)).ravel()
        rejected = next_of(movie, is_movie & (kind == DISLIKE)).ravel()
        recent = self._lags.recent(movie, kind, fold).reshape(movie.size, self._lags.count)
        wanted, unwanted = self._picked_tags(movie, target, rng)
        knows = wanted.any(axis=-1) | unwanted.any(axis=-1)
        is_lifted = (rng.random(len(target)) < self._config.lifted_share) & (self._lags.count > 0)
        lifted = np.flatnonzero((target > 0) & is_lifted)
        plain = np.flatnonzero((target > 0) & ~is_lifted & ~knows)
        tagged = np.flatnonzero((target > 0) & ~is_lifted & knows)
        told = np.concatenate([tagged, lifted])
        steps = np.concatenate([plain, told])
        dislikes = self._choose_dislikes(kind.ravel(), movie.ravel(), rng)
        disliked, liked_next = movie.ravel()[dislikes], target[dislikes]
        is_real = kind.ravel()[dislikes] == DISLIKE
        spared = np.where(is_real, liked_next, PADDING)
        neighbours = self._neighbours(disliked, spared, rng, similar)
        before = recent[dislikes - 1]
        rows = self._lags.rows(disliked, fold[dislikes // movie.shape[1]])
        return Batch(
            movie,
            kind,
            plain.astype(np.int32),
            tagged.astype(np.int32),
            lifted.astype(np.int32),
            wanted[told],
            unwanted[told],
            target[steps],
            rejected[steps],
            recent[lifted],
            dislikes.astype(np.int32),
            self._session_tags(disliked, liked_next, rng),
            before,
            self._lags.with_dislike(before, rows),
            neighbours,
            draw_candidates(
                len(self._catalogue.movies),
                (target, rejected, neighbours),
                self._config.candidates,
                rng,
            ),
        )

    def _picked_tags(
        self, movie: IntArray, target: IntArray, rng: np.random.Generator
    ) -> tuple[IntArray, IntArray]:
        """Tags that are wanted, and some of the window's other movies' that it does not carry:
        (steps, k) each."""
        config = self._config
        row, step = np.indices(movie.shape)
        step = np.minimum(step + rng.integers(1, 1 + LATER, size=movie.shape), movie.shape[1] - 1)
        later = target.reshape(movie.shape)[row, step].ravel()
        is_later = (rng.random(len(target)) < config.wanted_later) & (later > 0)
        wanted_of = np.where(is_later, later, target)
        wanted = self._tags.draw_distinct(wanted_of, config.wanted_tags, rng)
        count = rng.choice(len(config.unwanted_tags), p=config.unwanted_tags, size=len(target))
        unwanted = np.zeros((len(target), len(config.unwanted_tags) - 1), dtype=np.int32)
        for column in range(unwanted.shape[-1]):
            others = rng.integers(movie.shape[1], size=movie.shape)
            tag = self._tags.draw(np.take_along_axis(movie, others, axis=1).ravel(), rng)
            is_kept = ~self._tags.has(target, tag) & (count > column)
            unwanted[:, column] = np.where(is_kept, tag, PADDING)
        return wanted, unwanted

    def _choose_dislikes(
        self, kind: IntArray, movie: IntArray, rng: np.random.Generator
    ) -> npt.NDArray[np.int64]:
        is_argued = rng.random(len(kind)) < self._config.disliked_for_argument
        steps = np.flatnonzero((movie > 0) & ((kind == DISLIKE) | is_argued))
        most = min(len(steps), self._config.dislikes_per_batch)
        return np.sort(rng.choice(steps, size=most, replace=False))

    def _session_tags(
        self, disliked: IntArray, liked_next: IntArray, rng: np.random.Generator
    ) -> IntArray:
        """Tags that the disliked movie carries itself or, as often, the one that is liked next."""
        carrier = np.where(rng.random(len(disliked)) < 0.5, disliked, liked_next)
        return self._tags.draw_distinct(carrier, self._config.session_tags, rng)

    def _neighbours(
        self,
        disliked: IntArray,
        spared: IntArray,
        rng: np.random.Generator,
        similar: IntArray,
    ) -> IntArray:
        """The disliked movies and some like each, but not those spared: (dislikes, k)."""
        chosen = rng.integers(similar.shape[1], size=(len(disliked), self._config.neighbours))
        neighbours = similar[disliked[:, None], chosen]
        neighbours[:, 0] = disliked
        neighbours[neighbours == spared[:, None]] = PADDING
        return neighbours.astype(np.int32)


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
