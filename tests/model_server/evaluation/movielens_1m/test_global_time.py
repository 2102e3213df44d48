import pytest

from model_server.data.errors import DataError
from model_server.evaluation.movielens_1m.global_time import read_file


def asked(protocol, cases):
    movies = protocol.movies
    return [(movies.public(c.earlier).tolist(), int(movies.public([c.target])[0])) for c in cases]


@pytest.fixture
def protocol(events_file):
    """Twenty ratings a second apart, most by user 1: test begins at 18, validation at 16."""
    movies = {time: 100 + time for time in range(20)}
    users = {15: 2, 17: 2, 18: 2, 19: 3}
    return read_file(
        events_file(*[(users.get(time, 1), movie, time) for time, movie in movies.items()])
    )


def test_the_last_tenth_is_test_and_the_tenth_of_the_rest_before_it_validation(protocol):
    # 20 ratings: the last 2; of the 18 others int(.9 x 18) = 16 are before the cut, the last 2 not
    assert asked(protocol, protocol.test) == [([115, 117], 118), ([], 119)]
    assert asked(protocol, protocol.validation) == [([*range(100, 115)], 116), ([115], 117)]


def test_training_is_strictly_before_validation_and_the_final_one_before_test(protocol):
    movies = protocol.movies
    train = [movies.public(sequence).tolist() for sequence in protocol.train]
    final = [movies.public(sequence).tolist() for sequence in protocol.final]
    assert train == [[*range(100, 115)], [115]]
    assert final == [[*range(100, 115), 116], [115, 117]]


def test_a_movie_never_seen_in_training_is_ranked_and_counts(protocol):
    assert protocol.movies.index(119)
    assert len(protocol.movies) == 20
    assert [case.target for case in protocol.test] == [
        protocol.movies.index(118),
        protocol.movies.index(119),
    ]


def test_a_targets_history_grows_through_the_test_period(events_file):
    rows = [(1, movie, movie) for movie in range(1, 28)] + [(2, 50, 28), (2, 51, 29), (2, 52, 30)]
    protocol = read_file(events_file(*rows))
    assert asked(protocol, protocol.test) == [([], 50), ([50], 51), ([50, 51], 52)]


def test_ratings_of_one_second_are_never_torn_apart(events_file):
    # int(.9 x 10) = 9 would stand alone, but 7, 8 and 9 share their second
    rows = [(1, movie, min(movie, 7)) for movie in range(1, 11)]
    protocol = read_file(events_file(*rows))
    assert [target for _, target in asked(protocol, protocol.test)] == [7, 8, 9, 10]


def test_a_person_with_one_rating_is_learnt_from_or_asked(events_file):
    rows = [(user, 1, user) for user in range(1, 21)]
    protocol = read_file(events_file(*rows))
    assert (len(protocol.final), len(protocol.test)) == (18, 2)
    assert all(len(case.earlier) == 0 for case in protocol.test)


def test_ratings_that_share_one_second_cannot_be_cut(events_file):
    with pytest.raises(DataError, match="cannot be cut by time: none is before 5"):
        read_file(events_file((1, 10, 5), (1, 20, 5), (2, 10, 5)))


def test_ratings_that_may_belong_to_the_test_period_are_counted(events_file):
    rows = [(1, movie, movie) for movie in range(1, 19)] + [(3, 1, 19), (3, 2, 20)]
    unknown = [(2, 1, 1), (2, 2, None, 1, 30), (2, 3, None, 1, None), (4, 1, None, None, 2)]
    protocol = read_file(events_file(*rows, *unknown, (4, 2, 2)))
    # the last 10 % of 25 begin at 18: a bracket of 1 to 30 and an open one span it, not one up to 2
    assert "the time of 3 of 25 ratings" in protocol.remarks[0]
    assert "so that 2 count as before the test period" in protocol.remarks[0]
