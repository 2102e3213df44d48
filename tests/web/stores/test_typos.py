"""Well-known films of the starter's whole catalogue, each by its name with every single typo."""

import string
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from tests.web.searches import found
from web.catalogue.source import Source
from web.config import Config
from web.domain import Movie
from web.searching import MIN_TOLERANT, parse
from web.stores.base import CatalogueStore
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.elastic_index import load_if_old
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current
from web.text import fold, without_article

N_FILMS = 100
TOP = 3
MOST_EXCUSED = 0.04  # of all texts; of a sample a few happen to be more

Texts = Callable[[str], Iterator[str]]


def swapped(name: str) -> Iterator[str]:
    for at in range(len(name) - 1):
        if " " not in name[at : at + 2]:
            yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def missing(name: str) -> Iterator[str]:
    for at, letter in enumerate(name):
        if letter.isalpha():
            yield name[:at] + name[at + 1 :]


def doubled(name: str) -> Iterator[str]:
    for at, letter in enumerate(name):
        if letter.isalpha():
            yield name[:at] + letter + name[at:]


def wrong(name: str) -> Iterator[str]:
    """Each letter as the one after it in the alphabet."""
    after = dict(zip(string.ascii_lowercase, string.ascii_lowercase[1:] + "a", strict=True))
    for at, letter in enumerate(name):
        if letter in after:
            yield name[:at] + after[letter] + name[at + 1 :]


def right(name: str) -> Iterator[str]:
    """Without accents, capitals and punctuation; without the article; with "and" for "&"."""
    yield name
    yield without_article(name)


@pytest.fixture(scope="module")
def famous() -> list[Movie]:
    """The films that most people have voted on, the most first."""
    movies = (movie for movie in Source(Config().catalogue_dir).movies() if movie.same_as is None)
    return sorted(movies, key=lambda movie: (-(movie.votes or 0), movie.id))[:N_FILMS]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("typos") / "catalogue.db"
    make_current(path, Source(Config().catalogue_dir))
    return path


@pytest.fixture(scope="module")
def loaded(elastic) -> ElasticCatalogue:
    client, alias = elastic("marquee-test-typos")
    load_if_old(client, alias, Source(Config().catalogue_dir))
    return ElasticCatalogue(client, alias, threading.Event())


class TypoContract:
    """A subclass supplies the `store` fixture; `one_in` of the texts are tried."""

    one_in: int

    @pytest.mark.parametrize("texts", [right, swapped, missing, doubled, wrong])
    def test_the_film_is_among_the_first_three(self, store, famous, texts):
        tried, excused, lost = 0, [], []
        for movie in famous:
            for text in islice(texts(fold(movie.title)), 0, None, self.one_in):
                tried += 1
                if movie.id in [one.id for one in found(store, text)[:TOP]]:
                    continue
                (excused if names_others(store, text) else lost).append((text, movie.title))
        assert lost == []
        assert len(excused) <= MOST_EXCUSED * tried, excused

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("The Matrix", "The Matrix"),
            ("Matrix", "The Matrix"),
            ("amelie", "Amelie"),
            ("Amélie", "Amelie"),
            ("Léon", "Léon: The Professional"),
            ("leon", "Léon: The Professional"),
            ("WALL·E", "WALL·E"),
            ("walle", "WALL·E"),
            ("wall-e", "WALL·E"),
            ("wall e", "WALL·E"),
            ("Se7en", "Seven"),
            ("Ocean's 11", "Ocean's Eleven"),
            ("oceans eleven", "Ocean's Eleven"),
            ("fast and furious", "Fast & Furious"),
            ("Fast & Furious", "Fast & Furious"),
            ("star wars episode 4", "Star Wars: Episode IV - A New Hope"),
            ("godfather part two", "The Godfather: Part II"),
            ("twelve angry men", "12 Angry Men"),
            ("rocky 5", "Rocky V"),
            ("8½", "8 1/2"),
            ("Солярис", "Solaris"),
            ("七人の侍", "Seven Samurai"),
        ],
    )
    def test_a_name_may_be_written_in_many_ways(self, store, text, title):
        assert title in [movie.title for movie in found(store, text)[:TOP]]


def names_others(store: CatalogueStore, text: str) -> bool:
    """Whether a text is too short to tell, or names three other films as it stands."""
    query = parse(text)
    return len(query.text) < MIN_TOLERANT or len(store.search_movies(query).fits) >= TOP


@pytest.mark.slow
class TestSqliteTypos(TypoContract):
    one_in = 1

    @pytest.fixture
    def store(self, made):
        with closing(SqliteCatalogue(made, 10_000)) as store:
            yield store


@pytest.mark.slow
class TestElasticTypos(TypoContract):
    one_in = 10

    @pytest.fixture
    def store(self, loaded):
        return loaded
