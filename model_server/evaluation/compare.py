"""All engines on the same cases: the network of an artifact, and baselines fitted beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.base import Engine
from model_server.evaluation.cases import Case, People, build_cases
from model_server.evaluation.measure import WHOLE, Variant, rank_targets
from model_server.evaluation.rivals import BLENDED, RIVALS, Watch, fit_rivals
from model_server.evaluation.splits import Split
from model_server.evaluation.table import Measured
from model_server.vocab import PADDING

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

TARGETS = 10  # likes of a person that are asked for, the last ones, each in its turn
VARIANTS = (
    WHOLE,
    Variant("whole history, 1 tag", known_tags=1),
    Variant("whole history, 2 tags", known_tags=2),
    Variant("whole history, 3 tags", known_tags=3),
    Variant("1 like alone", likes_only=1),
    Variant("2 likes alone", likes_only=2),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A finished table's rows, by variant and within that by engine, and its cases.

    A person's cases are their last likes, oldest first. movies: how many films an engine ranks.
    reference: the title of the engine that the others are compared with.
    """

    rows: list[Measured]
    cases: list[Case]
    movies: int
    reference: str

    @property
    def people(self) -> IntArray:
        """Whose case each is: (cases,) int."""
        return np.array([case.person for case in self.cases], dtype=np.int64)

    @property
    def without_row(self) -> int:
        """How many targets no engine can find, for they have no row."""
        return sum(case.target == PADDING for case in self.cases)

    def of_last_likes(self) -> "Comparison":
        """The same of everyone's very last like alone."""
        people = self.people
        is_last = np.append(people[1:] != people[:-1], True)
        rows = [replace(row, ranks=row.ranks[is_last]) for row in self.rows]
        cases = [case for case, kept in zip(self.cases, is_last, strict=True) if kept]
        return replace(self, rows=rows, cases=cases)


def ask(
    people: People,
    chosen: Sequence[int] | IntArray,
    catalogue: Catalogue,
    targets: int = TARGETS,
) -> list[Case]:
    """The last likes of each of the chosen people, `targets` of them, as cases.

    Raises ValueError when nobody among them liked two films.
    """
    cases = build_cases(people, chosen, catalogue, targets)
    if not cases:
        raise ValueError(f"none of the {len(chosen)} people liked two films or more")
    return cases


def compare(
    network: Engine,
    catalogue: Catalogue,
    people: People,
    split: Split,
    cases: Sequence[Case],
    watch: Watch,
) -> Comparison:
    """Measure a network and all baselines on some cases, a person's oldest first.

    Baselines are fitted on the train people; the blend's weight is chosen on the validation people
    whoever is asked. `watch` hears what is being done and how many cases of it are new.
    """
    engines: list[Engine] = [network, *fit_rivals(people, split, catalogue, watch)]
    measured = [_measure(engine, cases, watch) for engine in engines]
    rows = [row for variant in zip(*measured, strict=True) for row in variant]
    return Comparison(rows, list(cases), len(catalogue.movies), network.title)


def count_steps(split: Split, cases: Sequence[Case]) -> int:
    """How many cases `compare` tells its watcher of, at most."""
    return (1 + RIVALS) * len(cases) + BLENDED * len(split.validation)


def _measure(engine: Engine, cases: Sequence[Case], watch: Watch) -> list[Measured]:
    ranks = rank_targets(engine, cases, VARIANTS, lambda done: watch(engine.title, done))
    pairs = zip(VARIANTS, ranks, strict=True)
    return [Measured(engine.title, variant.title, of_variant) for variant, of_variant in pairs]
