"""What every CatalogueStore promises of names in other scripts and of films that few have rated."""

import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.web.films import tag_lines, write_lines
from tests.web.searches import found
from web.catalogue.source import Source
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.elastic_index import load
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current

SOLARIS, SAMURAI, OLD_BOY, BATTLESHIP, OCEANS = 1, 2, 3, 4, 5
NEW, MAD = 500, 501  # the best known film of its name, though nobody has rated it; a longer name
LINES = [
    {"id": SOLARIS, "title": "Solaris", "titles": ["Солярис"], "year": 1972, "ratings": 253},
    {"id": SAMURAI, "title": "Seven Samurai", "titles": ["七人の侍"], "ratings": 1224},
    {"id": OLD_BOY, "title": "Old Boy", "titles": ["올드보이"], "ratings": 408},
    {"id": BATTLESHIP, "title": "Battleship Potemkin", "titles": ["Броненосец Потёмкин"]},
    {"id": OCEANS, "title": "Ocean's Eleven", "ratings": 1240},
    {"id": NEW, "title": "Max", "ratings": 0, "votes": 900_000},
    {"id": MAD, "title": "Of Mad Max", "ratings": 0, "votes": 900_000},
    *({"id": 100 + n, "title": f"Max {n}", "ratings": n} for n in range(200)),
]


@pytest.fixture(scope="module")
def abroad(tmp_path_factory) -> Source:
    folder = tmp_path_factory.mktemp("abroad")
    write_lines(folder / "movies.jsonl.gz", LINES)
    write_lines(folder / "tags.jsonl.gz", tag_lines())
    return Source(folder)


@pytest.fixture(scope="module")
def made(abroad, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("made") / "catalogue.db"
    make_current(path, abroad)
    return path


@pytest.fixture(scope="module")
def loaded(abroad, elastic) -> ElasticCatalogue:
    client, alias = elastic("marquee-test-abroad")
    load(client, alias, abroad)
    return ElasticCatalogue(client, alias, threading.Event())


class SearchContract:
    """A subclass supplies the `store` fixture."""

    @pytest.mark.parametrize(
        ("text", "movie_id"),
        [
            ("солярис", SOLARIS),
            ("СОЛЯ", SOLARIS),
            ("солярис 1972", SOLARIS),
            ("броненосец потемкин", BATTLESHIP),  # ё as it is mostly typed
            ("потёмкин", BATTLESHIP),
            ("七人の侍", SAMURAI),
            ("七人", SAMURAI),
            ("올드보이", OLD_BOY),
            ("old 보이 boy", None),
        ],
    )
    def test_a_name_in_another_script_is_found(self, store, text, movie_id):
        assert [movie.id for movie in found(store, text)] == ([movie_id] if movie_id else [])

    @pytest.mark.parametrize(
        ("text", "movie_id"),
        [
            ("солярес", SOLARIS),
            ("слоярис", SOLARIS),
            ("солярисс", SOLARIS),
            ("солрис", SOLARIS),
            ("броненосец потемкен", BATTLESHIP),
            ("броненосц потемкин", BATTLESHIP),
            ("七人の待", SAMURAI),
            ("올드브이", OLD_BOY),
        ],
    )
    def test_one_typo_is_forgiven_in_any_script(self, store, text, movie_id):
        assert [movie.id for movie in found(store, text)] == [movie_id]

    @pytest.mark.parametrize("text", ["oceans 11", "ocean's 11", "oceans eleven", "ocean 11"])
    def test_a_number_may_be_written_in_digits_or_in_words(self, store, text):
        assert found(store, text)[0].id == OCEANS

    @pytest.mark.parametrize(
        ("text", "movie_id"),
        [("o mad max", MAD), ("fo mad max", MAD), ("oceansxeleven", OCEANS), ("oldvboy", OLD_BOY)],
    )
    def test_a_typo_may_fall_on_a_short_word_or_a_space(self, store, text, movie_id):
        assert [movie.id for movie in found(store, text)] == [movie_id]

    def test_what_many_know_comes_first_though_nobody_has_rated_it(self, store):
        # 201 films begin with it, more than are looked at, and this one is the last by ratings
        assert [movie.id for movie in found(store, "max")[:3]] == [NEW, 299, 298]

    def test_what_many_know_is_found_by_its_words_and_with_a_typo(self, store):
        assert found(store, "mad max")[0].id == MAD
        assert found(store, "mda max")[0].id == MAD


class TestSqliteSearches(SearchContract):
    @pytest.fixture
    def store(self, made):
        with closing(SqliteCatalogue(made, 10_000)) as store:
            yield store


class TestElasticSearches(SearchContract):
    @pytest.fixture
    def store(self, loaded):
        return loaded
