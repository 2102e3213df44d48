"""Filters as masks: every condition, every unknown."""

import numpy as np
import pytest

from model_server.attributes import Attributes
from model_server.protocol import Filters

ACTION, COMEDY, SPACE, HEIST = 1, 2, 1001, 1002
EVERYTHING = {10, 20, 30, 40, 50, 60, 70, 80}


@pytest.fixture
def attributes(catalogue):
    return Attributes(catalogue)


@pytest.fixture
def passing(attributes, catalogue):
    """The ids of the movies that pass some filters."""

    def find(**conditions) -> set[int]:
        mask = attributes.matching(Filters(**conditions))
        assert not mask[0], "padding passed"
        return set(catalogue.movies.public(np.flatnonzero(mask).tolist()).tolist())

    return find


def test_no_condition_lets_every_movie_pass(passing):
    assert passing() == EVERYTHING


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"decades": (1980,)}, {20, 40}),
        ({"decades": (1970, 2000)}, {10, 50}),  # either will do
        ({"decades": (1950,)}, set()),
        ({"year_from": 1995}, {30, 50, 70}),  # inclusive
        ({"year_to": 1989}, {10, 20, 40}),
        ({"year_from": 1986, "year_to": 1989}, {20, 40}),
        ({"year_from": 1990, "year_to": 1980}, set()),
        ({"rating_min": 8.5}, {10, 30}),
        ({"rating_max": 7.7}, {40, 50, 80}),  # 7.7 is no exact float, and equal all the same
        ({"rating_min": 7.7, "rating_max": 7.7}, {40, 50}),
        ({"genres": (COMEDY,)}, {40, 50, 60}),
        ({"genres": (ACTION, COMEDY)}, EVERYTHING - {80}),  # either will do
        ({"genres": (999,)}, set()),  # no movie has an unknown genre
        ({"genres": (999, COMEDY)}, {40, 50, 60}),
        ({"exclude_genres": (ACTION,)}, {40, 50, 60, 80}),
        ({"exclude_genres": (ACTION, COMEDY)}, {80}),
        ({"exclude_genres": (999,)}, EVERYTHING),
        ({"genres": (ACTION,), "exclude_genres": (ACTION,)}, set()),  # to exclude wins
        ({"genres": (HEIST,), "exclude_genres": (ACTION,)}, {50}),
        ({"decades": (1980, 1990), "genres": (ACTION,), "rating_min": 8.4}, {20, 30}),
    ],
)
def test_every_condition_must_hold(passing, conditions, expected):
    assert passing(**conditions) == expected


@pytest.mark.parametrize(
    "conditions",
    [{"decades": (0,)}, {"year_from": 0}, {"year_to": 9999}, {"year_from": 0, "year_to": 9999}],
)
def test_an_unknown_year_fails_every_condition_on_it(passing, conditions):
    assert 60 not in passing(**conditions)


@pytest.mark.parametrize("conditions", [{"rating_min": 0}, {"rating_max": 10}])
def test_an_unknown_rating_fails_every_condition_on_it(passing, conditions):
    assert passing(**conditions) == EVERYTHING - {60}


def test_a_mask_is_computed_once_and_cannot_be_written_to(attributes):
    mask = attributes.matching(Filters(decades=(1980,)))
    assert attributes.matching(Filters(decades=(1980,))) is mask
    with pytest.raises(ValueError, match="read-only"):
        mask[1] = True


def test_carrying_finds_the_movies_with_a_tag(attributes, catalogue):
    found = np.flatnonzero(attributes.carrying(catalogue.tags.index(SPACE)))
    assert catalogue.movies.public(found.tolist()).tolist() == [10, 20]


def test_a_crossing_says_which_tags_which_movies_carry(attributes, catalogue):
    tags, movies = catalogue.tags.known([1003, 1]), catalogue.movies.known([80, 40, 70])
    # 80 carries nothing, 40 Comedy and love, 70 Action and heist
    assert attributes.crossing(np.array(tags), np.array(movies)).tolist() == [
        [False, True, False],
        [False, False, True],
    ]
    assert attributes.crossing(np.array(tags), np.array([], dtype=np.int64)).shape == (2, 0)


def test_alikeness_counts_the_decade_and_shares_of_genres(attributes, catalogue):
    kinds = attributes.kinds(np.array([1, 2, 4, 7, 8]))  # movies 10, 20, 40, 70, 80
    # 10: 1970s Action. 20: 1980s Action. 40: 1980s Comedy. 70: 1990s Action. 80: 1990s, no genre.
    expected = [
        [2, 1, 0, 1, 0],
        [1, 2, 1, 1, 0],
        [0, 1, 2, 0, 0],
        [1, 1, 0, 2, 1],
        [0, 0, 0, 1, 1],
    ]
    np.testing.assert_allclose(kinds @ kinds.T, expected, atol=1e-6)
