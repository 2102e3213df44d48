"""What a network is made of: named weights, the LSTM cell, LayerNorm, products of matrices."""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import ops

Tensor = Any


def lstm_cell(gates: Tensor, cell: Tensor) -> tuple[Tensor, Tensor]:
    """Hidden and cell state after one step; gates: (..., 4 * units) before their activations.

    Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000.
    """
    enter, forget, candidate, leave = ops.split(gates, 4, axis=-1)
    cell = ops.sigmoid(forget + 1.0) * cell + ops.sigmoid(enter) * ops.tanh(candidate)
    return ops.sigmoid(leave) * ops.tanh(cell), cell


def layer_norm(values: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    """Ba et al. 2016, eq. 4, over the last axis."""
    mean = ops.mean(values, axis=-1, keepdims=True)
    centred = values - mean
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    return centred * ops.rsqrt(variance + 1e-5) * scale + shift


class WeightMaker:
    """Adds named weights to a layer, drawn from one seed."""

    def __init__(self, layer: keras.layers.Layer, seed: int) -> None:
        self._layer = layer
        self._rng = np.random.default_rng(seed)

    def _add(self, name: str, shape: tuple[int, ...], initializer: Any) -> Tensor:
        return self._layer.add_weight(name=name, shape=shape, initializer=initializer)

    def _seed(self) -> int:
        return int(self._rng.integers(2**31))

    def normal(self, name: str, *shape: int, std: float | None = None) -> Tensor:
        """Normal values; without `std`, of a size that keeps a product's variance."""
        std = shape[0] ** -0.5 if std is None else std
        return self._add(
            name, shape, keras.initializers.RandomNormal(stddev=std, seed=self._seed())
        )

    def orthogonal(self, name: str, *shape: int) -> Tensor:
        """A random orthogonal matrix (Saxe et al. 2014)."""
        return self._add(name, shape, keras.initializers.Orthogonal(seed=self._seed()))

    def zeros(self, name: str, *shape: int) -> Tensor:
        """Zeros."""
        return self._add(name, shape, "zeros")

    def ones(self, name: str, *shape: int) -> Tensor:
        """Ones."""
        return self._add(name, shape, "ones")


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """One LSTM layer: input kernel, recurrent kernel, gate biases; scale and shift of its norm."""

    kernel: Tensor
    recurrent: Tensor
    gates: Tensor
    scale: Tensor
    shift: Tensor

    @staticmethod
    def make(new: WeightMaker, layer: int, units: int) -> "LayerWeights":
        """The weights of layer 1 or 2."""
        return LayerWeights(
            new.normal(f"kernel_{layer}", units, 4 * units),
            new.orthogonal(f"recurrent_{layer}", units, 4 * units),
            new.zeros(f"gates_{layer}", 4 * units),
            new.ones(f"scale_{layer}", units),
            new.zeros(f"shift_{layer}", units),
        )


def product(left: Tensor, right: Tensor, dtype: str) -> Tensor:
    """A matrix product in `dtype`, its result in float32."""
    return ops.cast(ops.matmul(ops.cast(left, dtype), ops.cast(right, dtype)), "float32")


def mean_rows(rows: Tensor, indexes: Tensor) -> Tensor:
    """Mean of the rows at `indexes` (..., k), 0 left out; zero where nothing is left."""
    counts = ops.cast(ops.not_equal(indexes, 0), "float32")
    total = ops.sum(ops.take(rows, indexes, axis=0) * ops.expand_dims(counts, -1), axis=-2)
    return total / ops.maximum(ops.sum(counts, axis=-1, keepdims=True), 1.0)
