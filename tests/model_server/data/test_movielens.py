"""Names and links of a release, in both layouts."""

import pytest

from model_server.data.errors import DataError
from model_server.data.movielens import read_links, read_names
from model_server.data.records import Link, Named


def test_names_and_genres_come_from_movies_csv(release):
    assert read_names(release) == {
        2571: Named("Matrix, The (1999)", ("Action", "Sci-Fi")),
        4973: Named("Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)", ("Romance",)),
        838: Named("Emma (1996)", ()),
    }


def test_names_and_genres_come_from_movies_dat_in_latin_1(write):
    path = write("1m/movies.dat", "73::Misérables, Les (1995)::Drama|Musical\n", "latin-1")
    assert read_names(path.parent) == {73: Named("Misérables, Les (1995)", ("Drama", "Musical"))}


def test_imdb_ids_are_written_with_seven_digits_and_may_be_missing(release):
    assert read_links(release) == {
        2571: Link("tt0133093", 603),
        4973: Link("tt0211915", 194),
        838: Link(None, None),
    }


def test_a_release_without_links_has_none(write):
    assert read_links(write("1m/movies.dat", "1::A (1999)::War\n").parent) == {}


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("movies.csv", "movieId,title,genres\nx,A,War\n", "line 2: movieId must be a whole number"),
        ("movies.csv", "movieId,title,genres\n1,A,War\n1,B,War\n", "line 3: repeats movieId 1"),
        ("movies.csv", "movieId,title\n1,A\n", "line 1: has no column genres"),
        ("movies.dat", "1::A::War\n1::B::War\n", "line 2: repeats movieId 1"),
        ("movies.dat", "1::A\n", "line 1: has 2 fields between '::', expected 3"),
        ("movies.dat", "", "is empty"),
    ],
)
def test_malformed_names_are_refused_with_file_and_line(write, name, text, problem):
    path = write(name, text)
    with pytest.raises(DataError) as refused:
        read_names(path.parent)
    assert name in str(refused.value)
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("movieId,imdbId,tmdbId\n1,tt12,5\n", "line 2: imdbId must be a whole number"),
        ("movieId,imdbId,tmdbId\n1,12,5.0\n", "line 2: tmdbId must be a whole number"),
        ("movieId,imdbId,tmdbId\n1,12,5\n1,12,5\n", "line 3: repeats movieId 1"),
        ("movieId,imdbId\n1,12\n", "line 1: has no column tmdbId"),
    ],
)
def test_malformed_links_are_refused_with_file_and_line(write, text, problem):
    path = write("links.csv", text)
    with pytest.raises(DataError, match=problem):
        read_links(path.parent)


def test_a_folder_without_films_says_what_it_lacks(tmp_path):
    with pytest.raises(DataError, match=r"has neither movies\.csv nor movies\.dat"):
        read_names(tmp_path)
