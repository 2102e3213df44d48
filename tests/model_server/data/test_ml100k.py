"""MovieLens 100K under the common movie ids."""

import logging

import pytest

from model_server.data.errors import DataError
from model_server.data.ml100k import with_movielens_ids
from model_server.data.ratings import read_ratings
from model_server.data.records import Film

CATALOGUE = (
    Film(10, "GoldenEye", (), 1995),
    Film(588, "Aladdin", (), 1992, ratings=3300),
    Film(114240, "Aladdin", (), 1992, ratings=1),
    Film(232, "Eat Drink Man Woman", ("Yin shi nan nu",), 1994),
    Film(2571, "The Matrix", ("Matrix, The",), 1999),
)


@pytest.fixture
def folder(write):
    """A folder like ml-100k whose films are those titles, numbered from 1."""

    def made(*titles, ratings="1\t1\t5\t100\n"):
        lines = [
            f"{n}|{title}|01-Jan-1995||http://x{'|0' * 19}" for n, title in enumerate(titles, 1)
        ]
        write("ml-100k/u.item", "\n".join(lines) + "\n", "latin-1")
        return write("ml-100k/u.data", ratings).parent

    return made


def movies(folder):
    table = with_movielens_ids(read_ratings(folder), folder, CATALOGUE)
    return table["movie_id"].to_list()


@pytest.mark.parametrize(
    ("title", "movie_id"),
    [
        ("GoldenEye (1995)", 10),
        ("Matrix, The (1999)", 2571),
        ("Yin shi nan nu (1994)", 232),
        ("GoldenEye (1996)", 10),  # a year beside
        ("Aladdin (1992)", 588),  # the one that most people rated
    ],
)
def test_a_film_is_found_by_a_name_and_the_year(folder, title, movie_id):
    assert movies(folder(title)) == [movie_id]


def test_ratings_of_a_film_that_is_not_found_are_left_out_and_said(folder, caplog):
    made = folder("unknown", "GoldenEye (1995)", "GoldenEye (1998)",
                  ratings="1\t1\t5\t1\n1\t2\t4\t2\n1\t3\t4\t3\n")  # fmt: skip
    with caplog.at_level(logging.WARNING):
        assert movies(made) == [10]
    assert "2 films are not found: unknown; GoldenEye" in caplog.text


def test_a_film_that_it_lists_twice_is_rated_once(folder):
    made = folder("GoldenEye (1995)", "Goldeneye (1995)", ratings="1\t1\t5\t1\n1\t2\t3\t2\n")
    assert movies(made) == [10]


def test_a_malformed_title_list_is_refused_with_its_line(folder):
    made = folder("GoldenEye (1995)")
    with (made / "u.item").open("a") as file:
        file.write("2|Cut off\n")
    with pytest.raises(DataError, match=r"u\.item, line 2: has 2 fields between '\|', expected 24"):
        movies(made)
