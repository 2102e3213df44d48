"""The zero measurement: everyone gets what most people liked."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Event
from model_server.engines.baseline import Shelf

NAME, TITLE = "popular", "Popularity"


def popularity(shelf: Shelf) -> Callable[[Sequence[Event]], npt.NDArray[np.float32]]:
    """A rating of movies by how many train people liked them, whatever the session says."""
    return lambda _events: shelf.popularity
