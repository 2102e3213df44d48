"""Which engines there are: their names and titles at once, each engine when it is first asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from model_server.artifact import Artifact
from model_server.engines.base import Engine, Event
from model_server.engines.baselines import TITLES, held_baselines, load_baseline
from model_server.protocol import EngineInfo

FloatArray = npt.NDArray[np.float32]


class UnknownEngine(LookupError):
    """No engine of that name; the text says which there are."""


@runtime_checkable
class Network(Engine, Protocol):
    """The default engine, which also has a space where movies lie near those like them."""

    def vectors(self) -> FloatArray:
        """Where every movie lies: (1 + movies, dim) float; row 0 is padding."""
        ...

    def embedding(self, events: Sequence[Event]) -> FloatArray:
        """Where the events' movies lie, by their tags if they have no row: (k, dim) float."""
        ...

    def counters(self) -> dict[str, int]:
        """What the engine has counted since it was loaded, for the metrics."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """An engine that can be loaded: `name` is the word of the API, `title` what a person reads."""

    name: str
    title: str
    load: Callable[[], Engine]


class Registry:
    """Engines by name, the first one offered being the default; each is loaded once."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._offers = {offer.name: offer for offer in offers}
        self._loaded: dict[str, Engine] = {}
        self.default = offers[0].name

    @property
    def infos(self) -> tuple[EngineInfo, ...]:
        """What can be asked for, the default first."""
        offers = self._offers.values()
        return tuple(EngineInfo(one.name, one.title, one.name == self.default) for one in offers)

    def engine(self, name: str) -> Engine:
        """The engine of a name; UnknownEngine if there is none."""
        if name not in self._offers:
            allowed = ", ".join(self._offers)
            raise UnknownEngine(f"engine must be one of {allowed}, got {name!r}")
        if name not in self._loaded:
            self._loaded[name] = self._offers[name].load()
        return self._loaded[name]

    @property
    def network(self) -> Network:
        """The default engine."""
        engine = self.engine(self.default)
        if not isinstance(engine, Network):
            raise TypeError(f"the default engine must be a network, got {self.default}")
        return engine


def offers_of(artifact: Artifact) -> list[Offer]:
    """The engines that an artifact holds, its network first."""
    offers = [Offer("lstm", "LSTM", partial(_load_lstm, artifact))]
    for name in held_baselines(artifact):
        offers.append(Offer(name, TITLES[name], partial(load_baseline, artifact, name)))
    return offers


def _load_lstm(artifact: Artifact) -> Engine:
    from model_server.engines.lstm import load  # the runtime is not small: only where it is used

    return load(artifact)
