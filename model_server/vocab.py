"""Public ids on one side, rows of the network on the other. Indexes never leave the server."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int32]

PADDING = 0


@dataclass(frozen=True, slots=True)
class Vocab:
    """Public ids and their indexes 1..n; index 0 is padding and stands for no id.

    ids: (n,) int32, distinct and positive; ids[index - 1] is the public id of `index`.
    """

    ids: IntArray
    _index: dict[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.ids) and self.ids.min() <= 0:
            raise ValueError(f"ids must be positive, got {self.ids.min()}")
        index = {int(public): row for row, public in enumerate(self.ids, start=1)}
        if len(index) != len(self.ids):
            raise ValueError(f"ids must be distinct, got {len(self.ids) - len(index)} repeats")
        object.__setattr__(self, "_index", index)

    def __len__(self) -> int:
        return len(self.ids)

    def index(self, public_id: int) -> int:
        """The index of an id, or PADDING for an id without a row."""
        return self._index.get(public_id, PADDING)

    def known(self, public_ids: Iterable[int]) -> list[int]:
        """The indexes of those ids that have a row, in the order given."""
        return [self._index[public] for public in public_ids if public in self._index]

    def public(self, indexes: Sequence[int] | IntArray) -> IntArray:
        """The ids of indexes 1..n, in the order given."""
        return self.ids[np.asarray(indexes, dtype=np.int64) - 1]

    @property
    def fingerprint(self) -> str:
        """A short digest that two vocabularies share only if they hold equal ids in equal order."""
        return hashlib.sha256(self.ids.astype("<i4").tobytes()).hexdigest()[:16]
