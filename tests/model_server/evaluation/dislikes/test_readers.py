import numpy as np
import pytest

from model_server.engines.base import Event
from model_server.evaluation.dislikes.readers import (
    Reader,
    all_liked,
    as_said,
    likes_alone,
    rank,
    readers_of,
)
from model_server.evaluation.dislikes.targets import Target
from model_server.evaluation.metrics import NO_RANK

SAID = (Event(1, True), Event(2, False))
ALL = np.arange(9) > 0


def target(movie, *picks):
    return Target(0, movie, 5.0, picks, len(picks))


@pytest.mark.parametrize(
    ("read", "heard"),
    [
        (as_said, SAID),
        (likes_alone, (Event(1, True),)),
        (all_liked, (Event(1, True), Event(2, True))),
    ],
)
def test_each_reading_hears_its_own(read, heard):
    assert read(SAID) == heard


# Movies score 8, 7, ... 1; a liked one gives the next index 10 more, a disliked one 10 less.
# Movie 3 has 6 - 10, which 4 to 8 beat; without the dislike, or with a like, nothing beats it.
@pytest.mark.parametrize(("read", "place"), [(as_said, 6), (likes_alone, 1), (all_liked, 1)])
def test_a_reading_decides_the_scores(engine, read, place):
    assert rank(Reader("", engine, read), [target(3, *SAID)], [ALL]).tolist() == [[place]]


# Movie 2 has 7 + 10 and would beat movie 3 if it competed.
def test_what_was_said_does_not_compete_even_where_it_is_not_read(engine):
    ranks = rank(Reader("", engine, lambda events: events[:1]), [target(3, *SAID)], [ALL])
    assert ranks.tolist() == [[1]]


def test_only_the_films_of_a_shelf_compete(engine):
    some = np.isin(np.arange(9), [3, 7, 8])
    ranks = rank(Reader("", engine, as_said), [target(3, *SAID)], [ALL, some])
    assert ranks.tolist() == [[6], [3]]


def test_a_target_without_a_row_is_a_miss(engine):
    assert rank(Reader("", engine, as_said), [target(0, *SAID)], [ALL]) == NO_RANK


def test_every_target_is_ranked_and_reported(engine):
    done = []
    targets = [target(1 + n % 8) for n in range(130)]
    ranks = rank(Reader("", engine, as_said), targets, [ALL], done.append)
    assert ranks.tolist() == [[1 + n % 8 for n in range(130)]]
    assert sum(done) == 130


def test_the_network_is_read_in_three_ways_and_stands_first(engine, make_engine):
    other = make_engine(movies=[1], tags=[1])
    titles = [reader.title for reader in readers_of(engine, [other])]
    assert titles == ["Toy", "Toy, dislikes left out", "Toy, dislikes read as likes", "Toy"]
