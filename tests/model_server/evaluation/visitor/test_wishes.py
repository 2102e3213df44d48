import pytest

from model_server.evaluation.cases import read_people
from model_server.evaluation.visitor.wishes import draw_wishes
from tests.model_server.evaluation.conftest import FILMS, TWIN_OF_10, WITHOUT_ROW, corpus_of

ACTION, SPACE = 1, 1001


@pytest.fixture
def draw(catalogue):
    """The wishes of people with some (movie id, rating) pairs."""

    def draw(*people, seed=1):
        found = read_people(corpus_of(*people), catalogue.movies, FILMS)
        return draw_wishes(found, range(len(people)), catalogue, seed)

    return draw


def test_wanted_is_a_film_of_the_newer_half_of_the_likes(draw):
    person = [(10, 5), (20, 4), (30, 5), (40, 1), (50, 5), (60, 4)]  # likes 10, 20, 30 | 50, 60
    assert {draw(person, seed=seed)[0].film for seed in range(40)} == {50, 60}


def test_of_three_likes_the_last_is_wanted(draw):
    assert {draw([(10, 5), (20, 4), (30, 5)], seed=s)[0].film for s in range(20)} == {30}


def test_known_are_the_films_rated_before_it_and_no_others(draw):
    (wish,) = draw([(10, 5), (40, 1), (20, 4), (50, 2), (30, 5), (60, 1)])
    assert (wish.film, wish.liked, wish.disliked) == (30, {10, 20}, {40, 50})


def test_a_wish_holds_the_tags_of_its_film(draw):
    (wish,) = draw([(30, 5), (10, 5)])
    assert wish.tags == {ACTION, SPACE}


def test_a_film_without_a_tag_is_wanted_as_well(draw):
    assert draw([(30, 5), (80, 5)])[0].tags == frozenset()


def test_a_film_that_cannot_be_recommended_is_neither_wanted_nor_known(draw):
    (wish,) = draw([(WITHOUT_ROW, 5), (10, 5), (20, 5), (WITHOUT_ROW, 5)])
    assert (wish.film, wish.liked) == (20, {10})


def test_a_film_listed_twice_counts_as_one(draw):
    (wish,) = draw([(20, 5), (TWIN_OF_10, 5), (10, 5)])
    assert (wish.film, wish.liked) == (10, {20})


def test_who_liked_fewer_than_two_films_wants_none(draw):
    wishes = draw([(10, 5)], [(10, 5), (20, 5)], [(10, 1), (20, 1)], [(10, 5), (WITHOUT_ROW, 5)])
    assert [wish.person for wish in wishes] == [1]


def test_equal_seeds_draw_equal_wishes_whoever_else_is_asked(draw):
    person = [(ten * 10, 5) for ten in range(1, 9)]
    assert draw(person, person)[0] == draw(person)[0]
