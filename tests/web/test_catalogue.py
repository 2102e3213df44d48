"""The catalogue as files, and the command that fills the stores from them."""

from contextlib import closing
from threading import Event

import pytest

from tests.web.films import FILMS, movie_line, tag_lines, write_lines
from web.catalogue.__main__ import main
from web.catalogue.people import people_of
from web.catalogue.source import Source, SourceError, by_fame
from web.config import Config
from web.domain import Movie, Person
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.opening import elastic_client


@pytest.fixture
def folder(tmp_path):
    write_lines(tmp_path / "movies.jsonl.gz", [movie_line(film) for film in FILMS])
    write_lines(tmp_path / "tags.jsonl.gz", tag_lines())
    return tmp_path


def test_films_come_the_most_rated_first(folder):
    movies = list(Source(folder).movies())
    assert [movie.id for movie in movies[:3]] == [260, 2571, 1]
    assert movies[1].tags == (1, 8, 1001, 1005)  # Action, Sci-Fi, then its keywords


def test_tags_come_the_most_used_first(folder):
    assert [tag.name for tag in Source(folder).tags()[:2]] == ["Sci-Fi", "space"]


def test_the_fingerprint_changes_with_the_files_alone(folder):
    before = Source(folder).fingerprint
    assert Source(folder).fingerprint == before
    write_lines(folder / "tags.jsonl.gz", tag_lines()[1:])
    assert Source(folder).fingerprint != before


def test_films_that_repeat_no_other_come_the_best_known_first():
    films = [
        Movie(1, "One", ratings=5),
        Movie(2, "Two", ratings=2, votes=1_200),  # its votes weigh as four ratings
        Movie(3, "Three", ratings=5),
        Movie(4, "One again", ratings=9, same_as=1),
    ]
    assert [film.id for film in by_fame(films)] == [2, 1, 3]


def test_people_are_gathered_from_films_with_what_they_did():
    films = [
        Movie(1, "Unforgiven", directors=("Clint Eastwood",), cast=("Clint Eastwood",), ratings=9),
        Movie(2, "Heat", directors=("Michael Mann",), cast=("Al Pacino", "!"), ratings=8),
        Movie(3, "Insider, The", directors=("Michael Mann",), cast=("AL PACINO",), ratings=4),
    ]
    assert people_of(films) == [
        Person(1, "Al Pacino", ("cast",), (2, 3), 12),  # in the spelling of the best known film
        Person(2, "Michael Mann", ("director",), (2, 3), 12),
        Person(3, "Clint Eastwood", ("director", "cast"), (1,), 9),
    ]


def test_fields_that_we_do_not_know_are_passed_over(folder):
    write_lines(folder / "movies.jsonl.gz", [{**movie_line(FILMS[0]), "mood": "merry"}])
    assert [movie.title for movie in Source(folder).movies()] == ["Toy Story"]


@pytest.mark.parametrize("name", ["movies.jsonl.gz", "tags.jsonl.gz"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(SourceError, match=f"the catalogue needs .*{name}: No such file"):
        list(Source(folder).movies())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([{"id": 1, "title": "Alien"}, {"id": "two", "title": "Aliens"}], "line 2: Expected `int`"),
        ([{"title": "Alien"}], "line 1: Object missing required field `id`"),
        ([{"id": 1, "title": "Alien", "year": "1979"}], "line 1: Expected `int | null`"),
    ],
)
def test_a_malformed_line_is_named(folder, lines, said):
    write_lines(folder / "movies.jsonl.gz", lines)
    with pytest.raises(SourceError) as caught:
        list(Source(folder).movies())
    assert f"movies.jsonl.gz {said}" in str(caught.value)


@pytest.mark.parametrize("cut", [0, 20, -4])
def test_a_file_that_is_cut_off_is_named(folder, cut):
    whole = (folder / "movies.jsonl.gz").read_bytes()
    (folder / "movies.jsonl.gz").write_bytes(whole[:cut] if cut else b"plain text")
    with pytest.raises(SourceError, match=r"movies\.jsonl\.gz must be a whole gzip file"):
        list(Source(folder).movies())


@pytest.fixture
def load(folder):
    """Run the command as a user would; gives what it prints."""

    def load(**environ: str) -> str:
        own = {"STATE_DIR": str(folder / "var"), "CATALOGUE_DIR": str(folder), **environ}
        return main(["load"], own)

    return load


def test_the_command_makes_the_file(folder, load):
    assert load() == f"{folder}/var/catalogue.db is current"
    assert (folder / "var" / "catalogue.db").exists()


def test_the_command_says_in_one_line_what_is_missing(folder, load):
    (folder / "tags.jsonl.gz").unlink()
    with pytest.raises(SystemExit) as caught:
        load()
    assert caught.value.code == (
        f"the catalogue needs {folder}/tags.jsonl.gz: No such file or directory"
    )


def test_the_command_says_which_variable_is_wrong(load):
    with pytest.raises(SystemExit, match="CATALOGUE_URL must begin with"):
        load(CATALOGUE_URL="mysql://x")


def test_the_command_says_that_elasticsearch_does_not_answer(
    folder, load, free_port_without_server
):
    with pytest.raises(SystemExit, match="Elasticsearch could not be loaded"):
        load(CATALOGUE_URL=f"elasticsearch://127.0.0.1:{free_port_without_server}")
    assert (folder / "var" / "catalogue.db").exists()  # the stand-in is made all the same


def test_the_command_loads_elasticsearch(load, elasticsearch_url):
    url = f"{elasticsearch_url}/?index=marquee-test-command"
    config = Config(catalogue_url=url, store_timeout_ms=10_000)
    client, alias = elastic_client(config)
    with closing(ElasticCatalogue(client, alias, Event())) as store:
        assert load(CATALOGUE_URL=url) == "marquee-test-command in Elasticsearch is current"
        assert set(store.movies([1])) == {1}
        for index in client.indices.get(index=f"{alias}-*").body:
            client.indices.delete(index=index)
