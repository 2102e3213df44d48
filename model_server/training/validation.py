"""How well a network in training finds the last movie that validation people liked."""

import numpy as np
import numpy.typing as npt
from keras import ops

from model_server.evaluation.cases import LastLike, last_like
from model_server.evaluation.metrics import hit_rate, ndcg, target_ranks
from model_server.training import sequence
from model_server.training.lags import EVERYONE, Lags
from model_server.training.network import Network, Tables
from model_server.training.sequences import Picks
from model_server.training.transitions import spread
from model_server.training.windows import pad

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]
Ranks = npt.NDArray[np.int64]


class Validation:
    """The validation people's cases, batched by length once."""

    def __init__(self, people: list[Picks], lags: Lags, rows: int = 64) -> None:
        cases = [case for picks in people if (case := last_like(picks)) is not None]
        cases.sort(key=lambda case: len(case.history.movies))
        self._lags = lags
        self._groups = [cases[start : start + rows] for start in range(0, len(cases), rows)]

    def measure(self, network: Network) -> dict[str, float]:
        """HR@10, HR@50 and NDCG@10 over all movies, the history left out, no tags known."""
        tables = network.tables()
        ranks = np.concatenate([self._ranks(network, tables, group) for group in self._groups])
        return {
            "hr@10": hit_rate(ranks, 10),
            "hr@50": hit_rate(ranks, 50),
            "ndcg@10": ndcg(ranks, 10),
        }

    def _ranks(self, network: Network, tables: Tables, group: list[LastLike]) -> Ranks:
        movie, kind = pad([case.history for case in group])
        scores = final_scores(network, tables, movie, kind, self._lags)
        seen = np.zeros(scores.shape, dtype=bool)
        seen[:, 0] = True
        np.put_along_axis(seen, movie, True, axis=1)
        targets = np.array([case.target for case in group])
        return target_ranks(scores, targets, seen)


def final_scores(
    network: Network, tables: Tables, movie: IntArray, kind: IntArray, lags: Lags
) -> FloatArray:
    """Scores of all movies after each row's last pick, no tags known: (batch, 1 + movies).

    movie, kind: (batch, time), as `pad` gives them.
    """
    core, rows = network.core, np.arange(len(movie))
    masks = sequence.draw_masks(core, len(movie), seeds=None)
    vectors = ops.take(tables.vectors, movie, axis=0)
    content = ops.take(tables.content, movie, axis=0)
    run = sequence.run_events(core, core.read_events(vectors, content, kind), masks)
    last = np.count_nonzero(movie, axis=1)
    outputs = ops.reshape(run.output, (-1, network.config.units))
    readout = core.read_out(ops.take(outputs, rows * movie.shape[1] + last, axis=0))
    scores = ops.matmul(readout.movies, ops.transpose(tables.vectors)) + tables.movie_bias
    if lags.count:
        recent = lags.recent(movie, kind, np.full(len(movie), EVERYONE, dtype=np.int32))
        scores = scores + spread(network.lifts(readout, recent[rows, last]), scores.shape[1])
    found: FloatArray = ops.convert_to_numpy(scores)
    return found


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
