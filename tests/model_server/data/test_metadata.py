"""The metadata table: read, checked, and cleaned of values that cannot be meant."""

import polars as pl
import pytest

from model_server.data.errors import DataError
from model_server.data.metadata import clean, read_metadata
from model_server.data.records import Facts, Named

MATRIX = {
    "movie_id": 2571,
    "title": "Matrix, The (1999)",
    "genres": ["Action", "Sci-Fi"],
    "tmdb_id": 603,
    "imdb_id": "tt0133093",
    "imdb_rating": 8.7,
    "imdb_votes": 2_233_671,
    "original_title": "The Matrix",
    "original_language": "en",
    "release_date": "1999-03-31",
    "runtime": 136,
    "poster_path": "/f89U3ADr1oiB1s9GkdPOEpXUk5H.jpg",
    "backdrop_path": "/oMsxZEvz9a708d49b6UdZK1KAo5.jpg",
    "keywords": ["hacker"],
    "directors": ['{9340,"Lana Wachowski"}'],
    "cast": ["Keanu Reeves"],
    "youtube_id": "S6EnMVtaC3A",
}


def test_a_row_is_read_into_names_and_facts(metadata_table):
    named, facts = read_metadata(metadata_table(MATRIX))
    assert named == {2571: Named("Matrix, The (1999)", ("Action", "Sci-Fi"))}
    assert facts == {
        2571: Facts(
            imdb_id="tt0133093",
            tmdb_id=603,
            rating=8.7,
            votes=2_233_671,
            original_title="The Matrix",
            language="en",
            release_date="1999-03-31",
            runtime=136,
            poster="/f89U3ADr1oiB1s9GkdPOEpXUk5H.jpg",
            backdrop="/oMsxZEvz9a708d49b6UdZK1KAo5.jpg",
            keywords=("hacker",),
            directors=("Lana Wachowski",),
            cast=("Keanu Reeves",),
            trailer="S6EnMVtaC3A",
        )
    }


def test_a_row_may_know_nothing_but_the_name(metadata_table):
    named, facts = read_metadata(
        metadata_table({"movie_id": 1, "title": "A", "genres": ["(no genres listed)"]})
    )
    assert (named, facts) == ({1: Named("A", ())}, {1: Facts()})


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("runtime", 0, None),
        ("runtime", -5, None),
        ("trailer", "#NAME?", None),
        ("imdb_id", "0133093", None),
        ("imdb_id", "tt13234058", "tt13234058"),
        ("poster", "http://x/y.jpg", None),
        ("poster", "/../etc/passwd", None),
        ("language", "Japanese", "ja"),
        ("language", "cn", "zh"),
        ("language", "Klingon", None),
        ("release_date", "soon", None),
        ("release_date", "2004", "2004"),
        ("directors", ('{2419,"Jean-Pierre Jeunet"}',), ("Jean-Pierre Jeunet",)),
        ("directors", ("{5,Cher}",), ("Cher",)),
        ("cast", ('Timothy "Speed" Levitch',), ('Timothy "Speed" Levitch',)),
    ],
)
def test_values_that_cannot_be_meant_are_taken_away(column, value, kept):
    assert getattr(clean(Facts(**{column: value})), column) == kept


@pytest.mark.parametrize(
    ("rating", "votes"), [(None, 10), (8.0, None), (8.0, 0), (0.0, 10), (11.0, 10), (-1.0, 10)]
)
def test_a_rating_without_votes_or_out_of_range_is_none(rating, votes):
    facts = clean(Facts(rating=rating, votes=votes))
    assert (facts.rating, facts.votes) == (None, None)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([MATRIX, MATRIX], "line 2: repeats movie_id 2571"),
        ([MATRIX, MATRIX | {"movie_id": None}], "line 2: needs a movie_id from 1 and a title"),
        ([MATRIX | {"movie_id": 0}], "line 1: needs a movie_id from 1 and a title, got 0"),
        ([MATRIX | {"title": None}], "line 1: needs a movie_id from 1 and a title"),
        ([], "has no rows"),
    ],
)
def test_a_malformed_row_is_refused_with_its_number(metadata_table, rows, problem):
    with pytest.raises(DataError, match=rf"movies\.parquet.*{problem}"):
        read_metadata(metadata_table(*rows))


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "m.parquet"
    pl.DataFrame({"movie_id": [1], "title": ["A"]}).write_parquet(path)
    with pytest.raises(DataError, match=r"m\.parquet: has no column genres, tmdb_id, imdb_id"):
        read_metadata(path)


def test_a_column_of_another_type_is_refused(metadata_table):
    path = metadata_table(MATRIX)
    pl.read_parquet(path).with_columns(runtime=pl.lit("two hours")).write_parquet(path)
    with pytest.raises(DataError, match=r"cannot be read as the metadata table.*two hours"):
        read_metadata(path)


@pytest.mark.parametrize("content", [b"", b"movie_id,title\n1,A\n"])
def test_what_is_no_parquet_is_refused(tmp_path, content):
    path = tmp_path / "m.parquet"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"m\.parquet: cannot be read as the metadata table"):
        read_metadata(path)


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"none\.parquet: cannot be read as the metadata table"):
        read_metadata(tmp_path / "none.parquet")
