"""What training lowers: the next movie and tag found, and what was disliked kept away."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from keras import ops

from model_server.training import sequence
from model_server.training.network import DISLIKE, Network, Readout, Tables
from model_server.training.windows import Batch

Tensor = Any


@dataclass(frozen=True, slots=True)
class LossWeights:
    """How much each part counts beside the cross-entropy of the next movie, which counts 1."""

    label_smoothing: float = 0.05
    tags: float = 0.2
    rejected: float = 0.1
    neighbours: float = 0.05
    margin: float = 0.5


def batch_losses(
    network: Network, batch: Batch, candidates: int, weights: LossWeights, training: bool
) -> dict[str, Tensor]:
    """The parts of the loss on one batch, each a scalar, weighted and ready to be added.

    candidates: how many movies, from index 1, ever are a target and stand in the softmax.
    """
    tables = network.tables()
    outputs = _outputs(network, tables, batch, training)
    readout = _read_out(network, outputs.said, batch.steps)  # (targets, ...)
    scores, log_total = _next_movie(network, tables, readout.movies, batch.target, candidates)
    smoothing = weights.label_smoothing
    mean_score = _mean_score(tables, readout.movies, candidates)
    movie = log_total - (1 - smoothing) * scores - smoothing * mean_score
    before = Belief(readout.movies, log_total)
    disliked = _read_out(network, outputs.disliked, batch.dislikes[:, 0]).movies
    after = Belief(disliked, _log_total(network, tables, disliked, candidates))
    return {
        "movie": ops.mean(movie),
        "tag": weights.tags * ops.mean(_next_tag(network, tables, readout, batch.target)),
        "rejected": weights.rejected * _rejected(tables, readout.movies, scores, batch.rejected),
        "neighbours": weights.neighbours
        * _neighbours(tables, before.at(batch.dislikes[:, 1]), after, batch, weights.margin),
    }


class Outputs(NamedTuple):
    """Outputs of the upper layer at every step.

    said: (batch, time, units), what people said; the lower half also knows picked tags.
    disliked: (batch // 2, time, units), had the upper half disliked the step's movie.
    """

    said: Tensor
    disliked: Tensor


class Belief(NamedTuple):
    """What the network expects next: readouts, (rows, movie_dim), and the log of their softmax's
    sum, (rows,)."""

    movies: Tensor
    log_total: Tensor

    def at(self, rows: Tensor) -> "Belief":
        """Some of the rows."""
        return Belief(ops.take(self.movies, rows, axis=0), ops.take(self.log_total, rows))


def _outputs(network: Network, tables: Tables, batch: Batch, training: bool) -> Outputs:
    core = network.core
    vectors = ops.take(tables.vectors, batch.movie, axis=0)
    content = ops.take(tables.content, batch.movie, axis=0)
    masks = sequence.draw_masks(
        core, ops.shape(batch.movie)[0], network.seeds if training else None
    )
    events = core.read_events(vectors, content, batch.kind) * masks.channels
    run = sequence.run_events(core, events, masks)
    half = ops.shape(batch.movie)[0] // 2
    upper, lower = (sequence.rows_of(run, rows) for rows in (slice(half), slice(half, None)))
    tags = core.read_tags(tables.tags, batch.wanted_tags, batch.unwanted_tags)
    turned = core.kind_in[DISLIKE] - ops.take(core.kind_in, batch.kind[:half], axis=0)
    disliked = sequence.rerun(core, upper, events[:half] + turned * upper.masks.channels)
    tagged = sequence.rerun(core, lower, events[half:] + tags)
    return Outputs(ops.concatenate([run.output[:half], tagged], axis=0), disliked)


def _read_out(network: Network, outputs: Tensor, steps: Tensor) -> Readout:
    """Both readouts at some of the flattened steps."""
    flat = ops.reshape(outputs, (-1, network.config.units))
    return network.core.read_out(ops.take(flat, steps, axis=0))


def _log_total(network: Network, tables: Tables, movies: Tensor, candidates: int) -> Tensor:
    """Log of the softmax's sum over all candidates, (rows,)."""
    span = slice(1, candidates + 1)
    logits = network.core.dot(movies, ops.transpose(tables.vectors[span]))
    return ops.logsumexp(logits + tables.movie_bias[span], axis=-1)


def _scores_of(tables: Tables, movies: Tensor, index: Tensor) -> Tensor:
    """Score of one movie for each row; movies: (rows, movie_dim), index: (rows,)."""
    vectors = ops.take(tables.vectors, index, axis=0)
    return ops.sum(movies * vectors, axis=-1) + ops.take(tables.movie_bias, index)


def _next_movie(
    network: Network, tables: Tables, movies: Tensor, target: Tensor, candidates: int
) -> tuple[Tensor, Tensor]:
    """Score of each target and the log of the softmax's sum, each (targets,)."""
    vectors, bias = tables.vectors[1 : candidates + 1], tables.movie_bias[1 : candidates + 1]
    logits = network.core.dot(movies, ops.transpose(vectors)) + bias  # (targets, candidates)
    entropy = ops.sparse_categorical_crossentropy(target - 1, logits, from_logits=True)
    scores = _scores_of(tables, movies, target)
    return scores, entropy + scores


def _mean_score(tables: Tables, movies: Tensor, candidates: int) -> Tensor:
    """Mean over all candidates of each row's scores, without computing them: (targets,)."""
    span = slice(1, candidates + 1)
    mean_vector = ops.mean(tables.vectors[span], axis=0)
    return ops.matmul(movies, mean_vector) + ops.mean(tables.movie_bias[span])


def _next_tag(network: Network, tables: Tables, readout: Readout, target: Tensor) -> Tensor:
    """Cross-entropy against an even spread over the target's tags, (targets,).

    Scores are linear in the tag, so the mean score of the target's tags is the score of their mean.
    """
    logits = network.core.dot(readout.tags, ops.transpose(tables.tags[1:])) + network.tag_bias[1:]
    mean_bias = ops.matmul(network.facts.tag_shares, ops.expand_dims(network.tag_bias, -1))[:, 0]
    content = ops.take(tables.content, target, axis=0)
    hit = ops.sum(readout.tags * content, axis=-1) + ops.take(mean_bias, target)
    has_tags = ops.cast(ops.any(ops.not_equal(content, 0.0), axis=-1), "float32")
    return has_tags * (ops.logsumexp(logits, axis=-1) - hit)


def _rejected(tables: Tables, movies: Tensor, liked: Tensor, rejected: Tensor) -> Tensor:
    """Bayesian personalised ranking (Rendle et al. 2009) of the next like over the next dislike."""
    exists = ops.cast(ops.not_equal(rejected, 0), "float32")
    gap = liked - _scores_of(tables, movies, rejected)
    return ops.sum(exists * ops.softplus(-gap)) / ops.maximum(ops.sum(exists), 1.0)


def _neighbours(
    tables: Tables, before: Belief, after: Belief, batch: Batch, margin: float
) -> Tensor:
    """How far a dislike fails to lower the log-probability of the movie and of those like it.

    The step before is taken as given, so the loss cannot be met by raising it.
    """
    vectors = ops.take(tables.vectors, batch.neighbours, axis=0)  # (dislikes, k, movie_dim)
    bias = ops.take(tables.movie_bias, batch.neighbours)

    def log_probability(belief: Belief) -> Tensor:
        scores = ops.sum(ops.expand_dims(belief.movies, 1) * vectors, axis=-1) + bias
        return scores - ops.expand_dims(belief.log_total, 1)  # (dislikes, k)

    change = log_probability(after) - ops.stop_gradient(log_probability(before))
    exists = ops.cast(ops.not_equal(batch.neighbours, 0), "float32")
    return ops.sum(exists * ops.softplus(change + margin)) / ops.maximum(ops.sum(exists), 1.0)
