"""The sliders move the lists of the shipped artifact, steadily and as far as their names say."""

import random

import numpy as np
import pytest

from model_server.engines.base import Event, Query
from model_server.protocol import Pick, Recommend, Tuning
from model_server.tuning import Sliders

SEED = 2026
THREE, ALL = (-2, 0, 2), (-2, -1, 0, 1, 2)


@pytest.fixture(scope="module")
def sessions(popular_ids) -> list[tuple[Pick, ...]]:
    """Visitors after one to five likes of well-known movies."""
    dice = random.Random(SEED)
    sizes = [dice.randint(1, 5) for _ in range(24)]
    return [
        tuple(Pick("movie", one, True) for one in dice.sample(popular_ids[:800], size))
        for size in sizes
    ]


@pytest.fixture(scope="module")
def page(recommender, catalogue):
    """The indexes of the first 24 movies of a session under a tuning."""

    def page(picks, **tuning) -> np.ndarray:
        (answer,) = recommender.answer([Recommend(picks, tuning=Tuning(**tuning))])
        assert len(answer.movies) == 24
        return np.array(catalogue.movies.known(movie.id for movie in answer.movies))

    return page


@pytest.fixture(scope="module")
def ranks(popular) -> np.ndarray:
    """The popularity rank of each index; 1 is the most liked."""
    ranks = np.zeros(1 + len(popular))
    ranks[popular] = 1 + np.arange(len(popular))
    return ranks


def rises(values) -> bool:
    return bool(np.all(np.diff(values) > 0))


def test_hidden_gems_move_the_median_popularity_rank_of_every_page(page, ranks, sessions):
    for picks in sessions:
        assert rises([np.median(ranks[page(picks, hidden_gems=step)]) for step in THREE])


def test_the_mix_without_picks_is_of_hidden_gems_too(page, ranks):
    known, middle, gems = (np.median(ranks[page((), hidden_gems=step)]) for step in THREE)
    assert gems > 3 * middle
    assert known < 1.25 * middle  # it begins with well-known movies anyway


def test_each_step_to_hidden_gems_is_noticed(page, ranks, sessions):
    logs = [
        [np.log(np.median(ranks[page(picks, hidden_gems=step)])) for step in ALL]
        for picks in sessions
    ]
    assert np.diff(np.mean(logs, axis=0)).min() >= np.log(1.25)


def test_even_the_best_hidden_gems_are_liked_by_some(page, catalogue, sessions):
    for picks in ((), *sessions):
        assert np.median(catalogue.likes[page(picks, hidden_gems=2)]) >= 20


@pytest.fixture(scope="module")
def mean_year(page, catalogue):
    """The mean year of a session's page."""

    def mean_year(picks, newer: int) -> float:
        years = catalogue.years[page(picks, newer=newer)]
        return float(years[years > 0].mean())

    return mean_year


def test_newer_moves_the_mean_year_of_every_page(mean_year, sessions):
    for picks in ((), *sessions):
        assert rises([mean_year(picks, step) for step in THREE])


def test_each_step_to_newer_is_noticed(mean_year, sessions):
    years = [[mean_year(picks, step) for step in ALL] for picks in sessions]
    assert np.diff(np.mean(years, axis=0)).min() >= 2


def test_strong_dislikes_lower_the_neighbours_more_than_normal_and_those_more_than_ignored(
    network, catalogue, popular
):
    dice, sliders, vectors = random.Random(SEED), Sliders(catalogue), unit(network.vectors())
    queries, neighbours = [], []
    for first in range(40):  # three likes, then a dislike of a movie of the page
        likes = tuple(Event(movie, True) for movie in popular[first : first + 60 : 20])
        page = network.score([Query(likes)]).movies[0]
        page[[0, *(event.movie for event in likes)]] = -np.inf
        disliked = int(dice.choice(np.argsort(-page)[:24].tolist()))
        nearness = vectors @ vectors[disliked]
        nearness[[0, disliked]] = -np.inf
        queries.append(Query((*likes, Event(disliked, False))))
        neighbours.append(np.argsort(-nearness)[:10])

    def level(dislikes) -> np.ndarray:
        """The mean log-probability of each session's neighbours."""
        tunings = [Tuning(dislikes=dislikes)] * len(queries)
        scores = sliders.score(network.score, queries, tunings).movies.astype(np.float64)
        scores[:, 0] = -np.inf
        logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        return np.array([row[near].mean() for row, near in zip(logs, neighbours, strict=True)])

    ignored, normal, strong = (level(dislikes) for dislikes in ("ignore", "normal", "strong"))
    assert np.mean(ignored - normal) > 0.1
    assert np.mean(normal - strong) > 0.1


def unit(vectors) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
