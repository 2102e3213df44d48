import polars as pl
import pytest

from model_server.data.errors import DataError
from model_server.evaluation.movielens_1m.times import read_events


def times_of(path, user):
    events = read_events(path)
    return events.filter(pl.col("user_id") == user)["time"].to_list()


def test_a_known_time_stays(events_file):
    assert times_of(events_file((1, 10, 100), (1, 20, 300)), 1) == [100, 300]


def test_an_unknown_time_is_that_of_the_last_known_one_before_it(events_file):
    path = events_file(
        (1, 10, 100), (1, 20, None, 100, 300), (1, 30, 300), (1, 40, None, 300, None)
    )
    assert times_of(path, 1) == [100, 100, 300, 300]


def test_before_the_first_known_time_it_is_that_one(events_file):
    assert times_of(events_file((1, 10, None, None, 300), (1, 20, 300)), 1) == [300, 300]


def test_a_person_without_times_begins_like_the_people_nearest_by_id(events_file, monkeypatch):
    monkeypatch.setattr("model_server.evaluation.movielens_1m.times.NEIGHBOURS", 3)
    others = [(user, 10, 100 * user) for user in (1, 4, 6, 7, 9)]
    path = events_file(*others, (5, 10, None, None, None), (5, 20, None, None, None))
    # nearest to 5 by id: 4, 6, 7, which begin at 400, 600, 700
    assert times_of(path, 5) == [600, 600]


def test_events_come_by_user_and_position(events_file):
    path = events_file((2, 10, 100), (1, 20, 100), (2, 30, 200))
    pl.read_parquet(path).reverse().write_parquet(path)
    assert read_events(path)["movie_id"].to_list() == [20, 10, 30]


def test_times_that_fall_are_refused(events_file):
    with pytest.raises(DataError, match="times of user 3 do not follow position"):
        read_events(events_file((3, 10, 200), (3, 20, 100)))


def test_a_file_without_any_time_is_refused(events_file):
    with pytest.raises(DataError, match="needs a timestamp, all are null"):
        read_events(events_file((1, 10, None, None, None)))


def test_a_file_without_events_is_refused(events_file):
    with pytest.raises(DataError, match="has no events"):
        read_events(events_file())


def test_a_missing_column_is_named(events_file):
    path = events_file((1, 10, 100))
    pl.read_parquet(path).drop("timestamp_low", "movie_id").write_parquet(path)
    with pytest.raises(DataError, match="has no column movie_id, timestamp_low"):
        read_events(path)


@pytest.mark.parametrize("column", ["user_id", "position", "movie_id"])
def test_an_event_that_lacks_something_is_named_by_its_row(events_file, column):
    path = events_file((1, 10, 100), (1, 20, 100))
    events = pl.read_parquet(path)
    first = pl.when(pl.int_range(pl.len()) == 0).then(pl.col(column))
    events.with_columns(first.alias(column)).write_parquet(path)
    with pytest.raises(DataError, match="line 2: needs a user, a position and a movie_id from 1"):
        read_events(path)


def test_a_movie_rated_twice_is_refused(events_file):
    with pytest.raises(DataError, match="line 3: has movie_id 10 of user 1 again"):
        read_events(events_file((1, 10, 100), (2, 10, 100), (1, 10, 200)))


def test_a_position_that_comes_twice_is_refused(events_file):
    with pytest.raises(DataError, match="line 2: has position 0 of user 1 again"):
        read_events(events_file((1, 10, 100), (1, 20, 100), position=0))


def test_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "events.parquet"
    path.write_text("no table")
    with pytest.raises(DataError, match="cannot be read as events"):
        read_events(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"events\.parquet: no such file"):
        read_events(tmp_path / "events.parquet")
