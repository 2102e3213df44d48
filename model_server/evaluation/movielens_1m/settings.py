"""How the baselines of each protocol are set: the best by NDCG@10 of what `tune` tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from model_server.engines import als, ease, item_knn, rules
from model_server.evaluation.movielens_1m import global_time, leave_one_out


@dataclass(frozen=True, slots=True)
class Setting:
    """The arguments that one engine is fitted with, and its decay: what a movie keeps of its weight
    with each one after it."""

    arguments: Mapping[str, int]
    decay: float

    def __str__(self) -> str:
        said = {**self.arguments, "decay": self.decay}
        return ", ".join(f"{name} {value:g}" for name, value in said.items())


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one protocol.

    engines: by the name of the engine. blended: of the rules and of the EASE of the blend. weight:
    that of the rules in it, the rest is that of EASE.
    """

    engines: Mapping[str, Setting]
    blended: tuple[Setting, Setting]
    weight: float


SETTINGS: Final[Mapping[str, Settings]] = {
    leave_one_out.NAME: Settings(
        engines={
            item_knn.NAME: Setting({"neighbours": 800, "shrinkage": 0}, 0.6),
            rules.NAME: Setting({"window": 20, "shrinkage": 20}, 0.7),
            ease.NAME: Setting({"penalty": 1000}, 0.8),
            als.NAME: Setting({"factors": 128, "alpha": 10, "window": 10}, 0.4),
        },
        blended=(
            Setting({"window": 20, "shrinkage": 20}, 0.7),
            Setting({"penalty": 300}, 0.9),
        ),
        weight=0.6,
    ),
    global_time.NAME: Settings(
        engines={
            item_knn.NAME: Setting({"neighbours": 800, "shrinkage": 0}, 0.7),
            rules.NAME: Setting({"window": 10, "shrinkage": 20}, 0.8),
            ease.NAME: Setting({"penalty": 1000}, 0.8),
            als.NAME: Setting({"factors": 128, "alpha": 10, "window": 10}, 0.6),
        },
        blended=(
            Setting({"window": 10, "shrinkage": 20}, 0.7),
            Setting({"penalty": 1000}, 0.9),
        ),
        weight=0.6,
    ),
}
