import numpy as np

from model_server.engines.base import Event
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import BATCH, rank_targets
from model_server.evaluation.metrics import NO_RANK

# `engine` scores movies 1 to 8 as 8 to 1, plus 10 to the one after each liked movie.


def test_a_target_is_ranked_among_the_films_that_the_session_does_not_hold(engine):
    case = Case(0, (Event(1, True), Event(3, False)), target=5, target_tags=())
    # 1 and 3 are in the session; 2 has 17; 5 has 4, behind 2 and, with -5 after a dislike, not 4
    assert rank_targets(engine, [case]).tolist() == [[2]]


def test_padding_is_no_rival(engine):
    case = Case(0, (), target=1, target_tags=())  # padding scores 100
    assert rank_targets(engine, [case]).tolist() == [[1]]


def test_a_target_without_a_row_has_no_rank(engine):
    case = Case(0, (Event(1, True),), target=0, target_tags=())
    assert rank_targets(engine, [case]).tolist() == [[NO_RANK]]


def test_each_variant_knows_as_many_tags_as_it_says(engine):
    case = Case(0, (), target=1, target_tags=(4, 2))
    rank_targets(engine, [case], known_tags=(0, 1, 2))
    assert [batch[0].liked_tags for batch in engine.batches] == [(), (4,), (4, 2)]


def test_cases_keep_their_order_over_batches(engine):
    targets = [1 + place % 8 for place in range(2 * BATCH + 3)]
    cases = [Case(place, (), target, ()) for place, target in enumerate(targets)]
    done = []
    ranks = rank_targets(engine, cases, progress=done.append)
    assert ranks.tolist() == [targets]  # movie n has rank n
    assert done == [BATCH, BATCH, 3]


def test_a_collapsed_engine_finds_nothing(engine):
    engine.movies = np.zeros(9, dtype=np.float32)
    case = Case(0, (), target=3, target_tags=())
    assert rank_targets(engine, [case]).tolist() == [[8]]
