"""What every CatalogueStore promises, and what differs."""

import threading
from contextlib import closing

import pytest
from elasticsearch import Elasticsearch

from model_server.protocol import Filters
from tests.web.films import FILMS
from tests.web.searches import found
from web.domain import Person, StoreUnavailable
from web.searching import parse
from web.stores.base import Wanted
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.elastic_index import load
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current

MOST_RATED = [260, 2571, 1, 858, 1214, 47, 1200, 924, 1219, 4973, 5349, 2021, 4896, 60069, 79132,
              2389, 195159, 70000, 300]  # fmt: skip


def ids(movies) -> list[int]:
    return [movie.id for movie in movies]


@pytest.fixture(scope="module")
def loaded(elastic, source) -> ElasticCatalogue:
    """The catalogue in Elasticsearch, loaded once, for it is only read."""
    client, alias = elastic("marquee-test-contract")
    load(client, alias, source)
    return ElasticCatalogue(client, alias, threading.Event())


class CatalogueContract:
    """What every CatalogueStore promises. A subclass supplies the `store` fixture."""

    def test_films_come_by_id_with_all_their_facts(self, store, source):
        facts = {movie.id: movie for movie in source.movies()}
        assert store.movies([1, 2571, 300]) == {one: facts[one] for one in (1, 2571, 300)}

    def test_a_films_tags_are_its_genres_and_then_its_keywords(self, store):
        assert store.movies([2571])[2571].tags == (1, 8, 1001, 1005)

    def test_ids_that_do_not_exist_are_absent(self, store):
        assert set(store.movies([1, 999_999])) == {1}
        assert store.movies([999_999]) == {}
        assert store.movies([]) == {}

    def test_tags_come_the_most_used_first_and_then_by_id(self, store):
        tags = store.tags()
        assert [tag.name for tag in tags[:3]] == ["Sci-Fi", "space", "Drama"]
        assert [(-tag.movies, tag.id) for tag in tags] == sorted(
            (-tag.movies, tag.id) for tag in tags
        )
        assert len(tags) == 13

    def test_people_come_the_best_known_first_with_their_films(self, store):
        people = store.people()
        assert [one.name for one in people[:4]] == [
            "A Director",
            "An Actor",
            "Another",
            "Sigourney Weaver",
        ]
        # each film's ratings, and 1000 votes that weigh as 3 of them
        assert people[3] == Person(4, "Sigourney Weaver", ("cast",), (1214, 1200), 3496 + 3123)

    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("alien", [1214, 1200]),  # the whole name first
            ("ALIENS", [1200]),
            ("the matrix", [2571]),
            ("matrix", [2571]),
            ("matrix the", [2571]),
            ("godfather", [858]),
            ("amélie", [4973]),
            ("fabuleux destin", [4973]),
            ("se7en", [47]),
            ("psycho", [1219, 2389]),
            ("psycho 1998", [2389, 1219]),
            ("dune", [2021, 195159]),
            ("dune 2021", [195159, 2021]),
            ("dune 1950", [2021, 195159]),  # no film of that year
            ("2001", [924]),
            ("spiderman", [5349]),
            ("wall-e", [60069]),
            ("walle", [60069]),
            ("pot", [70000, 4896]),  # the beginning of a name before a word in it
            ("godfater", [858]),
            ("teh matrix", [2571]),
            ("incepton", [79132]),
            ("gofda", [858]),
            ("harry poter", [4896]),
        ],
    )
    def test_a_search_puts_first_what_was_meant(self, store, query, first):
        assert ids(found(store, query))[: len(first)] == first

    @pytest.mark.parametrize(
        "query", ["", " ", "?!", "zzzzzz", '"', "* OR", "\x00", "日本", "ab " * 66, "x" * 200]
    )
    def test_a_search_that_fits_nothing_finds_nothing(self, store, query):
        assert found(store, query) == []

    def test_what_fits_is_told_from_what_nearly_fits(self, store):
        hits = store.search_movies(parse("alien"))
        assert (ids(hits.fits), hits.nearly) == ([1214, 1200], ())
        hits = store.search_movies(parse("alein"))
        assert (hits.fits, ids(hits.nearly)) == ((), [1214, 1200])

    def test_films_come_by_their_ids_elsewhere_the_most_rated_first(self, store):
        linked = store.linked_movies(
            ["tt0000001", "tt0002571", "tt9999999"], [1_000_260, 1_000_001]
        )
        assert ids(linked) == [260, 2571, 1]
        assert ids(store.linked_movies([], [1_000_858])) == [858]
        assert store.linked_movies([], []) == []

    def test_films_come_by_a_whole_name_the_most_rated_first(self, store):
        named = store.named_movies(["psycho", "godfather", "se7en", "matrix the", "star"])
        assert ids(named) == [2571, 858, 47, 1219, 2389]
        assert store.named_movies([]) == []

    def test_thousands_of_films_can_be_named(self, store):
        names = [f"no film {number}" for number in range(20_000)]
        assert ids(store.named_movies([*names, "alien", "aliens"])) == [1214, 1200]

    def test_popular_films_come_the_most_rated_first(self, store):
        popular = store.popular_movies(Wanted())
        assert ids(popular.movies) == MOST_RATED
        assert (popular.matching, popular.ratings) == (19, sum(film[7] for film in FILMS))

    def test_popular_films_come_in_pages(self, store):
        assert ids(store.popular_movies(Wanted(limit=5, offset=5)).movies) == MOST_RATED[5:10]
        beyond = store.popular_movies(Wanted(limit=5, offset=1_000_000))
        assert (beyond.movies, beyond.matching) == ([], 19)

    @pytest.mark.parametrize(
        ("filters", "passing"),
        [
            (Filters(decades=(1990,)), [2571, 1, 47, 2389]),
            (Filters(decades=(1960, 1970)), [260, 858, 1214, 924, 1219]),
            (Filters(year_from=2010), [79132, 195159, 70000]),
            (Filters(year_to=1968), [924, 1219]),
            (Filters(year_from=1995, year_to=1995), [1, 47]),
            (Filters(rating_min=8.7), [2571, 858, 79132]),
            (Filters(rating_max=5.2), [2389, 70000]),
            (Filters(genres=(2, 7)), [1, 4973, 60069]),  # Animation or Romance
            (Filters(exclude_genres=(1, 5, 6, 8)), [1, 4973, 70000]),
            (Filters(genres=(8,), exclude_genres=(8,)), []),  # to exclude wins
            (Filters(decades=(1980,), genres=(8,), rating_min=8), [1200]),
        ],
    )
    def test_popular_films_pass_every_filter(self, store, filters, passing):
        popular = store.popular_movies(Wanted(filters))
        assert ids(popular.movies) == passing
        assert popular.matching == len(passing)
        ratings = {film[0]: film[7] for film in FILMS}
        assert popular.ratings == sum(ratings[one] for one in passing)

    @pytest.mark.parametrize(
        "filters",
        [
            Filters(year_from=0),
            Filters(year_to=9999),
            Filters(rating_min=0),
            Filters(rating_max=10),
        ],
    )
    def test_a_film_without_year_and_rating_fails_every_filter_on_them(self, store, filters):
        assert 300 not in ids(store.popular_movies(Wanted(filters)).movies)

    def test_films_and_tags_can_be_left_out(self, store):
        popular = store.popular_movies(
            Wanted(Filters(genres=(8,)), without={260, 999_999}, without_tags=(1005, 6))
        )
        # of the Sci-Fi films: without Star Wars, without robots, without horror
        assert ids(popular.movies) == [2021, 79132, 195159]
        assert popular.matching == 3

    def test_ten_thousand_films_can_be_left_out(self, store):
        popular = store.popular_movies(Wanted(without=range(2, 10_002)))
        assert ids(popular.movies) == [1, 60069, 79132, 195159, 70000]

    def test_a_store_that_answers_says_so(self, store):
        assert store.check() == ""


class TestSqliteCatalogue(CatalogueContract):
    @pytest.fixture
    def store(self, catalogue_file):
        with closing(SqliteCatalogue(catalogue_file, 10_000)) as store:
            yield store


class TestElasticCatalogue(CatalogueContract):
    @pytest.fixture
    def store(self, loaded):
        return loaded


class RepeatContract:
    """A film that repeats another is known by its id, but stands in no list."""

    def test_it_is_told_with_the_id_it_should_have(self, store):
        assert store.repeats() == {9001: 1214}

    def test_it_is_known(self, store):
        assert store.movies([9001])[9001].same_as == 1214

    def test_it_is_known_by_its_ids_elsewhere(self, store):
        assert sorted(ids(store.linked_movies(["tt0009001"], [1_001_214]))) == [1214, 9001]

    def test_it_stands_in_no_list(self, store):
        assert ids(store.named_movies(["alien"])) == [1214]
        assert ids(store.popular_movies(Wanted()).movies) == [1214]
        assert ids(found(store, "alien")) == [1214]
        assert {one.movies for one in store.people()} == {(1214,)}


class LongListContract:
    """A list may be a hundred films long, and each film may have many names."""

    def test_a_long_list_is_full_and_in_order(self, store):
        assert ids(found(store, "night"))[:100] == list(range(150, 50, -1))


class TestSqliteLongLists(LongListContract):
    @pytest.fixture
    def store(self, tmp_path, nights):
        make_current(tmp_path / "catalogue.db", nights)
        with closing(SqliteCatalogue(tmp_path / "catalogue.db", 10_000)) as store:
            yield store


class TestElasticLongLists(LongListContract):
    @pytest.fixture
    def store(self, elastic, nights):
        client, alias = elastic("marquee-test-long")
        load(client, alias, nights)
        return ElasticCatalogue(client, alias, threading.Event())


class TestSqliteRepeats(RepeatContract):
    @pytest.fixture
    def store(self, tmp_path, repeated):
        make_current(tmp_path / "catalogue.db", repeated)
        with closing(SqliteCatalogue(tmp_path / "catalogue.db", 10_000)) as store:
            yield store


class TestElasticRepeats(RepeatContract):
    @pytest.fixture
    def store(self, elastic, repeated):
        client, alias = elastic("marquee-test-repeats")
        load(client, alias, repeated)
        return ElasticCatalogue(client, alias, threading.Event())


def test_an_elasticsearch_that_is_not_there_is_unavailable(free_port_without_server, is_over):
    url = f"http://127.0.0.1:{free_port_without_server}"
    with Elasticsearch(url, request_timeout=0.1, max_retries=0) as client:
        store = ElasticCatalogue(client, "marquee", is_over)
        for ask in (
            lambda: store.movies([1]),
            store.tags,
            store.people,
            lambda: found(store, "alien"),
            lambda: store.popular_movies(Wanted()),
            lambda: store.linked_movies(["tt0000001"], []),
            lambda: store.named_movies(["alien"]),
            store.check,
        ):
            with pytest.raises(StoreUnavailable, match="Elasticsearch does not answer"):
                ask()


def test_an_elasticsearch_that_says_nothing_is_unavailable_within_the_deadline(
    silent_server, is_over
):
    with (
        Elasticsearch(
            f"http://127.0.0.1:{silent_server}", request_timeout=0.05, max_retries=0
        ) as client,
        pytest.raises(StoreUnavailable, match="Elasticsearch does not answer"),
    ):
        ElasticCatalogue(client, "marquee", is_over).movies([1])
