"""Year, rating, genres and tags of every movie as arrays; filters and tags become masks."""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.protocol import Filters
from model_server.vocab import PADDING

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

CACHED_MASKS: Final = 256


class Attributes:
    """Masks over the movies of a catalogue, each (1 + movies,) bool; padding is never in one.

    A mask is cached and shared, and so cannot be written to.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._decades = catalogue.years // 10 * 10
        self._known_decades = np.unique(self._decades)
        sizes = np.diff(catalogue.tag_starts)
        self._owners = np.repeat(
            np.arange(len(sizes), dtype=np.int32), sizes
        )  # of each entry of movie_tags
        self.matching = lru_cache(CACHED_MASKS)(self._matching)
        self.carrying = lru_cache(CACHED_MASKS)(self._carrying)
        genres = np.flatnonzero(catalogue.is_genre).tolist()
        masks = [self._carrying(genre) for genre in genres]
        self._genres = np.stack(masks, axis=1) if masks else np.empty((len(sizes), 0), np.bool_)

    def _matching(self, filters: Filters) -> BoolArray:
        """The movies that pass every condition of `filters`."""
        allowed = self._in_years(filters) & self._rated(filters)
        if filters.genres:
            allowed &= self._with_any(filters.genres)
        if filters.exclude_genres:
            allowed &= ~self._with_any(filters.exclude_genres)
        return _sealed(allowed)

    def _carrying(self, tag: int) -> BoolArray:
        """The movies that carry a tag (its index)."""
        mask = np.zeros(len(self._decades), dtype=np.bool_)
        mask[self._owners[self._catalogue.movie_tags == tag]] = True
        return _sealed(mask)

    def kinds(self, movies: IntArray) -> FloatArray:
        """What decade and genres movies have, as rows whose products say how alike they are.

        movies: (k,) indexes. Result: (k, decades + genres) float; two movies of one decade and
        equal genres have the product 2, two that share neither 0.
        """
        decades = self._decades[movies][:, None] == self._known_decades  # (k, decades)
        genres = self._genres[movies]  # (k, genres)
        length = np.sqrt(np.maximum(genres.sum(axis=1, keepdims=True), 1))
        return np.concatenate([decades, genres / length], axis=1).astype(np.float32)

    def crossing(self, tags: IntArray, movies: IntArray) -> BoolArray:
        """Which of some tags, distinct indexes, each of some movies carries: (tags, movies)."""
        rows = np.full(1 + len(self._catalogue.tags), -1)
        rows[tags] = np.arange(len(tags))
        first = self._catalogue.tag_starts[movies]
        counts = self._catalogue.tag_starts[movies + 1] - first  # (movies,)
        places = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        row = rows[self._catalogue.movie_tags[places]]  # (tags of all movies,)
        column = np.repeat(np.arange(len(movies)), counts)
        found = np.zeros((len(tags), len(movies)), dtype=np.bool_)
        found[row[row >= 0], column[row >= 0]] = True
        return found

    def _in_years(self, filters: Filters) -> BoolArray:
        years = self._catalogue.years
        allowed = np.ones(len(years), dtype=np.bool_)
        allowed[PADDING] = False
        if filters.decades:
            allowed &= (years > 0) & np.isin(self._decades, filters.decades)
        if filters.year_from is not None:
            allowed &= (years > 0) & (years >= filters.year_from)
        if filters.year_to is not None:
            allowed &= (years > 0) & (years <= filters.year_to)
        return allowed

    def _rated(self, filters: Filters) -> BoolArray:
        ratings = self._catalogue.ratings  # an unknown one is NaN, which fails every comparison
        allowed = np.ones(len(ratings), dtype=np.bool_)
        if filters.rating_min is not None:
            allowed &= ratings >= filters.rating_min
        if filters.rating_max is not None:
            allowed &= ratings <= filters.rating_max
        return allowed

    def _with_any(self, tag_ids: tuple[int, ...]) -> BoolArray:
        mask = np.zeros(len(self._decades), dtype=np.bool_)
        for tag in self._catalogue.tags.known(tag_ids):
            mask |= self.carrying(tag)
        return mask


def _sealed(mask: BoolArray) -> BoolArray:
    mask.flags.writeable = False
    return mask
