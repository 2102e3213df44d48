"""All engines on the same cases: the network of an artifact, and baselines fitted beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines import ease
from model_server.engines.base import Engine
from model_server.engines.baseline import Baseline, LinkedLikes
from model_server.engines.baselines import assemble, fit_links
from model_server.engines.links import count_likes
from model_server.evaluation.blend import best_blend
from model_server.evaluation.cases import Case, People, build_cases
from model_server.evaluation.measure import rank_targets
from model_server.evaluation.splits import Split
from model_server.evaluation.table import Measured
from model_server.vocab import PADDING

IntArray = npt.NDArray[np.int64]

KNOWN_TAGS = (0, 1, 2)
ENGINES, RIVALS = 7, 2  # rows for each count of known tags; kinds of EASE that are blended in

Watch = Callable[[str, int], object]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A finished table's rows, by count of known tags and within that by engine, and its cases.

    left_out: how many people liked too few films. movies: how many films an engine ranks.
    reference: the title of the engine that the others are compared with.
    """

    rows: list[Measured]
    cases: list[Case]
    left_out: int
    movies: int
    reference: str

    @property
    def without_row(self) -> int:
        """How many targets no engine can find, for they have no row."""
        return sum(case.target == PADDING for case in self.cases)


def compare(
    network: Engine,
    catalogue: Catalogue,
    people: People,
    split: Split,
    chosen: Sequence[int] | IntArray,
    watch: Watch,
) -> Comparison:
    """Measure a network and all baselines on the chosen people.

    Baselines are fitted on the train people; the blend's weight is chosen on the validation people
    whoever is chosen. `watch` hears what is being done and how many cases of it are new. Raises
    ValueError when nobody among the chosen liked two films.
    """
    cases = build_cases(people, chosen, catalogue)
    if not cases:
        raise ValueError(f"none of the {len(chosen)} people liked two films or more")
    engines: list[Engine] = [network, *_baselines(people, split, catalogue, watch)]
    rows = [row for engine in engines for row in _measure(engine, cases, watch)]
    rows.sort(key=lambda row: row.known_tags)
    left_out = len(chosen) - len(cases)
    return Comparison(rows, cases, left_out, len(catalogue.movies), network.title)


def count_steps(split: Split, chosen: Sequence[int] | IntArray) -> int:
    """How many cases `compare` tells its watcher of, at most."""
    return ENGINES * len(chosen) + RIVALS * len(split.validation)


def _baselines(people: People, split: Split, catalogue: Catalogue, watch: Watch) -> list[Baseline]:
    watch("fitting the baselines", 0)
    likes, movies = people.likes(split.train), len(catalogue.movies)
    links = fit_links(likes, movies)
    found = assemble(links, count_likes(likes, movies), catalogue)
    rate = LinkedLikes(links[ease.NAME], 1.0, movies)
    even = Baseline(ease.NAME, "EASE, all likes alike", rate, found[ease.NAME].shelf)
    validation = build_cases(people, split.validation, catalogue)
    rivals = [found[ease.NAME], even]
    blend = best_blend(found["rules"], rivals, validation, lambda done: watch("blending", done))
    return [*found.values(), even, blend]


def _measure(engine: Engine, cases: Sequence[Case], watch: Watch) -> list[Measured]:
    ranks = rank_targets(engine, cases, KNOWN_TAGS, lambda done: watch(engine.title, done))
    pairs = zip(KNOWN_TAGS, ranks, strict=True)
    return [Measured(engine.title, known, of_variant) for known, of_variant in pairs]
