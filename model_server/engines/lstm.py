"""The two-layer LSTM: one step a click, from the state that the clicks before it left behind."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from model_server.artifact import NETWORK, WEIGHTS, Artifact
from model_server.engines.base import DISLIKE, LIKE, START, Event, FloatArray, Query, Scores
from model_server.engines.tag_match import TagMatch

TAGS_READ = 24  # tags that a step reads: of picked ones the newest, of a movie's own the first
STATES_KEPT = 8192  # of 4 KiB each
ROWS_AT_ONCE = 32  # the runtime never gives back what its largest batch took
START_EVENT = Event(0, True)

IntArray = npt.NDArray[np.int32]


class Steps(NamedTuple):
    """What one step reads of each session in a batch.

    states: (batch, 4, units) float. movie, kind: (batch,) int. own_tags: (batch, TAGS_READ) int.
    """

    states: FloatArray
    movie: IntArray
    own_tags: IntArray
    kind: IntArray


class Told(NamedTuple):
    """What a step that predicts reads beside; all int, right-padded with 0.

    liked, disliked: (batch, TAGS_READ), tags picked. recent: (batch, lags), the newest liked
    movies, and after them the newest disliked ones.
    """

    liked: IntArray
    disliked: IntArray
    recent: IntArray


class Runner(Protocol):
    """Runs the trained step; two runners of one artifact agree to the rounding of their weights.

    like_lags, dislike_lags: how many of the newest liked and disliked movies are told.
    """

    units: int
    like_lags: int
    dislike_lags: int

    def advance(self, steps: Steps) -> FloatArray:
        """The states after one event: (batch, 4, units)."""
        ...

    def predict(self, steps: Steps, told: Told) -> tuple[FloatArray, Scores]:
        """The states after one event, which do not know what is told, and scores, which do."""
        ...


class States:
    """States after the sessions seen last, each under a digest of the events that led to it."""

    def __init__(self, capacity: int = STATES_KEPT) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[bytes, FloatArray] = OrderedDict()

    def get(self, key: bytes) -> FloatArray | None:
        """The state under a key, (4, units), or None when it was never kept or has made room."""
        state = self._kept.get(key)
        if state is not None:
            self._kept.move_to_end(key)
        return state

    def put(self, key: bytes, state: FloatArray) -> None:
        """Keep a copy of a state; the one unused for longest makes room."""
        self._kept[key] = state.copy()  # a row of a batch would keep the whole batch alive
        self._kept.move_to_end(key)
        if len(self._kept) > self._capacity:
            self._kept.popitem(last=False)


class _Walk:
    """One session on its way: the events still to be read, from the newest state that is kept."""

    def __init__(self, query: Query, states: States, units: int) -> None:
        self.query = query
        self.events = [START_EVENT, *query.events]
        self.keys = list(_prefix_keys(self.events))
        is_new = len(self.events) > 1 and states.get(self.keys[-1]) is None
        self.is_click = is_new and not query.is_supposed
        self.done, self.state = 0, np.zeros((4, units), dtype=np.float32)
        for length in range(len(self.events) - 1, 0, -1):
            kept = states.get(self.keys[length - 1])
            if kept is not None:
                self.done, self.state = length, kept
                break

    @property
    def is_at_last(self) -> bool:
        """Whether only the step that predicts is left."""
        return self.done == len(self.events) - 1

    @property
    def key(self) -> bytes:
        """The key of the state after the next event."""
        return self.keys[self.done]

    @property
    def event(self) -> tuple[Event, int]:
        """The next event and its kind."""
        event = self.events[self.done]
        return event, START if self.done == 0 else LIKE if event.is_liked else DISLIKE

    def step_to(self, state: FloatArray, states: States) -> None:
        """Take the state after the next event, and keep it; of a supposed session the last one."""
        if self.is_at_last or not self.query.is_supposed:
            states.put(self.key, state)
        self.done, self.state = self.done + 1, state


class LstmEngine:
    """Scores sessions with the network; carries states from click to click."""

    name = "lstm"
    title = "LSTM"

    def __init__(
        self, runner: Runner, match: TagMatch, artifact: Artifact, capacity: int = STATES_KEPT
    ) -> None:
        self._runner = runner
        self._match = match
        self._artifact = artifact
        self._states = States(capacity)
        self._clicks = {"clicks_one_step": 0, "clicks_recomputed": 0}

    def score(self, queries: Sequence[Query]) -> Scores:
        """Read what is new in each session, all sessions side by side, then predict."""
        walks = [_Walk(query, self._states, self._runner.units) for query in queries]
        for walk in walks:
            if walk.is_click:
                self._clicks["clicks_one_step" if walk.is_at_last else "clicks_recomputed"] += 1
        while behind := [walk for walk in walks if not walk.is_at_last]:
            ahead = {walk.key: walk for walk in behind}  # sessions that begin alike step as one
            after = self._runner.advance(_stack([*ahead.values()]))
            reached = dict(zip(ahead, after, strict=True))
            for walk in behind:
                walk.step_to(reached[walk.key], self._states)
        parts = [slice(at, at + ROWS_AT_ONCE) for at in range(0, len(walks), ROWS_AT_ONCE)]
        scores = [self._predict(walks[part], queries[part]) for part in parts]
        movies = np.concatenate([part.movies for part in scores])
        self._match.add(movies, queries, TAGS_READ)
        return Scores(movies, np.concatenate([part.tags for part in scores]))

    def _predict(self, walks: Sequence[_Walk], queries: Sequence[Query]) -> Scores:
        """Take the last step of some sessions."""
        after, scores = self._runner.predict(_stack(walks), self._tell(queries))
        for walk, state in zip(walks, after, strict=True):
            walk.step_to(state, self._states)
        return scores

    def _tell(self, queries: Sequence[Query]) -> Told:
        runner = self._runner
        recent = np.zeros((len(queries), runner.like_lags + runner.dislike_lags), dtype=np.int32)
        for row, query in enumerate(queries):
            likes, dislikes = (_newest(query.events, is_liked) for is_liked in (True, False))
            picked = likes[: runner.like_lags], dislikes[: runner.dislike_lags]
            recent[row, : len(picked[0])] = picked[0]
            recent[row, runner.like_lags : runner.like_lags + len(picked[1])] = picked[1]
        tags = ([query.liked_tags for query in queries], [query.disliked_tags for query in queries])
        return Told(_pad(tags[0]), _pad(tags[1]), recent)

    def counters(self) -> dict[str, int]:
        """How many clicks on movies cost one step, and how many more than one.

        Whatever reads the same movies again (other tags, another filter or page) is no click.
        """
        return dict(self._clicks)

    def vectors(self) -> FloatArray:
        """The tied embedding of every movie: (1 + movies, dim); row 0 is padding."""
        return self._tables["vectors"]

    def embedding(self, events: Sequence[Event]) -> FloatArray:
        """The vectors of some movies, (events, dim); without a row, what their tags say."""
        tables = self._tables
        rows = [
            tables["vectors"][event.movie]
            if event.movie
            else _mean(tables["tags"], event.tags) @ tables["content_to_movie"]
            for event in events
        ]
        return np.array(rows, dtype=np.float32)

    @cached_property
    def _tables(self) -> dict[str, FloatArray]:
        with np.load(self._artifact.path(WEIGHTS)) as stored:
            names = ("vectors", "tags", "content_to_movie")
            return {name: stored[name].astype(np.float32) for name in names}


class LiteRunner:
    """The step under the TensorFlow Lite runtime."""

    def __init__(self, artifact: Artifact, threads: int = 1) -> None:
        from ai_edge_litert.interpreter import Interpreter

        model = str(artifact.path(NETWORK))
        self._interpreter = Interpreter(model_path=model, num_threads=threads)
        self._advance = self._interpreter.get_signature_runner("advance")
        self._predict = self._interpreter.get_signature_runner("predict")
        self.units = int(self._advance.get_input_details()["states"]["shape_signature"][-1])
        network = artifact.manifest["network"]
        self.like_lags = network["like_lags"]
        self.dislike_lags = network["dislike_lags"]

    def advance(self, steps: Steps) -> FloatArray:
        """See Runner."""
        states: FloatArray = self._advance(**steps._asdict())["states"]
        return states

    def predict(self, steps: Steps, told: Told) -> tuple[FloatArray, Scores]:
        """See Runner."""
        found = self._predict(**steps._asdict(), **told._asdict())
        return found["states"], Scores(found["movies"], found["tags"])


def load(artifact: Artifact) -> LstmEngine:
    """The engine that serves."""
    return LstmEngine(LiteRunner(artifact), load_match(artifact), artifact)


def load_match(artifact: Artifact) -> TagMatch:
    """What the tags of an artifact add to its movies."""
    with np.load(artifact.path(WEIGHTS)) as stored:
        weights = stored["liked_match"], stored["disliked_match"]
    return TagMatch.of(artifact.catalogue, *weights)


def _prefix_keys(events: Sequence[Event]) -> Iterator[bytes]:
    """A digest of the first event, of the first two, and so on."""
    running = hashlib.blake2b(digest_size=16)
    for event in events:
        said = (event.movie, event.is_liked, () if event.movie else event.tags)
        running.update(repr(said).encode())
        yield running.copy().digest()


def _newest(events: Sequence[Event], is_liked: bool) -> list[int]:
    """The liked or the disliked movies that have a row, newest first."""
    return [event.movie for event in events[::-1] if event.movie and event.is_liked == is_liked]


def _stack(walks: Sequence[_Walk]) -> Steps:
    events = [walk.event for walk in walks]
    return Steps(
        states=np.stack([walk.state for walk in walks]),
        movie=np.array([event.movie for event, _ in events], dtype=np.int32),
        own_tags=_pad([() if event.movie else event.tags[:TAGS_READ] for event, _ in events]),
        kind=np.array([kind for _, kind in events], dtype=np.int32),
    )


def _pad(tags: Sequence[Sequence[int]]) -> IntArray:
    padded = np.zeros((len(tags), TAGS_READ), dtype=np.int32)
    for row, indexes in enumerate(tags):
        newest = indexes[-TAGS_READ:]
        padded[row, : len(newest)] = newest
    return padded


def _mean(rows: FloatArray, indexes: Sequence[int]) -> FloatArray:
    if not indexes:
        return np.zeros(rows.shape[1], dtype=np.float32)
    mean: FloatArray = rows[list(indexes)].mean(axis=0)
    return mean
