"""What a picked tag adds to the scores of all movies that carry it, by a weight learnt per tag."""

from typing import Any, NamedTuple

from keras import ops

Tensor = Any


class Match(NamedTuple):
    """The tags picked in each session, 0 is padding, and what each adds; both (rows, k)."""

    tags: Tensor
    weights: Tensor


def match_tags(
    liked_weight: Tensor, disliked_weight: Tensor, liked: Tensor, disliked: Tensor
) -> Match:
    """The match of picked tags. Weights: (1 + tags,) float. liked, disliked: (rows, k) int."""
    weights = ops.take(liked_weight, liked, axis=0), ops.take(disliked_weight, disliked, axis=0)
    return Match(ops.concatenate([liked, disliked], axis=-1), ops.concatenate(weights, axis=-1))


def matches(match: Match, carriers: Tensor) -> Tensor:
    """What all movies gain: (rows, 1 + movies). carriers: (1 + tags, 1 + movies), 1 for carried."""
    rows = ops.take(carriers, match.tags, axis=0)  # (rows, k, 1 + movies)
    weights = ops.cast(ops.expand_dims(match.weights, 1), rows.dtype)
    return ops.cast(ops.matmul(weights, rows)[:, 0], "float32")


def matches_of(match: Match, carriers: Tensor, index: Tensor) -> Tensor:
    """What some movies of each row gain; index: (rows, n) int; (rows, n) float."""
    places = ops.expand_dims(match.tags, 1) * carriers.shape[1] + ops.expand_dims(index, -1)
    is_carried = ops.cast(ops.take(ops.reshape(carriers, (-1,)), places), "float32")
    return ops.sum(is_carried * ops.expand_dims(match.weights, 1), axis=-1)


def mean_match(match: Match, shares: Tensor) -> Tensor:
    """Mean of what all movies gain: (rows,). shares: (1 + tags,), of movies that carry each tag."""
    return ops.sum(ops.take(shares, match.tags, axis=0) * match.weights, axis=-1)
