"""Films and tags held in memory."""

import pytest

from web.domain import Movie, Person, Tag
from web.searching import parse
from web.stores import cached_catalogue
from web.stores.cached_catalogue import KEPT_SECONDS, CachedCatalogue


class Store:
    """A catalogue that writes down what it is asked for."""

    def __init__(self) -> None:
        self.asked = []

    def movies(self, movie_ids):
        self.asked.append(sorted(movie_ids))
        return {one: Movie(id=one, title=f"Film {one}") for one in movie_ids if one < 100}

    def repeats(self):
        self.asked.append("repeats")
        return {2: 1}

    def people(self):
        self.asked.append("people")
        return [Person(1, "Tom Hanks", ("cast",), (1,), 9)]

    def tags(self):
        self.asked.append("tags")
        return [Tag(1, "Action", "genre")]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def catalogue(store, clock) -> CachedCatalogue:
    return CachedCatalogue(store, clock)


def test_the_store_is_asked_for_what_is_not_held_alone(catalogue, store):
    catalogue.movies([1, 2])
    found = catalogue.movies([1, 2, 3])
    assert {one: movie.title for one, movie in found.items()} == {
        1: "Film 1",
        2: "Film 2",
        3: "Film 3",
    }
    assert store.asked == [[1, 2], [3]]


def test_what_does_not_exist_is_absent_and_asked_for_again(catalogue, store):
    assert catalogue.movies([500]) == {}
    assert catalogue.movie(500) is None
    assert store.asked == [[500], [500]]


def test_tags_are_asked_for_once(catalogue, store):
    assert catalogue.tags() is catalogue.tags()
    assert store.asked == ["tags"]


def test_people_are_asked_for_once(catalogue, store):
    assert catalogue.people() is catalogue.people()
    assert catalogue.people().find(parse("hanks")).fits[0].name == "Tom Hanks"
    assert store.asked == ["people"]


def test_repeats_are_asked_for_once(catalogue, store):
    assert catalogue.repeats() == catalogue.repeats() == {2: 1}
    assert store.asked == ["repeats"]


def test_nothing_is_held_for_longer_than_promised(catalogue, store, clock):
    catalogue.movie(1)
    catalogue.tags()
    catalogue.people()
    clock.now += KEPT_SECONDS
    catalogue.movie(1)
    catalogue.tags()
    catalogue.people()
    assert store.asked == [[1], "tags", "people", [1], "tags", "people"]


def test_the_films_held_are_limited(catalogue, store, monkeypatch):
    monkeypatch.setattr(cached_catalogue, "MAX_MOVIES", 2)
    for movie_id in (1, 2, 3):
        catalogue.movie(movie_id)
    catalogue.movies([2, 3])
    catalogue.movie(1)
    assert store.asked == [[1], [2], [3], [1]]
