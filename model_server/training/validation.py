"""How well a network in training finds the last movie that validation people liked."""

from typing import Any

import numpy as np
import numpy.typing as npt
from keras import ops

from model_server.evaluation.cases import TAG_SEED, LastLike, last_like
from model_server.evaluation.metrics import hit_rate, ndcg, target_ranks
from model_server.training import sequence
from model_server.training.lags import EVERYONE, Lags
from model_server.training.match import match_tags, matches
from model_server.training.network import Core, Network, Tables
from model_server.training.sequences import Picks
from model_server.training.tag_drawer import TagDrawer
from model_server.training.transitions import spread
from model_server.training.windows import pad

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]
Tensor = Any
Pair = tuple[IntArray, IntArray]
Ranks = npt.NDArray[np.int64]


class Validation:
    """The validation people's cases, batched by length once."""

    def __init__(self, people: list[Picks], lags: Lags, tags: TagDrawer, rows: int = 64) -> None:
        cases = [case for picks in people if (case := last_like(picks)) is not None]
        cases.sort(key=lambda case: len(case.history.movies))
        self._lags = lags
        self._tags = tags
        self._groups = [cases[start : start + rows] for start in range(0, len(cases), rows)]

    def measure(self, network: Network, known_tags: int = 0) -> dict[str, float]:
        """HR@10, HR@50 and NDCG@10 over all movies, the history left out.

        known_tags: how many tags of the target are liked; which, is drawn from one seed.
        """
        tables, rng = network.tables(), np.random.default_rng(TAG_SEED)
        chances = [0.0] * known_tags + [1.0]
        found = [self._ranks(network, tables, group, chances, rng) for group in self._groups]
        ranks = np.concatenate(found)
        return {
            "hr@10": hit_rate(ranks, 10),
            "hr@50": hit_rate(ranks, 50),
            "ndcg@10": ndcg(ranks, 10),
        }

    def _ranks(
        self,
        network: Network,
        tables: Tables,
        group: list[LastLike],
        chances: list[float],
        rng: np.random.Generator,
    ) -> Ranks:
        movie, kind = pad([case.history for case in group])
        targets = np.array([case.target for case in group], dtype=np.int32)
        liked = self._tags.draw_distinct(targets, chances, rng)
        scores = final_scores(network, tables, movie, kind, self._lags, liked)
        seen = np.zeros(scores.shape, dtype=bool)
        seen[:, 0] = True
        np.put_along_axis(seen, movie, True, axis=1)
        return target_ranks(scores, targets, seen)


def final_scores(
    network: Network,
    tables: Tables,
    movie: IntArray,
    kind: IntArray,
    lags: Lags,
    liked: IntArray | None = None,
) -> FloatArray:
    """Scores of all movies after each row's last pick: (batch, 1 + movies).

    movie, kind: (batch, time), as `pad` gives them. liked: (batch, k), tags, 0 is padding.
    """
    core, rows = network.core, np.arange(len(movie))
    last = np.count_nonzero(movie, axis=1)
    steps = rows * movie.shape[1] + last
    nothing = np.zeros((len(movie), 0), dtype=np.int32)
    picked = nothing if liked is None else liked, nothing
    outputs = _outputs(core, tables, (movie, kind), steps, picked)
    readout = core.read_out(outputs)
    scores = ops.matmul(readout.movies, ops.transpose(tables.vectors)) + tables.movie_bias
    if lags.count:
        recent = lags.recent(movie, kind, np.full(len(movie), EVERYONE, dtype=np.int32))
        scores = scores + spread(network.lifts(readout, recent[rows, last]), scores.shape[1])
    if picked[0].shape[1]:
        match = match_tags(tables.liked_match, tables.disliked_match, *picked)
        scores = scores + matches(match, network.carriers)
    found: FloatArray = ops.convert_to_numpy(scores)
    return found


def _outputs(
    core: Core, tables: Tables, picks: Pair, steps: npt.NDArray[np.int64], tags: Pair
) -> Tensor:
    """What the upper layer says at some flattened steps, told the tags: (steps, units)."""
    movie, kind = picks
    masks = sequence.draw_masks(core, len(movie), seeds=None)
    vectors = ops.take(tables.vectors, movie, axis=0)
    content = ops.take(tables.content, movie, axis=0)
    events = core.read_events(vectors, content, kind)
    run = sequence.at(sequence.run_events(core, events, masks), steps)
    if not tags[0].shape[1]:
        return run.output
    told = ops.take(ops.reshape(events, (-1, core.config.units)), steps, axis=0)
    return sequence.rerun(core, run, told + core.read_tags(tables.tags, *tags))


def nearest(vectors: npt.NDArray[np.float32], k: int, rows_at_once: int = 2000) -> IntArray:
    """The k movies with the highest cosine to each: (1 + movies, k); row 0 is padding, all 0."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.maximum(lengths, 1e-9)
    found = np.zeros((len(unit), k), dtype=np.int32)
    for start in range(1, len(unit), rows_at_once):
        rows = np.arange(start, min(start + rows_at_once, len(unit)))
        cosine = unit[rows] @ unit.T
        cosine[:, 0] = -np.inf
        cosine[np.arange(len(rows)), rows] = -np.inf
        found[rows] = np.argpartition(-cosine, k, axis=1)[:, :k]
    return found
