"""Progress bars: on a terminal, for work that takes more than a second; silent elsewhere."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")


def progress(
    items: Iterable[Item], what: str, unit: str, total: int | None = None
) -> Iterator[Item]:
    """The items, with a bar on stderr while they are consumed."""
    return iter(tqdm(items, desc=what, unit=f" {unit}", total=total, delay=1, disable=None))
