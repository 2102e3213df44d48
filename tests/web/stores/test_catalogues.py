"""What every CatalogueStore promises, and what differs."""

import gzip
import threading
from contextlib import closing

import pytest
from elasticsearch import Elasticsearch
from elasticsearch.helpers import BulkIndexError

from model_server.protocol import Filters
from tests.web.films import FILMS, movie_line, tag_lines, write_lines
from web.catalogue.source import Source
from web.domain import StoreUnavailable
from web.stores import elastic_index
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.elastic_index import is_current, keep_loading, load, stamp_of
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
        assert ids(store.search_movies(query, 24))[: len(first)] == first

    @pytest.mark.parametrize("query", ["", " ", "?!", "zzzzzz", '"', "* OR", "\x00", "日本"])
    def test_a_search_that_fits_nothing_finds_nothing(self, store, query):
        assert store.search_movies(query, 24) == []

    def test_a_search_gives_no_more_than_asked_for(self, store):
        assert ids(store.search_movies("alien", 1)) == [1214]

    def test_popular_films_come_the_most_rated_first(self, store):
        popular = store.popular_movies(Filters(), 24)
        assert ids(popular.movies) == MOST_RATED
        assert (popular.matching, popular.ratings) == (19, sum(film[7] for film in FILMS))

    def test_popular_films_come_in_pages(self, store):
        assert ids(store.popular_movies(Filters(), 5, 5).movies) == MOST_RATED[5:10]
        beyond = store.popular_movies(Filters(), 5, 1_000_000)
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
        popular = store.popular_movies(filters, 24)
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
        assert 300 not in ids(store.popular_movies(filters, 24).movies)

    def test_films_and_tags_can_be_left_out(self, store):
        popular = store.popular_movies(
            Filters(genres=(8,)), 24, without={260, 999_999}, without_tags=(1005, 6)
        )
        # of the Sci-Fi films: without Star Wars, without robots, without horror
        assert ids(popular.movies) == [2021, 79132, 195159]
        assert popular.matching == 3

    def test_ten_thousand_films_can_be_left_out(self, store):
        popular = store.popular_movies(Filters(), 24, without=range(2, 10_002))
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


@pytest.fixture
def repeated(tmp_path) -> Source:
    """A catalogue in which Alien stands twice."""
    again = {**movie_line(FILMS[5]), "id": 9001, "same_as": 1214}
    write_lines(tmp_path / "movies.jsonl.gz", [movie_line(FILMS[5]), again])
    write_lines(tmp_path / "tags.jsonl.gz", tag_lines())
    return Source(tmp_path)


class RepeatContract:
    """A film that repeats another is known by its id, but stands in no list."""

    def test_it_is_known(self, store):
        assert store.movies([9001])[9001].same_as == 1214

    def test_it_stands_in_no_list(self, store):
        assert ids(store.popular_movies(Filters(), 24).movies) == [1214]
        assert ids(store.search_movies("alien", 24)) == [1214]


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


class TestSqliteFile:
    def test_it_is_made_once(self, tmp_path, source):
        path = tmp_path / "catalogue.db"
        make_current(path, source)
        first = path.stat()
        make_current(path, source)
        assert path.stat().st_ino == first.st_ino

    def test_it_is_made_anew_from_other_data_while_readers_go_on(self, tmp_path, source, repeated):
        path = tmp_path / "made" / "catalogue.db"
        make_current(path, source)
        with closing(SqliteCatalogue(path, 10_000)) as reader:
            assert len(reader.movies([1, 47])) == 2
            make_current(path, repeated)
            assert len(reader.movies([1, 47])) == 2
        with closing(SqliteCatalogue(path, 10_000)) as reader:
            assert set(reader.movies([1, 1214])) == {1214}

    @pytest.mark.parametrize("content", [b"", b"not a database" * 999])
    def test_what_is_no_catalogue_is_made_anew(self, tmp_path, source, content):
        path = tmp_path / "catalogue.db"
        path.write_bytes(content)
        make_current(path, source)
        with closing(SqliteCatalogue(path, 10_000)) as store:
            assert set(store.movies([1])) == {1}

    def test_many_workers_at_once_make_one_file(self, tmp_path, source):
        path = tmp_path / "catalogue.db"
        workers = [threading.Thread(target=make_current, args=(path, source)) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        with closing(SqliteCatalogue(path, 10_000)) as store:
            assert set(store.movies([1])) == {1}
        assert list(tmp_path.glob("*.unfinished")) == []

    def test_a_source_that_is_broken_leaves_the_old_file(self, tmp_path, source, repeated):
        path = tmp_path / "catalogue.db"
        make_current(path, source)
        broken = gzip.compress(b'{"id": 1, "title": "Alien"}\n{"id": "two"}\n')
        (repeated.folder / "movies.jsonl.gz").write_bytes(broken)
        with pytest.raises(Exception, match=r"movies\.jsonl\.gz line 2"):
            make_current(path, repeated)
        with closing(SqliteCatalogue(path, 10_000)) as store:
            assert set(store.movies([47])) == {47}


class TestElasticIndex:
    def test_the_alias_leads_to_the_newest_data_alone(self, elastic, source, repeated):
        client, alias = elastic("marquee-test-switch")
        assert not is_current(client, alias, stamp_of(source))
        load(client, alias, source)
        assert is_current(client, alias, stamp_of(source))
        load(client, alias, repeated)
        assert is_current(client, alias, stamp_of(repeated))
        store = ElasticCatalogue(client, alias, threading.Event())
        assert set(store.movies([1, 1214])) == {1214}
        assert len(client.indices.get(index=f"{alias}-*").body) == 1

    def test_a_load_that_fails_leaves_the_old_index_and_nothing_else(
        self, elastic, source, monkeypatch
    ):
        client, alias = elastic("marquee-test-broken")
        load(client, alias, source)
        facts = elastic_index._found_by
        wrong = lambda place, movie: {**facts(place, movie), "year": "long ago"}  # noqa: E731
        monkeypatch.setattr(elastic_index, "_found_by", wrong)
        with pytest.raises(BulkIndexError):
            load(client, alias, source)
        assert len(client.indices.get(index=f"{alias}-*").body) == 1
        assert ElasticCatalogue(client, alias, threading.Event()).check() == ""

    def test_it_is_loaded_beside_us_until_it_is_current(self, elastic, source, is_over):
        client, alias = elastic("marquee-test-beside")
        store = ElasticCatalogue(client, alias, is_over)
        with pytest.raises(StoreUnavailable, match="no catalogue at marquee-test-beside yet"):
            store.check()
        with pytest.raises(StoreUnavailable, match="no catalogue at marquee-test-beside yet"):
            store.movies([1])
        keep_loading(client, alias, source, is_over)
        assert store.check() == ""
        keep_loading(client, alias, source, is_over)  # nothing to do: returns at once
        assert len(client.indices.get(index=f"{alias}-*").body) == 1


def test_loading_goes_on_while_the_server_is_away(source, is_over, monkeypatch):
    tries = []

    def load_if_old(client, alias, source) -> None:
        tries.append(alias)
        if len(tries) < 3:
            raise StoreUnavailable("not yet")

    monkeypatch.setattr(elastic_index, "load_if_old", load_if_old)
    monkeypatch.setattr(elastic_index, "RETRY_SECONDS", 0)
    keep_loading(None, "marquee", source, is_over)
    assert tries == ["marquee"] * 3


def test_an_elasticsearch_that_is_not_there_is_unavailable(free_port_without_server, is_over):
    url = f"http://127.0.0.1:{free_port_without_server}"
    with Elasticsearch(url, request_timeout=0.1, max_retries=0) as client:
        store = ElasticCatalogue(client, "marquee", is_over)
        for ask in (
            lambda: store.movies([1]),
            store.tags,
            lambda: store.search_movies("alien", 1),
            lambda: store.popular_movies(Filters(), 1),
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
