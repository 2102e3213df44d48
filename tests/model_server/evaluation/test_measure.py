import numpy as np

from model_server.engines.base import Event
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import BATCH, WHOLE, Variant, batches, rank_targets
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
    rank_targets(engine, [case], [Variant("", known_tags=count) for count in (0, 1, 2)])
    assert [batch[0].liked_tags for batch in engine.batches] == [(), (4,), (4, 2)]


def test_cases_keep_their_order_over_batches(engine):
    targets = [1 + place % 8 for place in range(2 * BATCH + 3)]
    cases = [Case(place, (), target, ()) for place, target in enumerate(targets)]
    done = []
    ranks = rank_targets(engine, cases, progress=done.append)
    assert ranks.tolist() == [targets]  # movie n has rank n
    assert done == [BATCH, BATCH, 3]


def test_a_variant_of_few_likes_is_told_the_newest_alone(engine):
    events = (Event(1, True), Event(2, False), Event(3, True), Event(4, True), Event(5, False))
    case = Case(0, events, target=7, target_tags=(4,))
    rank_targets(engine, [case], [WHOLE, Variant("", likes_only=1), Variant("", likes_only=2)])
    told = [batch[0] for batch in engine.batches]
    assert [query.events for query in told] == [events, events[3:4], events[2:4]]
    assert {query.liked_tags for query in told} == {()}


def test_a_session_of_few_likes_holds_what_likes_there_are(engine):
    case = Case(0, (Event(2, False), Event(3, True)), target=7, target_tags=())
    rank_targets(engine, [case], [Variant("", likes_only=2)])
    assert engine.batches[0][0].events == (Event(3, True),)


def test_films_that_a_variant_does_not_tell_of_are_rivals(engine):
    case = Case(0, (Event(1, True), Event(8, True)), target=4, target_tags=())
    # of the like of 8 alone 1, with 8 + 10, 2 with 7 and 3 with 6 come before 4
    assert rank_targets(engine, [case], [Variant("", likes_only=1)]).tolist() == [[4]]


def test_a_persons_cases_follow_each_other_in_batches_of_like_sessions():
    def case(person, length):
        return Case(person, (Event(1, True),) * length, 2, ())

    cases = [case(person, length) for person in range(BATCH + 1) for length in (person, person + 1)]
    found = [[cases[place].person for place in places] for places in batches(cases)]
    assert found == [list(range(BATCH)), list(range(BATCH)), [BATCH], [BATCH]]
    lengths = [len(cases[place].events) for places in batches(cases) for place in places[:1]]
    assert lengths == [0, 1, BATCH, BATCH + 1]


def test_a_collapsed_engine_finds_nothing(engine):
    engine.movies = np.zeros(9, dtype=np.float32)
    case = Case(0, (), target=3, target_tags=())
    assert rank_targets(engine, [case]).tolist() == [[8]]
