import polars as pl
import pytest

from model_server.data.corpus import load_corpus
from model_server.data.errors import DataError
from model_server.evaluation.dislikes.rated import _read_is_source, read_ratings
from tests.model_server.evaluation.conftest import FILMS, TWIN_OF_10, WITHOUT_ROW


@pytest.fixture
def ratings_of(tmp_path, catalogue):
    """The ratings of people's (movie id, stars, source) rows, oldest first."""

    def build(*people, columns=("source",)):
        rows = [
            (person, position, movie, stars, None, source)
            for person, said in enumerate(people)
            for position, (movie, stars, source) in enumerate(said)
        ]
        names = ["person", "position", "movie_id", "rating", "timestamp", "source"]
        table = pl.DataFrame(rows, schema=names, orient="row")
        table.select([*names[:5], *columns]).write_parquet(tmp_path / "events.parquet")
        return read_ratings(tmp_path, catalogue.movies, FILMS)

    return build


def test_only_people_of_the_source_whose_ratings_are_all_known_are_asked(ratings_of):
    known = [(10, 5.0, "1m"), (20, 1.0, "1m")]
    unknown = [(10, 5.0, "1m"), (20, None, "1m")]
    mixed = [(10, 5.0, "1m"), (20, 1.0, "small")]
    ratings = ratings_of(known, unknown, mixed)
    assert [one.person for one in ratings.known([0, 1, 2])] == [0]


def test_nobody_is_asked_who_was_not_chosen(ratings_of):
    ratings = ratings_of([(10, 5.0, "1m")], [(20, 1.0, "1m")])
    (one,) = ratings.known([1])
    assert (one.person, one.movies.tolist(), one.stars.tolist()) == (1, [2], [1.0])


def test_a_corpus_without_sources_counts_whole(ratings_of):
    ratings = ratings_of([(10, 5.0, "x")], [(20, None, "x")], columns=())
    assert ratings.is_any
    assert [one.person for one in ratings.known([0, 1])] == [0]


def test_a_film_under_two_ids_keeps_its_first_rating(ratings_of):
    ratings = ratings_of([(10, 5.0, "1m"), (20, 4.0, "1m"), (TWIN_OF_10, 1.0, "1m")])
    (one,) = ratings.known([0])
    assert (one.movies.tolist(), one.stars.tolist()) == ([1, 2], [5.0, 4.0])


def test_films_without_a_row_are_kept_as_padding(ratings_of):
    ratings = ratings_of([(WITHOUT_ROW, 5.0, "1m"), (10, 4.0, "1m"), (WITHOUT_ROW + 1, 1.0, "1m")])
    (one,) = ratings.known([0])
    assert one.movies.tolist() == [0, 1, 0]


def test_the_films_are_those_that_the_source_rates(ratings_of):
    ratings = ratings_of([(30, 5.0, "1m"), (20, 5.0, "small")], [(WITHOUT_ROW, 5.0, "1m")])
    assert ratings.films(movies=4).tolist() == [False, False, False, True, False]


def test_sources_of_another_corpus_are_refused(ratings_of, tmp_path):
    ratings_of([(10, 5.0, "1m"), (20, 5.0, "1m")])
    corpus = load_corpus(tmp_path)
    ratings_of([(10, 5.0, "1m")])
    with pytest.raises(DataError, match="has 1 ratings, the corpus beside it 2"):
        _read_is_source(tmp_path, corpus)
