"""The training corpus: found, read, written, refused."""

import numpy as np
import polars as pl
import pytest

from model_server.data.corpus import (
    FILE_NAME,
    STARTER,
    Corpus,
    corpus_path,
    load_corpus,
    write_corpus,
)
from model_server.data.errors import DataError


def rows(corpus):
    """The corpus as tuples, with None for a rating that is not known."""
    ratings = [None if np.isnan(value) else float(value) for value in corpus.rating]
    columns = (corpus.person, corpus.movie_id, corpus.timestamp)
    person, movie, time = (column.tolist() for column in columns)
    return list(zip(person, movie, ratings, time, strict=True))


def events(**columns):
    """A table laid out like the joined corpus."""
    return pl.DataFrame(columns).with_columns(
        pl.col("person", "position", "movie_id").cast(pl.Int32), pl.col("rating").cast(pl.Float32)
    )


@pytest.fixture
def joined(tmp_path):
    """A folder with movielens/events.parquet: people 3 and 8, rows out of order."""
    table = events(
        person=[8, 3, 3],
        position=[0, 1, 0],
        movie_id=[50, 70, 60],
        rating=[None, 4.5, 1.0],
        timestamp=[None, 200, 200],
    )
    (tmp_path / "movielens").mkdir()
    table.write_parquet(tmp_path / "movielens" / "events.parquet")
    return tmp_path


def test_people_of_a_release_are_numbered_from_0_and_their_rows_oldest_first(release):
    corpus = load_corpus(release)
    assert corpus.people == 2
    assert rows(corpus) == [
        (0, 2571, 5.0, 1000),
        (0, 4973, 4.0, 2000),
        (1, 838, 2.5, 3000),
        (1, 2571, 0.5, 3000),
    ]


def test_the_joined_corpus_keeps_its_order_and_marks_what_is_not_known(joined):
    corpus = load_corpus(joined)
    assert rows(corpus) == [(0, 60, 1.0, 200), (0, 70, 4.5, 200), (1, 50, None, -1)]
    assert load_corpus(joined / "movielens" / "events.parquet").person.tolist() == [0, 0, 1]


def test_the_columns_have_the_agreed_types(joined):
    corpus = load_corpus(joined)
    kinds = [getattr(corpus, name).dtype for name in Corpus.__slots__]
    assert kinds == [np.int32, np.int32, np.float32, np.int64]


def test_a_corpus_comes_back_as_it_was_written(joined, tmp_path):
    corpus = load_corpus(joined)
    path = write_corpus(corpus, tmp_path / "made")
    assert path.name == FILE_NAME
    assert rows(load_corpus(tmp_path / "made")) == rows(load_corpus(path)) == rows(corpus)


def test_the_corpus_is_the_starters_unless_the_environment_names_another():
    assert corpus_path({}) == corpus_path({"MARQUEE_DATA": ""}) == STARTER / "ml-latest-small"
    assert str(corpus_path({"MARQUEE_DATA": "../data"})) == "../data"


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"rating": [6.0]}, "line 1: needs a person, a movie_id from 1, and a rating of 0.5 to 5"),
        ({"movie_id": [0]}, "line 1: needs a person"),
        ({"person": [None]}, "line 1: needs a person"),
        ({"person": [], "position": [], "movie_id": [], "rating": [], "timestamp": []}, "has no"),
    ],
)
def test_malformed_events_are_refused(tmp_path, columns, problem):
    good = {"person": [1], "position": [0], "movie_id": [5], "rating": [4.0], "timestamp": [9]}
    events(**(good | columns)).write_parquet(tmp_path / "events.parquet")
    with pytest.raises(DataError, match=rf"events\.parquet.*{problem}"):
        load_corpus(tmp_path)


def test_events_without_a_column_are_refused(tmp_path):
    pl.DataFrame({"person": [1], "movie_id": [2]}).write_parquet(tmp_path / "events.parquet")
    with pytest.raises(DataError, match="has no column position, rating, timestamp"):
        load_corpus(tmp_path)


def test_events_of_another_type_are_refused(tmp_path):
    text = pl.DataFrame(
        {"person": [1], "position": [0], "movie_id": [5], "rating": ["good"], "timestamp": [9]}
    )
    text.write_parquet(tmp_path / "events.parquet")
    with pytest.raises(DataError, match=r"events\.parquet: cannot be read as events.*good"):
        load_corpus(tmp_path)


@pytest.mark.parametrize("name", ["events.parquet", FILE_NAME])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"userId,movieId\n1,2\n"])
def test_a_file_of_another_kind_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=name):
        load_corpus(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"person": np.array([0, 2], np.int32)},
        {"person": np.array([1, 1], np.int32)},
        {"person": np.array([0, -1], np.int32)},
        {"rating": np.array([4.0], np.float32)},
        {"movie_id": np.array([5, 6], np.int64)},
        {"timestamp": np.array([], np.int64)},
    ],
)
def test_columns_that_do_not_belong_together_are_refused(tmp_path, change):
    good = {
        "person": np.array([0, 1], np.int32),
        "movie_id": np.array([5, 6], np.int32),
        "rating": np.array([4.0, 1.0], np.float32),
        "timestamp": np.array([9, 9], np.int64),
    }
    np.savez(tmp_path / FILE_NAME, **(good | change))
    with pytest.raises(DataError, match="do not belong together"):
        load_corpus(tmp_path)


def test_a_corpus_without_a_column_is_refused(tmp_path):
    np.savez(tmp_path / FILE_NAME, person=np.array([0], np.int32))
    with pytest.raises(DataError, match="is no corpus file"):
        load_corpus(tmp_path)


def test_a_folder_without_a_corpus_says_what_it_lacks(tmp_path):
    with pytest.raises(DataError, match=r"is no corpus and holds none of corpus\.npz, events"):
        load_corpus(tmp_path)
    with pytest.raises(DataError, match="no such file or folder"):
        load_corpus(tmp_path / "none")
