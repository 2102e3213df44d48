"""The four baselines of an artifact: fitted on its train people, kept in one file, loaded light."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model_server.artifact import BASELINES, Artifact, Catalogue
from model_server.engines import ease, item_knn, popular, rules
from model_server.engines.baseline import Baseline, LinkedLikes, stack_shelf
from model_server.engines.links import Links, SparseLinks, count_likes

IntArray = npt.NDArray[np.int64]

Baselines = dict[str, Baseline]

LINKED = (item_knn, rules, ease)
TITLES = {engine.NAME: engine.TITLE for engine in (popular, *LINKED)}
LEAST_WEIGHT = np.float32(1e-9)
SERVED_LINKS = 60  # links a movie keeps in an artifact; a table is computed with all of them


def fit_links(people: Sequence[IntArray], movies: int) -> dict[str, Links]:
    """All links of every linked baseline by name. people: each (likes,) int, oldest first."""
    return {engine.NAME: engine.fit(people, movies) for engine in LINKED}


def assemble(links: Mapping[str, Links], likes: IntArray, catalogue: Catalogue) -> Baselines:
    """Popularity and a baseline for each of `links`. likes: (1 + movies,) int, of train people."""
    shelf = stack_shelf(catalogue, likes)
    found = {popular.NAME: Baseline(popular.NAME, popular.TITLE, popular.popularity(shelf), shelf)}
    for engine in LINKED:
        if engine.NAME in links:
            rate = LinkedLikes(links[engine.NAME], engine.DECAY, len(catalogue.movies))
            found[engine.NAME] = Baseline(engine.NAME, engine.TITLE, rate, shelf)
    return found


def save_baselines(folder: Path, people: Sequence[IntArray], catalogue: Catalogue) -> None:
    """Fit the baselines and write them into an artifact's folder, each movie's strongest links."""
    movies = len(catalogue.movies)
    arrays = {"likes": count_likes(people, movies).astype(np.int32)}
    for engine in LINKED:
        links = engine.serve(engine.fit(people, movies), SERVED_LINKS)
        largest = np.abs(links.weights).max(initial=LEAST_WEIGHT)
        arrays[f"{engine.NAME}_starts"] = links.starts.astype(np.int32)
        arrays[f"{engine.NAME}_targets"] = links.targets.astype(np.min_scalar_type(movies))
        arrays[f"{engine.NAME}_weights"] = (links.weights / largest).astype(np.float16)
    np.savez_compressed(folder / BASELINES, **arrays)  # type: ignore[arg-type]  # numpy's stub


def load_baseline(artifact: Artifact, name: str) -> Baseline:
    """One baseline of an artifact, a key of TITLES, with the strongest links of each movie."""
    with np.load(artifact.path(BASELINES)) as arrays:
        parts = [f"{name}_{part}" for part in ("starts", "targets", "weights")]
        links: dict[str, Links] = {}
        if name != popular.NAME:
            links[name] = SparseLinks(*(arrays[part] for part in parts))
        return assemble(links, arrays["likes"], artifact.catalogue)[name]
