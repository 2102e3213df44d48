"""The newest likes and dislikes at each step, as rows of the transitions' tables."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.engines.base import DISLIKE, LIKE

IntArray = npt.NDArray[np.int32]
EVERYONE = 0


@dataclass(frozen=True, slots=True)
class Lags:
    """How many picks are looked back on, and the size of the tables of `folds` folds and everyone.

    Rows of the flattened tables: table * (1 + movies) + movie, 0 for padding.
    """

    likes: int
    dislikes: int
    movies: int
    folds: int = 0

    @property
    def count(self) -> int:
        """Columns of what `recent` gives."""
        return self.likes + self.dislikes

    def fold_of(self, place: int) -> int:
        """The fold, 1..folds, of the person at a place in the list of train people."""
        return 1 + place % self.folds if self.folds else EVERYONE

    def rows(self, movie: IntArray, fold: IntArray) -> IntArray:
        """The rows of movies in the tables of folds; both of shapes that broadcast."""
        found: IntArray = np.where(movie > 0, fold * (1 + self.movies) + movie, 0).astype(np.int32)
        return found

    def recent(self, movie: IntArray, kind: IntArray, fold: IntArray) -> IntArray:
        """The newest likes, then the newest dislikes, up to each step and with it: (batch, time,
        count).

        movie, kind: (batch, time). fold: (batch,). Newest first, right-padded with 0 within likes
        and within dislikes.
        """
        is_movie = movie > 0
        likes = newest_first(movie, is_movie & (kind == LIKE), self.likes)
        dislikes = newest_first(movie, is_movie & (kind == DISLIKE), self.dislikes)
        return self.rows(np.concatenate([likes, dislikes], axis=-1), fold[:, None, None])

    def with_dislike(self, recent: IntArray, row: IntArray) -> IntArray:
        """What `recent` becomes when one more movie is disliked. recent: (n, count). row: (n,)."""
        found = recent.copy()
        if self.dislikes:
            found[:, self.likes] = row
            found[:, self.likes + 1 :] = recent[:, self.likes : -1]
        return found


def newest_first(movie: IntArray, is_chosen: npt.NDArray[np.bool_], count: int) -> IntArray:
    """The newest chosen movies up to each step, that step's included: (batch, time, count).

    movie, is_chosen: (batch, time). Newest first, right-padded with 0.
    """
    found = np.zeros((*movie.shape, count), dtype=np.int32)
    held = np.zeros((len(movie), count), dtype=np.int32)
    for step in range(movie.shape[1] if count else 0):
        moved = np.concatenate([movie[:, step, None], held[:, :-1]], axis=1)
        held = np.where(is_chosen[:, step, None], moved, held)
        found[:, step] = held
    return found
