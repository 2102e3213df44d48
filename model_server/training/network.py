"""The two-layer LSTM over picks, in keras.ops alone: it trains under any Keras backend.

One step reads the movie, the mean of its tags and whether it was liked; the tags known of the next
movie and the disliked tags enter a second, parallel pass over each step, so that the state carried
from step to step never holds them. Training thus sees what serving does.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import keras
import numpy as np
import numpy.typing as npt
from keras import ops

from model_server.engines.base import START
from model_server.training.layers import (
    LayerWeights,
    WeightMaker,
    layer_norm,
    lstm_cell,
    mean_rows,
    product,
)
from model_server.training.transitions import Lifts, Transitions, lift

PADDING_BIAS = -1e9

Tensor = Any
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Sizes and regularisation of a network; `movies` and `tags` do not count the padding row.

    like_lags, dislike_lags: how many of the newest likes and dislikes lift what followed them in
    other people's histories.
    """

    movies: int = 0
    tags: int = 0
    units: int = 256
    movie_dim: int = 256
    tag_dim: int = 128
    like_lags: int = 8
    dislike_lags: int = 2
    input_dropout: float = 0.25
    layer_dropout: float = 0.4
    recurrent_dropout: float = 0.2
    matmul_dtype: str = "bfloat16"

    @property
    def lags(self) -> int:
        """How many picks in all lift other movies."""
        return self.like_lags + self.dislike_lags


class MovieFacts(NamedTuple):
    """What is known of every movie beside its ratings; row 0 is padding and zero.

    tag_shares: (1 + movies, 1 + tags) float, a row spreads 1 evenly over the movie's tags.
    attributes: (1 + movies, attributes) float, such as its decade.
    has_row: (1 + movies, 1) float, 1 where enough people liked it to learn an embedding of its own.
    """

    tag_shares: FloatArray
    attributes: FloatArray
    has_row: FloatArray


class Tables(NamedTuple):
    """Everything that depends on a movie or a tag alone.

    content: (1 + movies, tag_dim), mean embedding of a movie's tags. vectors: (1 + movies,
    movie_dim), the tied embedding. movie_bias: (1 + movies,), so low for padding that it has no
    share of a softmax. tags: (1 + tags, tag_dim). liked_match, disliked_match: (1 + tags,), what a
    liked or a disliked tag adds to the score of every movie that carries it.
    """

    content: Tensor
    vectors: Tensor
    movie_bias: Tensor
    tags: Tensor
    liked_match: Tensor
    disliked_match: Tensor


class Readout(NamedTuple):
    """What the heads multiply with the tables: movies (..., movie_dim), tags (..., tag_dim).

    lags: (..., lags), how much each of the newest picks lifts what followed it elsewhere.
    """

    movies: Tensor
    tags: Tensor
    lags: Tensor


class States(NamedTuple):
    """Hidden and cell state of both layers, each (..., units)."""

    hidden_1: Tensor
    cell_1: Tensor
    hidden_2: Tensor
    cell_2: Tensor


class Core(keras.layers.Layer):
    """Everything between the tables: the inputs' projections, two LSTM layers, two readouts.

    Each LSTM layer stands in a residual with LayerNorm. Serving needs this and the tables alone.
    """

    def __init__(self, config: NetworkConfig, seed: int = 0) -> None:
        super().__init__(name="core")
        self.config = config
        new = WeightMaker(self, seed)
        units, dim, tag_dim = config.units, config.movie_dim, config.tag_dim
        self.movie_in = new.normal("movie_in", dim, units)
        self.own_tags_in = new.normal("own_tags_in", tag_dim, units)
        self.next_tags_in = new.normal("next_tags_in", tag_dim, units)
        self.disliked_tags_in = new.normal("disliked_tags_in", tag_dim, units)
        self.kind_in = new.normal("kind_in", 3, units)
        self.layers = [LayerWeights.make(new, layer, units) for layer in (1, 2)]
        self.movie_out = new.normal("movie_out", units, dim)
        self.movie_out_bias = new.zeros("movie_out_bias", dim)
        self.tag_out = new.normal("tag_out", units, tag_dim)
        self.tag_out_bias = new.zeros("tag_out_bias", tag_dim)
        if config.lags:
            self.lag_out = new.zeros("lag_out", units, config.lags)
            self.lag_out_bias = new.zeros("lag_out_bias", config.lags)
        self.built = True

    def dot(self, left: Tensor, right: Tensor) -> Tensor:
        """A matrix product in the configured precision, its result in float32."""
        return product(left, right, self.config.matmul_dtype)

    def read_events(self, vectors: Tensor, content: Tensor, kind: Tensor) -> Tensor:
        """What one step reads without the tags of picks: (..., units).

        vectors: (..., movie_dim), content: (..., tag_dim), of the event's movie; zero at the start.
        kind: (...) int, DISLIKE, LIKE or START.
        """
        is_movie = ops.cast(ops.expand_dims(ops.not_equal(kind, START), -1), "float32")
        movie = self.dot(vectors * self.config.movie_dim**0.5, self.movie_in)
        own_tags = self.dot(content * self.config.tag_dim**0.5, self.own_tags_in)
        return (movie + own_tags) * is_movie + ops.take(self.kind_in, kind, axis=0)

    def read_tags(self, tags: Tensor, liked: Tensor, disliked: Tensor) -> Tensor:
        """What picked tags add: (..., units). liked, disliked: (..., k) int, 0 is padding."""
        scale = self.config.tag_dim**0.5
        wanted = self.dot(mean_rows(tags, liked) * scale, self.next_tags_in)
        return wanted + self.dot(mean_rows(tags, disliked) * scale, self.disliked_tags_in)

    def project(self, values: Tensor, layer: int) -> Tensor:
        """The input's share of a layer's gates: (..., 4 * units)."""
        return self.dot(values, self.layers[layer - 1].kernel) + self.layers[layer - 1].gates

    def residual(self, values: Tensor, hidden: Tensor, layer: int) -> Tensor:
        """The layer's output: LayerNorm(input + hidden)."""
        weights = self.layers[layer - 1]
        return layer_norm(values + hidden, weights.scale, weights.shift)

    def read_out(self, values: Tensor) -> Readout:
        """What the two heads compare with their tables, and the weights of the newest picks."""
        return Readout(
            self.dot(values, self.movie_out) + self.movie_out_bias,
            self.dot(values, self.tag_out) + self.tag_out_bias,
            self._weigh_lags(values),
        )

    def _weigh_lags(self, values: Tensor) -> Tensor:
        if not self.config.lags:
            return ops.zeros_like(values[..., :0])
        return ops.matmul(values, self.lag_out) + self.lag_out_bias

    def step(self, states: States, event: Tensor, tags: Tensor) -> tuple[States, Readout]:
        """One event after `states`, as serving computes it.

        event: (batch, units) from read_events. tags: (batch, units) from read_tags. The new states
        do not know the tags; the readout does.
        """
        next_states, _ = self._step(states, event)
        _, output = self._step(states, event + tags)
        return next_states, self.read_out(output)

    def _step(self, states: States, values: Tensor) -> tuple[States, Tensor]:
        gates = self.project(values, 1) + self.dot(states.hidden_1, self.layers[0].recurrent)
        hidden_1, cell_1 = lstm_cell(gates, states.cell_1)
        values = self.residual(values, hidden_1, 1)
        gates = self.project(values, 2) + self.dot(states.hidden_2, self.layers[1].recurrent)
        hidden_2, cell_2 = lstm_cell(gates, states.cell_2)
        return States(hidden_1, cell_1, hidden_2, cell_2), self.residual(values, hidden_2, 2)


class Network(keras.layers.Layer):
    """The core with the tables it is trained with; movie scores are tied to the embedding."""

    def __init__(
        self, config: NetworkConfig, facts: MovieFacts, transitions: Transitions, seed: int = 0
    ) -> None:
        super().__init__(name="network")
        self.config = config
        self.transitions = transitions
        self._followers = ops.convert_to_tensor(_flat(transitions.targets), "int32")
        self._strengths = ops.convert_to_tensor(_flat(transitions.strengths), "float32")
        self.facts = MovieFacts(*[ops.convert_to_tensor(fact, "float32") for fact in facts])
        self._padding_bias = ops.convert_to_tensor([PADDING_BIAS] + [0.0] * config.movies)
        self._tag_shares = ops.cast(self.facts.tag_shares, config.matmul_dtype)
        carried = facts.tag_shares.T > 0
        self.carriers = ops.convert_to_tensor(carried, config.matmul_dtype)
        self.carrier_shares = ops.convert_to_tensor(carried[:, 1:].mean(axis=1), "float32")
        self.core = Core(config, seed)
        self.seeds = keras.random.SeedGenerator(seed)
        new = WeightMaker(self, seed + 1)
        dim, tag_dim = config.movie_dim, config.tag_dim
        attributes = facts.attributes.shape[1]
        self.movie_rows = new.normal("movie_rows", 1 + config.movies, dim, std=0.5 * dim**-0.5)
        self.tag_rows = new.normal("tag_rows", 1 + config.tags, tag_dim, std=tag_dim**-0.5)
        self.content_to_movie = new.normal("content_to_movie", tag_dim, dim)
        self.facts_to_movie = new.normal("facts_to_movie", attributes, dim, std=0.02)
        self.row_bias = new.zeros("row_bias", 1 + config.movies, 1)
        self.content_bias = new.zeros("content_bias", tag_dim, 1)
        self.facts_bias = new.zeros("facts_bias", attributes, 1)
        self.tag_bias = new.zeros("tag_bias", 1 + config.tags)
        self.liked_match = new.zeros("liked_match_bias", 1 + config.tags)
        self.disliked_match = new.zeros("disliked_match_bias", 1 + config.tags)
        self.built = True

    def tables(self) -> Tables:
        """The tables as they are now; compute them once a batch."""
        _, attributes, has_row = self.facts
        dtype = self.config.matmul_dtype
        content = product(self._tag_shares, self.tag_rows, dtype)  # (1 + movies, tag_dim)
        vectors = self.movie_rows * has_row + product(content, self.content_to_movie, dtype)
        vectors = vectors + ops.matmul(attributes, self.facts_to_movie)  # (1 + movies, movie_dim)
        bias = self.row_bias * has_row + ops.matmul(content, self.content_bias)
        bias = bias + ops.matmul(attributes, self.facts_bias)
        bias = bias[:, 0] + self._padding_bias
        match = self.liked_match, self.disliked_match
        return Tables(content, vectors, bias, self.tag_rows, *match)

    def lifts(self, readout: Readout, recent: Tensor) -> Lifts:
        """What the newest picks add to scores. recent: (rows, lags) int, rows of the flattened
        transitions; readout: of as many rows."""
        return lift(self._followers, self._strengths, recent, readout.lags)


def _flat(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return table.reshape(-1, table.shape[-1])
