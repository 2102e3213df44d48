"""Draws tags that movies carry, many movies at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.vocab import PADDING

IntArray = npt.NDArray[np.int32]


class TagDrawer:
    """Random tags of a catalogue's movies."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._starts, self._tags = catalogue.tag_starts, catalogue.movie_tags
        self._has = np.zeros((1 + len(catalogue.movies), 1 + len(catalogue.tags)), dtype=np.bool_)
        counts = np.diff(self._starts)
        self._has[np.repeat(np.arange(len(counts)), counts), self._tags] = True

    def has(self, movie: IntArray, tag: IntArray) -> npt.NDArray[np.bool_]:
        """Which movies carry the tags beside them; both of one shape."""
        carried: npt.NDArray[np.bool_] = self._has[movie, tag]
        return carried

    def draw(self, movie: IntArray, rng: np.random.Generator) -> IntArray:
        """A tag of each movie, of the shape of `movie`; PADDING for one without tags."""
        counts = self._starts[movie + 1] - self._starts[movie]
        place = self._starts[movie] + (rng.random(movie.shape) * counts).astype(np.int32)
        place = np.minimum(place, len(self._tags) - 1)
        tag: IntArray = np.where(counts > 0, self._tags[place], PADDING).astype(np.int32)
        return tag

    def draw_distinct(
        self, movie: IntArray, chances: Sequence[float], rng: np.random.Generator
    ) -> IntArray:
        """Some tags of each movie, none twice: (movies, len(chances) - 1), PADDING where fewer.

        movie: (movies,). chances: of drawing 0, 1, 2, ... tags; a tag drawn again is left out.
        """
        count = rng.choice(len(chances), p=chances, size=len(movie))
        drawn = np.zeros((len(movie), len(chances) - 1), dtype=np.int32)
        for column in range(drawn.shape[-1]):
            tag = self.draw(movie, rng)
            repeats = (drawn[:, :column] == tag[:, None]).any(axis=-1)
            drawn[:, column] = np.where(repeats | (count <= column), PADDING, tag)
        return drawn
