"""What visitors are shown their pages by: the artifact's engines, and two more to compare with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from model_server.artifact import Artifact
from model_server.engines import popular
from model_server.engines.base import Engine, Query, Scores
from model_server.engines.baselines import load_baseline
from model_server.engines.registry import Offer, Registry, offers_of
from model_server.recommender import Recommender

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

DEAF, DEAF_TITLE = "deaf", "Popularity"
TAGS_ALONE = "Tags alone"
UNARRANGED = "LSTM, likeliest tags"


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes pages: `engine` is what a request names, `title` what a person reads."""

    title: str
    engine: str
    recommender: Recommender


@dataclass(frozen=True, slots=True)
class Deaf:
    """An engine that hears nothing: its scores are those of a session without a pick."""

    of: Engine
    name: str = DEAF
    title: str = DEAF_TITLE

    def score(self, queries: Sequence[Query]) -> Scores:
        """See Engine."""
        alone, times = self.of.score([Query()]), len(queries)
        return Scores(np.repeat(alone.movies, times, axis=0), np.repeat(alone.tags, times, axis=0))


def makers_of(artifact: Artifact) -> list[Maker]:
    """The network first, then itself without the order of tags, then what it is compared with.

    An artifact without baselines has the network alone.
    """
    offers = offers_of(artifact)
    if any(offer.name == popular.NAME for offer in offers):
        offers.append(Offer(DEAF, DEAF_TITLE, partial(_load_deaf, artifact)))
    registry = Registry(offers)
    recommender = Recommender(artifact.catalogue, registry, artifact.version)
    others = Recommender(artifact.catalogue, registry, artifact.version, as_likely)
    makers = [Maker(*titled, recommender) for titled in _titled(offers)]
    return [makers[0], Maker(UNARRANGED, registry.default, others), *makers[1:]]


def as_likely(_shares: FloatArray, carried: BoolArray, _k: int) -> IntArray:
    """Tags in the order of their probability, as they come."""
    return np.arange(len(carried))


def _titled(offers: Sequence[Offer]) -> Iterator[tuple[str, str]]:
    for offer in offers:
        yield TAGS_ALONE if offer.name == popular.NAME else offer.title, offer.name


def _load_deaf(artifact: Artifact) -> Engine:
    return Deaf(load_baseline(artifact, popular.NAME))
