"""A corpus of twenty people over the films of `catalogue`, and a film that has no row."""

import numpy as np
import pytest

from model_server.data.corpus import Corpus

WITHOUT_ROW, TWIN_OF_10 = 900, 910
FILMS = ({"id": 10}, {"id": TWIN_OF_10, "same_as": 10})


def corpus_of(*people) -> Corpus:
    """A corpus of people's (movie id, rating) pairs, oldest first."""
    rows = [(person, *pair) for person, pairs in enumerate(people) for pair in pairs]
    person, movie_id, rating = zip(*rows, strict=True)
    return Corpus(
        person=np.array(person, dtype=np.int32),
        movie_id=np.array(movie_id, dtype=np.int32),
        rating=np.array(rating, dtype=np.float32),
        timestamp=np.full(len(rows), -1, dtype=np.int64),
    )


@pytest.fixture
def crowd() -> Corpus:
    """Twenty people who liked 10, 20, 30 or 40, 50, 60 in this order, and disliked the next."""
    return corpus_of(
        *[
            [(10, 5), (20, 4), (40, 1), (30, 5)] if person % 2 else [(40, 5), (50, 4), (60, 5)]
            for person in range(20)
        ]
    )
