"""The two files of the catalogue: written, read back, refused."""

import gzip
import json

import pytest

from model_server.data.catalogue import (
    GENRES,
    MOVIES,
    TAGS,
    Catalogue,
    read_catalogue,
    write_catalogue,
)
from model_server.data.errors import DataError
from model_server.data.files import write_gzip_lines
from model_server.data.records import Film, Tag

AMELIE = Film(
    id=1,
    title="Amélie",
    titles=("기생충",),
    year=2001,
    runtime=122,
    genres=("Comedy",),
    tags=(1001,),
    rating=8.3,
    votes=836809,
    ratings=1295,
    imdb_id="tt0211915",
    tmdb_id=194,
    directors=("Jean-Pierre Jeunet",),
    cast=("Audrey Tautou",),
    language="fr",
    poster="/p.jpg",
    backdrop="/b.jpg",
    trailer="HUECWi5pX7o",
)
WHOLE = Catalogue(
    films=(AMELIE, Film(2, "B", same_as=1)),
    tags=(Tag(1, "Action", "genre", 0), Tag(1001, "paris", "keyword", 1)),
)


def test_a_catalogue_comes_back_as_it_was_written(tmp_path):
    write_catalogue(WHOLE, tmp_path)
    assert read_catalogue(tmp_path) == WHOLE


def test_a_film_is_one_line_of_json_with_the_agreed_fields(tmp_path):
    write_catalogue(WHOLE, tmp_path)
    first, second = gzip.decompress((tmp_path / MOVIES).read_bytes()).decode().splitlines()
    assert json.loads(first) == {
        "id": 1, "title": "Amélie", "titles": ["기생충"], "year": 2001, "runtime": 122,
        "genres": ["Comedy"], "tags": [1001], "rating": 8.3, "votes": 836809, "ratings": 1295,
        "imdb_id": "tt0211915", "tmdb_id": 194, "directors": ["Jean-Pierre Jeunet"],
        "cast": ["Audrey Tautou"], "language": "fr", "poster": "/p.jpg", "backdrop": "/b.jpg",
        "trailer": "HUECWi5pX7o",
    }  # fmt: skip
    assert "Amélie" in first
    assert json.loads(second)["same_as"] == 1


def test_writing_twice_gives_equal_bytes(tmp_path):
    for folder in ("one", "two"):
        write_catalogue(WHOLE, tmp_path / folder)
    for name in (MOVIES, TAGS):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["{"], "line 1: is no film"),
        (['{"id":1}'], "line 1: is no film: Object missing required field `title`"),
        (['{"id":1,"title":"A"}', '{"id":1,"title":"A"}'], "line 2: id 1 must be above 1"),
        (['{"id":1,"title":"A","year":"1999"}'], r"line 1: is no film: Expected `int \| null`"),
        ([], "is empty"),
    ],
)
def test_a_malformed_line_is_refused_with_file_and_number(tmp_path, lines, problem):
    write_catalogue(WHOLE, tmp_path)
    write_gzip_lines(tmp_path / MOVIES, lines)
    with pytest.raises(DataError, match=rf"movies\.jsonl\.gz.*{problem}"):
        read_catalogue(tmp_path)


def test_a_folder_without_a_catalogue_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"movies\.jsonl\.gz: no such file"):
        read_catalogue(tmp_path)


def test_genres_stand_by_the_alphabet_so_that_an_id_never_changes():
    assert list(GENRES) == sorted(GENRES)
    assert (len(GENRES), GENRES[0], GENRES[18]) == (19, "Action", "Western")
