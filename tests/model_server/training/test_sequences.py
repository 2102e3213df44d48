import numpy as np

from model_server.training.sequences import is_like, is_pick, read_sequences
from model_server.vocab import Vocab


def test_a_rating_from_three_and_a_half_is_a_like_and_so_is_an_unknown_one() -> None:
    ratings = np.array([0.5, 2.5, 3.0, 3.5, 5.0, np.nan], dtype=np.float32)
    assert is_like(ratings).tolist() == [False, False, False, True, True, True]


def test_a_rating_of_three_says_nothing() -> None:
    ratings = np.array([2.5, 3.0, 3.5, np.nan], dtype=np.float32)
    assert is_pick(ratings).tolist() == [True, False, True, True]


def test_picks_keep_their_order_and_lose_movies_without_a_row() -> None:
    sequences = read_sequences(
        person=np.array([0, 0, 0, 0, 2], dtype=np.int32),
        movie_id=np.array([30, 10, 99, 20, 10], dtype=np.int32),
        rating=np.array([4.0, 1.0, 5.0, 3.0, 5.0], dtype=np.float32),
        movies=Vocab(np.array([10, 20, 30], dtype=np.int32)),
    )
    # person 0: likes 30 (index 3), dislikes 10 (index 1); 99 has no row and 20 is neutral
    assert sequences.of(0).movies.tolist() == [3, 1]
    assert sequences.of(0).is_liked.tolist() == [True, False]
    assert sequences.of(1).movies.tolist() == []
    assert sequences.of(2).movies.tolist() == [1]
