"""The baselines of an artifact: their names, and how they are loaded, light, from one file."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from model_server.artifact import BASELINES, Artifact, Catalogue
from model_server.engines import als, ease, item_knn, popular, rules
from model_server.engines.baseline import Baseline, LinkedLikes, Rate, stack_shelf
from model_server.engines.links import SparseLinks

IntArray = npt.NDArray[np.int64]
Arrays = Mapping[str, npt.NDArray[np.generic]]

Baselines = dict[str, Baseline]

LINKED = (item_knn, rules, ease)
TITLES = {engine.NAME: engine.TITLE for engine in (popular, *LINKED, als)}
PARTS = ("starts", "targets", "weights")  # of a linked baseline, in the file


def assemble(rates: Mapping[str, Rate], likes: IntArray, catalogue: Catalogue) -> Baselines:
    """Popularity and a baseline for each of `rates`, in the order of TITLES.

    likes: (1 + movies,) int, of train people.
    """
    shelf = stack_shelf(catalogue, likes)
    every = {popular.NAME: popular.popularity(shelf), **rates}
    return {
        name: Baseline(name, TITLES[name], every[name], shelf) for name in TITLES if name in every
    }


def held_baselines(artifact: Artifact) -> list[str]:
    """The names of the baselines that an artifact holds, in the order of TITLES."""
    path = artifact.path(BASELINES)
    if not path.is_file():
        return []
    with np.load(path) as arrays:
        held = {popular.NAME, *(name.rpartition("_")[0] for name in arrays.files)}
    return [name for name in TITLES if name in held]


def load_baseline(artifact: Artifact, name: str) -> Baseline:
    """One baseline of an artifact, a key of TITLES, with the strongest links of each movie."""
    with np.load(artifact.path(BASELINES)) as arrays:
        rates = _read_rate(arrays, name, len(artifact.catalogue.movies))
        return assemble(rates, arrays["likes"], artifact.catalogue)[name]


def _read_rate(arrays: Arrays, name: str, movies: int) -> dict[str, Rate]:
    decays = {engine.NAME: engine.DECAY for engine in LINKED}
    if name in decays:
        links = SparseLinks(*(arrays[f"{name}_{part}"] for part in PARTS))  # type: ignore[arg-type]
        return {name: LinkedLikes(links, decays[name], movies)}
    if name == als.NAME:
        return {name: als.fold_in(arrays[f"{name}_factors"].astype(np.float32))}
    return {}
