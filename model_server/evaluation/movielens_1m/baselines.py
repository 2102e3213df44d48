"""The baselines of a protocol, fitted with the engines' own functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Final

import numpy as np
import numpy.typing as npt

from model_server.engines import als, ease, item_knn, popular, rules
from model_server.engines.fitting import fit_als
from model_server.evaluation.movielens_1m.protocol import IntArray
from model_server.evaluation.movielens_1m.scorers import (
    Blend,
    FloatArray,
    Linked,
    Popular,
    Rated,
    Scorer,
    matrix_of,
)
from model_server.evaluation.movielens_1m.settings import Settings

ENGINES: Final = (item_knn, rules, ease, als)
BLEND: Final = "Blend of rules and EASE"


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What baselines are fitted on: arrays of indexes 1..movies, oldest first, a person each.

    popularity: (1 + movies,) float, how often each movie was rated, 1 for the first.
    """

    sequences: Sequence[npt.NDArray[np.int64]] = field(repr=False)
    movies: int
    popularity: FloatArray = field(repr=False)


def learn(sequences: Sequence[IntArray], movies: int) -> Learnt:
    """Sequences with their popularity; at least one movie must stand in them."""
    counts = np.bincount(np.concatenate(sequences), minlength=1 + movies)
    people = [sequence.astype(np.int64) for sequence in sequences]
    return Learnt(people, movies, (counts / counts.max()).astype(np.float32))


def fit_linked(
    engine: ModuleType, arguments: Mapping[str, int], learnt: Learnt
) -> Callable[[float], Linked]:
    """An engine of links such as `rules`, fitted once, at any decay."""
    links = engine.fit(learnt.sequences, learnt.movies, **arguments)
    matrix = matrix_of(links, learnt.movies)
    return lambda decay: Linked(engine.TITLE, matrix, decay, learnt.popularity)


def fit_engine(
    engine: ModuleType, arguments: Mapping[str, int], learnt: Learnt
) -> Callable[[float], Scorer]:
    """One of ENGINES, fitted once, at any decay."""
    if engine is not als:
        return fit_linked(engine, arguments, learnt)
    rate = fit_als(learnt.sequences, learnt.movies, **arguments)
    return lambda decay: Rated(als.TITLE, replace(rate, decay=decay), learnt.popularity)


def fit_baselines(
    learnt: Learnt,
    settings: Settings,
    watch: Callable[[str], object] = lambda _title: None,
) -> list[Scorer]:
    """Popularity, ENGINES in their order, and the blend of rules and EASE, both set for it.

    `watch` hears the title of what is fitted next.
    """
    found: list[Scorer] = [Popular(popular.TITLE, learnt.popularity)]
    for engine in ENGINES:
        watch(engine.TITLE)
        setting = settings.engines[engine.NAME]
        found.append(fit_engine(engine, setting.arguments, learnt)(setting.decay))
    watch(BLEND)
    return [*found, fit_blend(learnt, settings)]


def fit_blend(learnt: Learnt, settings: Settings) -> Blend:
    """The blend of rules and EASE, both set for it."""
    first, second = (
        fit_linked(engine, setting.arguments, learnt)(setting.decay)
        for engine, setting in zip((rules, ease), settings.blended, strict=True)
    )
    return Blend(f"{BLEND}, {settings.weight:.1f} rules", first, second, settings.weight)
