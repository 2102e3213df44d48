"""Fits the baselines on train people; serving never comes here, for ALS needs its library."""

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
from implicit.cpu.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from model_server.artifact import BASELINES, Catalogue
from model_server.engines import als
from model_server.engines.als import FoldedLikes, fold_in
from model_server.engines.baseline import LinkedLikes, Rate
from model_server.engines.baselines import LINKED, PARTS
from model_server.engines.links import count_likes

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

LEAST_WEIGHT = np.float32(1e-9)
SERVED_LINKS = 60  # links a movie keeps in an artifact; a table is computed with all of them
ITERATIONS, SEED = 15, 2026


def fit_rates(people: Sequence[IntArray], movies: int) -> dict[str, Rate]:
    """Every baseline's rating but popularity's, by name.

    people: each (likes,) int, 1..n, oldest first.
    """
    linked: dict[str, Rate] = {engine.NAME: fit_linked(engine, people, movies) for engine in LINKED}
    return {**linked, als.NAME: fit_als(people, movies)}


def fit_linked(
    engine: ModuleType, people: Sequence[IntArray], movies: int, **settings: float
) -> LinkedLikes:
    """The rating of a linked engine with all its links, under its own settings or these."""
    return LinkedLikes(engine.fit(people, movies, **settings), engine.DECAY, movies)


def fit_als(
    people: Sequence[IntArray],
    movies: int,
    factors: int = als.FACTORS,
    regularisation: float = als.REGULARISATION,
    alpha: float = als.ALPHA,
    window: int = als.WINDOW,
) -> FoldedLikes:
    """The rating of ALS, its factors fitted to runs of `window` likes as if each were a person.

    Short runs make neighbours of films that were liked together and not merely by one person, and
    on validation beat whole histories. The library is the one of Hu, Koren and Volinsky's method.
    """
    liked = _runs(people, 1 + movies, window)
    with threadpool_limits(1, user_api="blas"):  # else the library warns
        model = AlternatingLeastSquares(
            factors=factors,
            regularization=regularisation,
            alpha=alpha,
            iterations=ITERATIONS,
            num_threads=1,  # on a busy machine its threads wait for each other most of the time
            random_state=SEED,
        )
        model.fit(liked, show_progress=False)
    found = model.item_factors.astype(np.float32)
    found[np.diff(liked.tocsc().indptr) == 0] = 0
    return fold_in(found, regularisation, alpha)


def save_baselines(folder: Path, people: Sequence[IntArray], catalogue: Catalogue) -> None:
    """Fit the baselines and write them into an artifact's folder, each movie's strongest links."""
    movies = len(catalogue.movies)
    arrays = {"likes": count_likes(people, movies).astype(np.int32)}
    for engine in LINKED:
        links = engine.serve(engine.fit(people, movies), SERVED_LINKS)
        largest = np.abs(links.weights).max(initial=LEAST_WEIGHT)
        weights = (links.weights / largest).astype(np.float16)
        targets = links.targets.astype(np.min_scalar_type(movies))
        columns = (links.starts.astype(np.int32), targets, weights)
        arrays |= {
            f"{engine.NAME}_{part}": column for part, column in zip(PARTS, columns, strict=True)
        }
    arrays[f"{als.NAME}_factors"] = fit_als(people, movies).factors.astype(np.float16)
    np.savez_compressed(folder / BASELINES, **arrays)  # type: ignore[arg-type]  # numpy's stub


def _runs(people: Sequence[IntArray], columns: int, window: int) -> csr_matrix:
    """(runs, columns) float, 1 where a run holds a like; a person's newest run is a whole one."""
    ends = [(likes, end) for likes in people for end in range(len(likes), 0, -window)]
    runs = [likes[max(0, end - window) : end] for likes, end in ends]
    starts = np.cumsum([0, *map(len, runs)])
    liked = np.concatenate([np.zeros(0, dtype=np.int64), *runs])
    shape = (len(runs), columns)
    return csr_matrix((np.ones(len(liked), dtype=np.float32), liked, starts), shape=shape)
