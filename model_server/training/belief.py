"""What the network expects next: scores of movies, and the log of their softmax's sum."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from keras import ops

from model_server.training.candidates import Candidates
from model_server.training.match import Match, match_tags, matches, matches_of, mean_match
from model_server.training.network import Network, Tables
from model_server.training.transitions import Lifts, lifts_of, spread

Tensor = Any
Pair = tuple[Tensor, Tensor]


class Keys(NamedTuple):
    """What a softmax over candidates multiplies.

    vectors: (candidates, movie_dim + 1), the bias and the log of the weight as one more column.
    carriers: (1 + tags, candidates), 1 for carried. columns: (1 + movies,) int.
    """

    vectors: Tensor
    carriers: Tensor
    columns: Tensor


def keys_of(network: Network, tables: Tables, candidates: Candidates) -> Keys:
    """The keys of a batch's candidates; compute them once a batch."""
    movies, log_weights, columns = candidates
    bias = ops.take(tables.movie_bias, movies) + log_weights
    vectors = ops.take(tables.vectors, movies, axis=0)
    vectors = ops.concatenate([vectors, ops.expand_dims(bias, -1)], axis=-1)
    return Keys(vectors, ops.take(network.carriers, movies, axis=1), columns)


@dataclass(frozen=True, slots=True)
class Belief:
    """What the network expects next in some sessions, each a row.

    To make one: outputs (rows, units) of the upper layer; recent (rows, lags), rows of the
    flattened transitions; tags, liked and disliked ones, (rows, k) each.
    """

    network: Network
    tables: Tables
    keys: Keys
    movies: Tensor
    lifts: Lifts
    match: Match

    @staticmethod
    def of(
        network: Network, tables: Tables, keys: Keys, outputs: Tensor, recent: Tensor, tags: Pair
    ) -> "Belief":
        """The whole belief, as the product shows it."""
        readout = network.core.read_out(outputs)
        lifts = network.lifts(readout, recent)
        return Belief(network, tables, keys, readout.movies, lifts, _match(tables, tags))

    @staticmethod
    def without_lifts(
        network: Network, tables: Tables, keys: Keys, outputs: Tensor, tags: Pair
    ) -> "Belief":
        """What the recurrent part expects by itself."""
        movies = network.core.read_out(outputs).movies
        nothing = Lifts(ops.cast(movies[:, :0], "int32"), movies[:, :0])
        return Belief(network, tables, keys, movies, nothing, _match(tables, tags))

    @staticmethod
    def learning_lifts(
        network: Network, tables: Tables, keys: Keys, outputs: Tensor, recent: Tensor, tags: Pair
    ) -> "Belief":
        """The whole belief, of which only the weights of lifts can learn.

        They are a second stage as in stacking (Wolpert 1992): were all learnt together, the
        recurrent part would leave to them what they explain.
        """
        readout = network.core.read_out(ops.stop_gradient(outputs))
        given = Tables(*[ops.stop_gradient(table) for table in tables])
        fixed = keys._replace(vectors=ops.stop_gradient(keys.vectors))
        movies, lifts = ops.stop_gradient(readout.movies), network.lifts(readout, recent)
        return Belief(network, given, fixed, movies, lifts, _match(given, tags))

    def log_total(self) -> Tensor:
        """The log of the softmax's sum: (rows,)."""
        keys, lifts = self.keys, self.lifts
        ones = ops.ones_like(self.movies[:, :1])
        queries = ops.concatenate([self.movies, ones], axis=-1)
        logits = self.network.core.dot(queries, ops.transpose(keys.vectors))
        if lifts.movies.shape[-1]:
            lifts = lifts._replace(movies=ops.take(keys.columns, lifts.movies))
            logits = logits + spread(lifts, ops.shape(logits)[1])
        if self.match.tags.shape[-1]:
            logits = logits + matches(self.match, keys.carriers)
        return ops.logsumexp(logits, axis=-1)

    def scores(self, index: Tensor) -> Tensor:
        """Scores of a few movies of each row; index: (rows, k); (rows, k)."""
        tables = self.tables
        vectors = ops.take(tables.vectors, index, axis=0)
        scores = ops.sum(ops.expand_dims(self.movies, 1) * vectors, axis=-1)
        scores = scores + ops.take(tables.movie_bias, index) + lifts_of(self.lifts, index)
        return scores + matches_of(self.match, self.network.carriers, index)

    def mean_score(self) -> Tensor:
        """Mean over all movies of each row's scores, without computing them: (rows,)."""
        tables, movies = self.tables, self.tables.vectors.shape[0] - 1
        mean = ops.matmul(self.movies, ops.mean(tables.vectors[1:], axis=0))
        mean = mean + ops.mean(tables.movie_bias[1:]) + ops.sum(self.lifts.amounts, -1) / movies
        return mean + mean_match(self.match, self.network.carrier_shares)


def _match(tables: Tables, tags: Pair) -> Match:
    return match_tags(tables.liked_match, tables.disliked_match, *tags)
