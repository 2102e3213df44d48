"""The network unrolled over whole windows, with dropout, for training and validation."""

from typing import Any, NamedTuple

import keras
from keras import ops

from model_server.training.layers import lstm_cell
from model_server.training.network import Core

Tensor = Any
Pair = tuple[Tensor, Tensor]


class Layer(NamedTuple):
    """One LSTM layer over time; all (batch, time, units): output, and states before each step."""

    output: Tensor
    hidden_before: Tensor
    cell_before: Tensor


class Masks(NamedTuple):
    """Dropout masks of one batch; ones outside training.

    channels: (batch, 1, units). after_1, after_2: (batch, 1, units). recurrent_1, recurrent_2: the
    recurrent weights with connections dropped.
    """

    channels: Tensor
    after_1: Tensor
    after_2: Tensor
    recurrent_1: Tensor
    recurrent_2: Tensor


class Sequence(NamedTuple):
    """Outputs of the upper layer, (batch, time, units), and what `rerun` of single steps needs."""

    output: Tensor
    layer_1: Layer
    layer_2: Layer
    masks: Masks


def draw_masks(core: Core, batch: Tensor, seeds: keras.random.SeedGenerator | None) -> Masks:
    """Variational dropout (Gal and Ghahramani 2016) and DropConnect (Merity et al. 2018).

    Without `seeds` nothing is dropped.
    """
    config = core.config
    ones = ops.ones((batch, 1, config.units))

    def drop(values: Tensor, rate: float) -> Tensor:
        return keras.random.dropout(values, rate, seed=seeds) if seeds else values

    return Masks(
        drop(ones, config.input_dropout),
        drop(ones, config.layer_dropout),
        drop(ones, config.layer_dropout),
        drop(core.layers[0].recurrent, config.recurrent_dropout),
        drop(core.layers[1].recurrent, config.recurrent_dropout),
    )


def run_events(core: Core, events: Tensor, masks: Masks) -> Sequence:
    """Run both layers over what `Core.read_events` gave."""
    first = _recur(core, core.project(events, 1), masks.recurrent_1)
    values = core.residual(events, first.output * masks.after_1, 1)
    second = _recur(core, core.project(values, 2), masks.recurrent_2)
    output = core.residual(values, second.output * masks.after_2, 2)
    return Sequence(output, first, second, masks)


def at(sequence: Sequence, steps: Tensor) -> Sequence:
    """Some steps of a run as a run of (steps, units). steps: (steps,) int, of the flattened run."""
    units, time = sequence.output.shape[-1], ops.shape(sequence.output)[1]
    rows = ops.floor_divide(steps, time)

    def pick(values: Tensor) -> Tensor:
        return ops.take(ops.reshape(values, (-1, units)), steps, axis=0)

    def pick_mask(mask: Tensor) -> Tensor:
        return ops.take(mask[:, 0], rows, axis=0)

    masks = sequence.masks
    return Sequence(
        pick(sequence.output),
        Layer(*[pick(part) for part in sequence.layer_1]),
        Layer(*[pick(part) for part in sequence.layer_2]),
        Masks(
            pick_mask(masks.channels),
            pick_mask(masks.after_1),
            pick_mask(masks.after_2),
            masks.recurrent_1,
            masks.recurrent_2,
        ),
    )


def rerun(core: Core, sequence: Sequence, events: Tensor) -> Tensor:
    """Outputs had each step, and it alone, read another event: of the shape of `events`.

    Every step starts from the states that the run left behind, so all steps are computed at once.
    events: (..., units), with picked tags, say, or with a like turned into a dislike.
    """
    masks = sequence.masks
    hidden = _resume(core, core.project(events, 1), sequence.layer_1, masks.recurrent_1)
    values = core.residual(events, hidden * masks.after_1, 1)
    hidden = _resume(core, core.project(values, 2), sequence.layer_2, masks.recurrent_2)
    return core.residual(values, hidden * masks.after_2, 2)


def _resume(core: Core, gates: Tensor, layer: Layer, recurrent: Tensor) -> Tensor:
    gates = gates + core.dot(layer.hidden_before, recurrent)
    return lstm_cell(gates, layer.cell_before)[0]


def _recur(core: Core, gates: Tensor, recurrent: Tensor) -> Layer:
    """One layer over time. gates: (batch, time, 4 * units), the input's share of all steps."""
    dtype = core.config.matmul_dtype
    weights = ops.cast(recurrent, dtype)

    def step(carry: Pair, now: Tensor) -> tuple[Pair, Pair]:
        hidden, cell = carry
        share = ops.cast(ops.matmul(ops.cast(hidden, dtype), weights), "float32")
        after = lstm_cell(now + share, cell)
        return after, after  # Keras' TensorFlow scan wants outputs shaped as the carry

    nothing = ops.zeros_like(gates[:, 0, : core.config.units])
    timed = ops.transpose(gates, (1, 0, 2))  # (time, batch, 4 * units)
    _, (hidden, cell) = ops.scan(step, (nothing, nothing), timed)
    hidden, cell = ops.transpose(hidden, (1, 0, 2)), ops.transpose(cell, (1, 0, 2))
    return Layer(hidden, _before(hidden), _before(cell))


def _before(states: Tensor) -> Tensor:
    """The states one step earlier; zero before the first."""
    return ops.pad(states[:, :-1], ((0, 0), (1, 0), (0, 0)))
