import numpy as np
import pytest

from model_server.evaluation.splits import split_people


def test_the_groups_share_nobody_and_leave_out_nobody():
    split = split_people(1003)
    everyone = np.concatenate([split.train, split.validation, split.test])
    assert sorted(everyone.tolist()) == list(range(1003))


def test_a_tenth_is_validation_and_a_tenth_is_test():
    split = split_people(1003)
    assert (len(split.train), len(split.validation), len(split.test)) == (803, 100, 100)


def test_equal_seeds_give_equal_splits():
    np.testing.assert_array_equal(split_people(500).test, split_people(500).test)


def test_another_seed_gives_another_split():
    assert split_people(500).test.tolist() != split_people(500, seed=1).test.tolist()


def test_the_split_is_not_in_the_order_of_the_people():
    assert split_people(500).test.tolist() != list(range(50))


def test_fewer_than_ten_people_cannot_be_split():
    with pytest.raises(ValueError, match="at least 10 people, got 9"):
        split_people(9)
