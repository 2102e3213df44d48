"""What training lowers: the next movie and tag found, and what was disliked kept away."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from keras import ops

from model_server.engines.base import DISLIKE
from model_server.training import sequence
from model_server.training.belief import Belief, Keys, keys_of
from model_server.training.network import Network, Tables
from model_server.training.windows import Batch

Tensor = Any


@dataclass(frozen=True, slots=True)
class LossWeights:
    """How much each part counts beside the cross-entropy of the next movie, which counts 1."""

    label_smoothing: float = 0.05
    tags: float = 0.2
    rejected: float = 0.1
    neighbours: float = 0.1
    margin: float = 1.0


def batch_losses(
    network: Network, batch: Batch, weights: LossWeights, training: bool
) -> dict[str, Tensor]:
    """The parts of the loss on one batch, each a scalar, weighted and ready to be added."""
    tables = network.tables()
    run = _run(network, tables, batch, training)
    outputs = _outputs(network, tables, batch, run)
    keys = keys_of(network, tables, batch.candidates)
    beliefs = _beliefs(network, tables, keys, batch, outputs)
    rivals = ops.stack([batch.target, batch.rejected], axis=-1)
    scores = ops.concatenate([belief.scores(rivals[rows]) for rows, belief in beliefs], axis=0)
    mean = ops.concatenate([belief.mean_score() for _, belief in beliefs], axis=0)
    log_total = ops.concatenate([belief.log_total() for _, belief in beliefs], axis=0)
    smoothing = weights.label_smoothing
    smoothed = (1 - smoothing) * scores[:, 0] + smoothing * mean
    tags = network.core.read_out(outputs).tags
    parts = {
        "movie": ops.mean(log_total - smoothed),
        "tag": weights.tags * ops.mean(_next_tag(network, tables, tags, batch.target)),
        "rejected": weights.rejected * _rejected(scores, batch.rejected),
        "neighbours": ops.zeros(()),
    }
    if weights.neighbours:
        before, after = _disliked(network, tables, keys, batch, run)
        kept = _neighbours(before, after, batch.neighbours, weights.margin)
        parts["neighbours"] = weights.neighbours * kept
    return parts


class Run(NamedTuple):
    """What the picks alone say: events read, (batch, time, units), and the layers over them."""

    events: Tensor
    sequence: sequence.Sequence

    def at(self, steps: Tensor) -> "Run":
        """Some flattened steps, (steps, units)."""
        flat = ops.reshape(self.events, (-1, self.events.shape[-1]))
        return Run(ops.take(flat, steps, axis=0), sequence.at(self.sequence, steps))


def _beliefs(
    network: Network, tables: Tables, keys: Keys, batch: Batch, outputs: Tensor
) -> list[tuple[slice, Belief]]:
    """What is expected at the plain, the tagged and the lifted steps, each with its rows."""
    plain, tagged = ops.shape(batch.plain)[0], ops.shape(batch.tagged)[0]
    rows = slice(plain), slice(plain, plain + tagged), slice(plain + tagged, None)
    nothing = ops.zeros_like(batch.target[rows[0], None])[:, :0]
    told = batch.wanted_tags[:tagged], batch.unwanted_tags[:tagged]
    told_lifted = batch.wanted_tags[tagged:], batch.unwanted_tags[tagged:]
    first, second, third = (outputs[part] for part in rows)
    beliefs = (
        Belief.without_lifts(network, tables, keys, first, (nothing, nothing)),
        Belief.without_lifts(network, tables, keys, second, told),
        Belief.learning_lifts(network, tables, keys, third, batch.recent, told_lifted),
    )
    return list(zip(rows, beliefs, strict=True))


def _run(network: Network, tables: Tables, batch: Batch, training: bool) -> Run:
    core = network.core
    vectors = ops.take(tables.vectors, batch.movie, axis=0)
    content = ops.take(tables.content, batch.movie, axis=0)
    rows = ops.shape(batch.movie)[0]
    masks = sequence.draw_masks(core, rows, network.seeds if training else None)
    events = core.read_events(vectors, content, batch.kind) * masks.channels
    return Run(events, sequence.run_events(core, events, masks))


def _outputs(network: Network, tables: Tables, batch: Batch, run: Run) -> Tensor:
    """Outputs at the plain, the tagged and the lifted steps: (targets, units)."""
    flat = ops.reshape(run.sequence.output, (-1, network.config.units))
    plain = ops.take(flat, batch.plain, axis=0)
    told = run.at(ops.concatenate([batch.tagged, batch.lifted], axis=0))
    tags = network.core.read_tags(tables.tags, batch.wanted_tags, batch.unwanted_tags)
    tagged = sequence.rerun(network.core, told.sequence, told.events + tags)
    return ops.concatenate([plain, tagged], axis=0)


def _disliked(
    network: Network, tables: Tables, keys: Keys, batch: Batch, run: Run
) -> tuple[Belief, Belief]:
    """What was expected before some dislikes, and after them; some tags are liked at both times."""
    core = network.core
    picked = batch.session_tags, batch.session_tags[:, :0]
    tags = core.read_tags(tables.tags, *picked)
    earlier, later = run.at(batch.dislikes - 1), run.at(batch.dislikes)
    kind = ops.take(ops.reshape(batch.kind, (-1,)), batch.dislikes)
    turned = core.kind_in[DISLIKE] - ops.take(core.kind_in, kind, axis=0)
    turned = turned * later.sequence.masks.channels
    before = sequence.rerun(core, earlier.sequence, earlier.events + tags)
    after = sequence.rerun(core, later.sequence, later.events + turned + tags)
    return (
        Belief.of(network, tables, keys, before, batch.recent_before, picked),
        Belief.of(network, tables, keys, after, batch.recent_after, picked),
    )


def _next_tag(network: Network, tables: Tables, readout: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy against an even spread over the target's tags, (targets,).

    Scores are linear in the tag, so the mean score of the target's tags is the score of their mean.
    """
    logits = network.core.dot(readout, ops.transpose(tables.tags[1:])) + network.tag_bias[1:]
    mean_bias = ops.matmul(network.facts.tag_shares, ops.expand_dims(network.tag_bias, -1))[:, 0]
    content = ops.take(tables.content, target, axis=0)
    hit = ops.sum(readout * content, axis=-1) + ops.take(mean_bias, target)
    has_tags = ops.cast(ops.any(ops.not_equal(content, 0.0), axis=-1), "float32")
    return has_tags * (ops.logsumexp(logits, axis=-1) - hit)


def _rejected(scores: Tensor, rejected: Tensor) -> Tensor:
    """Bayesian personalised ranking (Rendle et al. 2009) of the next like over the next dislike.

    scores: (targets, 2), of the like and of the dislike. rejected: (targets,), 0 for no dislike.
    """
    exists = ops.cast(ops.not_equal(rejected, 0), "float32")
    cost = ops.softplus(scores[:, 1] - scores[:, 0])
    return ops.sum(exists * cost) / ops.maximum(ops.sum(exists), 1.0)


def _neighbours(before: Belief, after: Belief, neighbours: Tensor, margin: float) -> Tensor:
    """How far a dislike fails to lower the log-probability of the movie and of those like it.

    neighbours: (dislikes, k) int. The step before is taken as given, so the loss cannot be met by
    raising it.
    """

    def log_probability(belief: Belief) -> Tensor:
        return belief.scores(neighbours) - ops.expand_dims(belief.log_total(), 1)

    change = log_probability(after) - ops.stop_gradient(log_probability(before))
    exists = ops.cast(ops.not_equal(neighbours, 0), "float32")
    return ops.sum(exists * ops.softplus(change + margin)) / ops.maximum(ops.sum(exists), 1.0)
