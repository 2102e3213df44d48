"""Whom the network is measured against: every baseline, fitted on the train people of a corpus."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines import ease, rules
from model_server.engines.base import Event
from model_server.engines.baseline import Baseline, LinkedLikes, Rate
from model_server.engines.baselines import Baselines, assemble
from model_server.engines.fitting import fit_rates
from model_server.engines.links import count_likes
from model_server.evaluation.blend import best_blend
from model_server.evaluation.cases import People, build_cases
from model_server.evaluation.splits import Split

FloatArray = npt.NDArray[np.float32]

Watch = Callable[[str, int], object]

RIVALS = 7  # rows of a table beside the network's
BLENDED = 2  # kinds of EASE that are blended in
RATINGS_KEPT = 128


def fit_rivals(
    people: People,
    split: Split,
    catalogue: Catalogue,
    watch: Watch = lambda _doing, _done: None,
) -> list[Baseline]:
    """All baselines, EASE that weighs all likes alike, and the best blend of rules and EASE.

    Fitted on the train people; the blend is chosen on the validation people, whoever is measured.
    `watch` hears how many of their cases were done, once for each kind of EASE.
    """
    watch("fitting the baselines", 0)
    found = _fit(people, split, catalogue)
    even = _even(found[ease.NAME])
    validation = build_cases(people, split.validation, catalogue)
    blend = best_blend(
        found[rules.NAME],
        [found[ease.NAME], even],
        validation,
        lambda done: watch("blending", done),
    )
    return [*map(_remembering, found.values()), _remembering(even), _remembering(blend)]


def _fit(people: People, split: Split, catalogue: Catalogue) -> Baselines:
    likes, movies = people.likes(split.train), len(catalogue.movies)
    return assemble(fit_rates(likes, movies), count_likes(likes, movies), catalogue)


def _even(engine: Baseline) -> Baseline:
    rate = engine.rate
    if not isinstance(rate, LinkedLikes):
        raise TypeError(f"{engine.name} must rate by links, got {type(rate).__name__}")
    return replace(engine, title=f"{engine.title}, all likes alike", rate=replace(rate, decay=1.0))


def _remembering(engine: Baseline) -> Baseline:
    """The same engine, which does not rate a session again that only gained a tag."""
    return replace(engine, rate=_kept(engine.rate))


def _kept(rate: Rate) -> Rate:
    @lru_cache(maxsize=RATINGS_KEPT)
    def rated(events: Hashable) -> FloatArray:
        return rate(events)  # type: ignore[arg-type]  # a tuple of events is both

    def remembered(events: Sequence[Event]) -> FloatArray:
        return rated(tuple(events))

    return remembered
