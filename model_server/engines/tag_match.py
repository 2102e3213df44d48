"""What picked tags add to the movies that carry them: the network's last term, a weight per tag.

It was trained inside the network's softmax. It stands outside the light runtime's model because a
list of each tag's movies is far smaller and faster than a table of all tags by all movies.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.base import FloatArray, Query

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class TagMatch:
    """The movies of each tag, and what a liked or a disliked tag adds to them.

    starts: (2 + tags,) int; the movies of tag t are movies[starts[t]:starts[t + 1]]. movies:
    (pairs,) int. liked, disliked: (1 + tags,) float.
    """

    starts: IntArray
    movies: IntArray
    liked: FloatArray
    disliked: FloatArray

    @staticmethod
    def of(catalogue: Catalogue, liked: FloatArray, disliked: FloatArray) -> "TagMatch":
        """The match of a catalogue's tags with weights of (1 + tags,) each."""
        owners = np.repeat(np.arange(len(catalogue.likes)), np.diff(catalogue.tag_starts))
        order = np.argsort(catalogue.movie_tags, kind="stable")
        counts = np.bincount(catalogue.movie_tags, minlength=len(liked))
        starts = np.concatenate([[0], np.cumsum(counts)])
        return TagMatch(starts.astype(np.int32), owners[order].astype(np.int32), liked, disliked)

    def add(self, scores: FloatArray, queries: Sequence[Query], newest: int) -> None:
        """Add to the scores what each query's tags add, only the `newest` of liked and disliked.

        scores: (queries, 1 + movies) float, changed in place.
        """
        for row, query in zip(scores, queries, strict=True):
            for tag in query.liked_tags[-newest:]:
                row[self._carriers(tag)] += self.liked[tag]
            for tag in query.disliked_tags[-newest:]:
                row[self._carriers(tag)] += self.disliked[tag]

    def _carriers(self, tag: int) -> IntArray:
        return self.movies[self.starts[tag] : self.starts[tag + 1]]
