import numpy as np
import pytest

from model_server.config import ConfigError
from model_server.evaluation.movielens_1m.protocol import (
    MAX_HISTORY,
    Case,
    Person,
    build_protocol,
    data_folder,
)


def person(*movie_ids, validation, test, final):
    return Person(np.array(movie_ids, dtype=np.int32), validation, test, final)


def in_ids(protocol, sequences):
    return [protocol.movies.public(sequence).tolist() for sequence in sequences]


def asked(protocol, cases):
    return [
        (case.person, protocol.movies.public(case.earlier).tolist(), _id(protocol, case.target))
        for case in cases
    ]


def _id(protocol, index):
    return int(protocol.movies.public([index])[0])


@pytest.fixture
def protocol():
    return build_protocol(
        "toy",
        [
            person(30, 10, 20, 40, 50, validation=2, test=4, final=4),
            person(10, 30, validation=2, test=2, final=2),
            person(60, 30, validation=0, test=0, final=0),
            person(30, 70, validation=1, test=1, final=1),
        ],
    )


def test_what_is_before_the_validation_cut_is_learnt_from_oldest_first(protocol):
    assert in_ids(protocol, protocol.train) == [[30, 10], [10, 30], [30]]


def test_a_finished_model_learns_from_all_before_the_final_cut(protocol):
    assert in_ids(protocol, protocol.final) == [[30, 10, 20, 40], [10, 30], [30]]


def test_each_later_movie_is_a_target_with_all_that_came_before_it(protocol):
    assert asked(protocol, protocol.validation) == [(0, [30, 10], 20), (0, [30, 10, 20], 40)]
    assert asked(protocol, protocol.test) == [
        (0, [30, 10, 20, 40], 50),
        (2, [], 60),
        (2, [60], 30),
        (3, [30], 70),
    ]


def test_movies_stand_by_their_count_in_training_and_then_by_id(protocol):
    # 30: 3 times, 10: twice, the others are never learnt from
    assert protocol.movies.ids.tolist() == [30, 10, 20, 40, 50, 60, 70]


def test_no_validation_target_is_in_its_persons_training(protocol):
    for case in protocol.validation:
        assert case.target not in protocol.train[case.person]


def test_a_split_is_found_by_name(protocol):
    assert protocol.cases("test") is protocol.test
    assert protocol.cases("validation") is protocol.validation


def test_a_model_reads_the_newest_of_a_long_history_oldest_first():
    case = Case(0, np.arange(1, MAX_HISTORY + 6, dtype=np.int32), 900)
    assert case.history.tolist() == list(range(6, MAX_HISTORY + 6))


def test_the_folder_is_under_the_data():
    assert data_folder({"MARQUEE_DATA": "there"}).as_posix() == "there/movielens/ml-1m"


@pytest.mark.parametrize("environ", [{}, {"MARQUEE_DATA": ""}])
def test_without_data_the_variable_is_named(environ):
    with pytest.raises(ConfigError, match="MARQUEE_DATA"):
        data_folder(environ)
