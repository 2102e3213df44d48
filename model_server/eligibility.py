"""Which movies may be in a list, and how many more there would be without a condition."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from model_server.attributes import Attributes
from model_server.protocol import Condition, Filters, Relaxation

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of the movies in a list.

    avoided_tags: indexes; whatever carries one is shut out. said: indexes of movies that were
    picked or seen, which no condition brings back; the padding among them is no harm.
    """

    filters: Filters
    avoided_tags: tuple[int, ...]
    said: tuple[int, ...]


def allowed(attributes: Attributes, demand: Demand) -> BoolArray:
    """(1 + movies,) bool: passes the filters, carries no avoided tag, was not picked or seen."""
    mask = attributes.matching(demand.filters).copy()
    mask[list(demand.said)] = False
    for tag in demand.avoided_tags:
        mask &= ~attributes.carrying(tag)
    return mask


def relaxations(attributes: Attributes, demand: Demand) -> tuple[Relaxation, ...]:
    """How many movies each condition that is given leaves when it alone is dropped, most first."""
    counted = [
        Relaxation(condition, int(np.count_nonzero(allowed(attributes, eased))))
        for condition, eased in _eased(demand)
    ]
    return tuple(sorted(counted, key=lambda relaxation: -relaxation.matching))


def _eased(demand: Demand) -> Iterator[tuple[Condition, Demand]]:
    for name in demand.filters.given:
        yield name, replace(demand, filters=demand.filters.without(name))
    if demand.avoided_tags:
        yield "avoided_tags", replace(demand, avoided_tags=())
