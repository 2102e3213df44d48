"""Training that can stop at any moment and go on from its last whole epoch."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from keras import ops

Variables = list[Any]
Arrays = list[npt.NDArray[Any]]


@dataclass(slots=True)
class Progress:
    """Where a training stands after its last whole epoch."""

    epoch: int = 0
    best: float = -1.0
    best_epoch: int = 0
    history: list[dict[str, float]] = field(default_factory=list)


class Average:
    """An exponential moving average of weights (Polyak and Juditsky 1992), held beside them."""

    def __init__(self, variables: Variables, momentum: float) -> None:
        self._variables = variables
        self._momentum = momentum
        self.values = [ops.convert_to_tensor(ops.copy(variable)) for variable in variables]
        self._steps = 0

    def update(self) -> None:
        """Take one step towards the weights as they are now; early steps count for more."""
        self._steps += 1
        keep = min(self._momentum, self._steps / (self._steps + 10))
        self.values = [
            keep * value + (1 - keep) * ops.convert_to_tensor(variable)
            for value, variable in zip(self.values, self._variables, strict=True)
        ]

    def restore(self, values: Arrays, steps: int) -> None:
        """Go on from saved values."""
        self.values = [ops.convert_to_tensor(value) for value in values]
        self._steps = steps

    @property
    def steps(self) -> int:
        """How often `update` was called."""
        return self._steps


def assign(variables: Variables, values: list[Any]) -> None:
    """Put values into variables, in order."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)


def to_arrays(variables: list[Any]) -> Arrays:
    """Copies of variables or tensors as arrays."""
    return [np.array(ops.convert_to_numpy(variable)) for variable in variables]


def save(path: Path, progress: Progress, groups: dict[str, list[Any]], steps: int) -> None:
    """Write a checkpoint; a reader sees the old or the new one, never a part."""
    arrays = {
        f"{name}.{place}": array
        for name, group in groups.items()
        for place, array in enumerate(to_arrays(group))
    }
    state = json.dumps({"steps": steps, **_fields(progress)})
    draft = path.with_suffix(".draft.npz")
    np.savez(draft, state=np.array(state), **arrays)  # type: ignore[arg-type]  # numpy's stub
    os.replace(draft, path)


def load(path: Path) -> tuple[Progress, dict[str, Arrays], int]:
    """The progress, the groups of arrays in their order, and the average's steps."""
    groups: dict[str, dict[int, npt.NDArray[Any]]] = {}
    with np.load(path) as arrays:
        state = json.loads(str(arrays["state"]))
        for key in arrays.files:
            if key != "state":
                name, place = key.rsplit(".", 1)
                groups.setdefault(name, {})[int(place)] = arrays[key]
    steps = state.pop("steps")
    ordered = {name: [group[place] for place in sorted(group)] for name, group in groups.items()}
    return Progress(**state), ordered, steps


def _fields(progress: Progress) -> dict[str, Any]:
    return {
        "epoch": progress.epoch,
        "best": progress.best,
        "best_epoch": progress.best_epoch,
        "history": progress.history,
    }
