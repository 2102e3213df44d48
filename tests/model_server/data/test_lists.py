"""TMDB's keyword file and the YouTube trailer file."""

import pytest

from model_server.data.errors import DataError
from model_server.data.lists import read_keywords, read_trailers
from model_server.data.records import Named


def test_keywords_are_read_from_a_python_list(write):
    path = write(
        "keywords.csv",
        "id,keywords\n"
        "862,\"[{'id': 931, 'name': 'jealousy'}, {'id': 5, 'name': \"\"children's book\"\"}]\"\n"
        "9,[]\n",
    )
    assert read_keywords(path) == {
        862: frozenset({"jealousy", "children's book"}),
        9: frozenset(),
    }


def test_a_film_that_stands_there_twice_has_the_keywords_of_both_rows(write):
    path = write(
        "keywords.csv", "id,keywords\n1,\"[{'id':1,'name':'a'}]\"\n1,\"[{'id':2,'name':'b'}]\"\n"
    )
    assert read_keywords(path) == {1: frozenset({"a", "b"})}


@pytest.mark.parametrize(
    "text",
    ["", "nan", "[{'id': 1}]", "[1, 2]", "[{'id': 1, 'name': 'a'}", "__import__('os')", "(" * 999],
)
def test_keywords_that_are_no_such_list_are_refused(write, text):
    path = write("keywords.csv", f'id,keywords\n1,[]\n2,"{text}"\n')
    with pytest.raises(DataError, match=r"keywords\.csv, line 3: keywords must be a list like"):
        read_keywords(path)


def test_trailers_come_with_the_names_of_their_films(write):
    path = write("ml-youtube.csv", "youtubeId,movieId,title\nK26_sDKnvMU,1,Toy Story (1995)\n")
    assert read_trailers(path) == ({1: "K26_sDKnvMU"}, {1: Named("Toy Story (1995)")})


def test_an_id_that_a_spreadsheet_lost_is_no_trailer(write):
    path = write("ml-youtube.csv", "youtubeId,movieId,title\n#NAME?,1,Bean (1997)\n")
    assert read_trailers(path) == ({}, {1: Named("Bean (1997)")})


def test_an_id_with_a_slash_behind_is_read_without_it(write):
    path = write("ml-youtube.csv", "youtubeId,movieId,title\nXEH06oFfJSY/,1,A (1997)\n")
    assert read_trailers(path)[0] == {1: "XEH06oFfJSY"}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("K26_sDKnvM,1,A", "youtubeId must be 11 letters, digits, - or _, got 'K26_sDKnvM'"),
        ("K26 sDKnvMU,1,A", "youtubeId must be 11 letters"),
        ("K26_sDKnvMU,one,A", "movieId must be a whole number"),
        ("K26_sDKnvMU,7,A", "repeats movieId 7"),
    ],
)
def test_a_malformed_trailer_is_refused_with_file_and_line(write, row, problem):
    path = write("ml-youtube.csv", f"youtubeId,movieId,title\nK26_sDKnvMU,7,B\n{row}\n")
    with pytest.raises(DataError) as refused:
        read_trailers(path)
    assert str(refused.value).startswith(f"{path}, line 3: {problem}")
