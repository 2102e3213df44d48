"""What the first films of every page have in common: how popular, how many, how alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.base import Engine
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import Variant, batches, ranks_in, said, score_movies
from model_server.ranking import best

BoolArray = npt.NDArray[np.bool_]
Figures = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.integer]

SHOWN = 24  # films of a page


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that one engine made of all sessions of a kind.

    shown: (cases, SHOWN) int, indexes, the best first. ranks: (cases,) int, of the targets.
    """

    variant: str
    title: str
    shown: IntArray
    ranks: IntArray


def make_pages(
    engine: Engine,
    cases: Sequence[Case],
    variant: Variant,
    progress: Callable[[int], object] = lambda _done: None,
) -> Pages:
    """The best SHOWN films of an engine after each case's session, those in it left out."""
    shown = np.empty((len(cases), SHOWN), dtype=np.int64)
    ranks = np.empty(len(cases), dtype=np.int64)
    for places in batches(cases):
        queries = [variant.query(cases[place]) for place in places]
        scores = score_movies(engine, queries)
        allowed = ~said(queries, scores.shape)
        pairs = zip(scores, allowed, strict=True)
        shown[places] = [best(row, open_to, SHOWN) for row, open_to in pairs]
        ranks[places] = ranks_in(scores, queries, [cases[place].target for place in places])
        progress(len(places))
    return Pages(variant.title, engine.title, shown, ranks)


def mean_likes(shown: IntArray, likes: IntArray) -> Figures:
    """How many train people liked a film of each page, on average: (pages,) float.

    shown: (pages, k) int. likes: (1 + movies,) int.
    """
    means: Figures = likes[shown].mean(axis=1)
    return means


def mean_popularity_rank(shown: IntArray, likes: IntArray) -> Figures:
    """The mean rank of a page's films in the order of likes, 1 the most liked: (pages,) float.

    Films with equally many likes share the mean of their ranks.
    """
    order = np.argsort(-likes[1:], kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    _, inverse, counts = np.unique(likes[1:], return_inverse=True, return_counts=True)
    shared = (np.bincount(inverse, ranks) / counts)[inverse]
    means: Figures = shared[shown - 1].mean(axis=1)
    return means


def coverage(shown: IntArray, movies: int) -> float:
    """The share of all movies that stand on any page."""
    return len(np.unique(shown)) / movies


def effective_movies(shown: IntArray) -> float:
    """How many movies, each shown equally often, would be as mixed as these pages.

    The exponential of Shannon's entropy of how often each is shown: Jost 2006, of order 1.
    """
    _, counts = np.unique(shown, return_counts=True)
    shares = counts / counts.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))


def diversity(shown: IntArray, vectors: FloatArray) -> Figures:
    """How unlike the films of each page are: (pages,) float, 0 where all are alike.

    1 less the mean cosine of all pairs, which is the intra-list similarity of Ziegler et al. 2005
    as a mean. vectors: (1 + movies, dim) float, rows of length 1 or 0.
    """
    k = shown.shape[1]
    sums = np.stack([vectors[page].sum(axis=0) for page in shown])  # (pages, dim)
    own = np.stack([np.square(vectors[page]).sum() for page in shown])  # (pages,)
    pairs = (np.square(sums).sum(axis=1) - own) / (k * (k - 1))
    unlike: Figures = 1.0 - pairs.astype(np.float64)
    return unlike


def tag_vectors(catalogue: Catalogue) -> FloatArray:
    """The tags of each movie as a row of length 1, all alike: (1 + movies, 1 + tags) float.

    A movie without tags has zeros, and so is like no other.
    """
    rows = 1 + len(catalogue.movies)
    vectors = np.zeros((rows, 1 + len(catalogue.tags)), dtype=np.float32)
    owners = np.repeat(np.arange(rows), np.diff(catalogue.tag_starts))
    vectors[owners, catalogue.movie_tags] = 1
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.maximum(lengths, 1)
    return vectors
