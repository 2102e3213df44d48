import numpy as np
import pytest

from model_server.vocab import PADDING, Vocab


@pytest.fixture
def vocab() -> Vocab:
    return Vocab(np.array([30, 10, 20], dtype=np.int32))


def test_indexes_start_at_one(vocab: Vocab) -> None:
    assert [vocab.index(movie_id) for movie_id in (30, 10, 20)] == [1, 2, 3]


def test_an_id_without_a_row_has_the_padding_index(vocab: Vocab) -> None:
    assert vocab.index(99) == PADDING


def test_known_leaves_out_ids_without_a_row(vocab: Vocab) -> None:
    assert vocab.known([20, 99, 30]) == [3, 1]


def test_public_ids_come_back(vocab: Vocab) -> None:
    assert vocab.public([3, 1]).tolist() == [20, 30]


@pytest.mark.parametrize(
    ("ids", "message"), [([0, 1], "must be positive, got 0"), ([5, 5], "must be distinct, got 1")]
)
def test_bad_ids_are_refused(ids: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Vocab(np.array(ids, dtype=np.int32))


def test_the_order_of_ids_is_part_of_the_fingerprint(vocab: Vocab) -> None:
    other = Vocab(np.array([10, 30, 20], dtype=np.int32))
    assert vocab.fingerprint != other.fingerprint
