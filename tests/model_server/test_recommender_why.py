"""What each pick does for a movie: each is left out in turn, and the shares are compared."""

from math import exp, log

import pytest

from model_server.engines.base import Event, Query
from model_server.protocol import MAX_REASONS, Pick, Reason, Reasons, Tuning, Why

SPACE, HEIST = 1001, 1002


def like(movie_id: int) -> Pick:
    return Pick("movie", movie_id, True)


def dislike(movie_id: int) -> Pick:
    return Pick("movie", movie_id, False)


@pytest.fixture
def why(recommender):
    """The reasons for a movie."""
    return lambda *fields, **more: recommender.answer([Why(*fields, **more)])[0]


def log_share(movie: int, *pushed: float) -> float:
    """Of the toy's movie at an index, scores being 8, 7, 6..., with some indexes 10 up or down."""
    scores = {index: 9.0 - index for index in range(1, 9)}
    for index in pushed:
        scores[abs(index)] += 10 if index > 0 else -10
    return log(exp(scores[movie]) / sum(map(exp, scores.values())))


def test_an_effect_is_what_the_log_probability_loses_without_the_pick(why):
    # The like of 40 pushes 50, that of 10 pushes 20, and the dislike of 20 lowers 30.
    found = why(50, (like(40), like(10), dislike(20)))
    whole = log_share(5, 5, 2, -3)
    assert [(one.kind, one.id) for one in found.reasons] == [
        ("movie", 40), ("movie", 20), ("movie", 10)
    ]  # fmt: skip
    effects = [one.effect for one in found.reasons]
    assert effects[0] == pytest.approx(whole - log_share(5, 2, -3), rel=1e-5)
    assert effects[1] == pytest.approx(whole - log_share(5, 5, 2), rel=1e-3)
    assert effects[2] == pytest.approx(whole - log_share(5, 5, -3), rel=1e-5)
    assert effects[0] > effects[1] > 0 > effects[2]
    assert (found.unweighed, found.model) == (0, "toy-1")


def test_all_is_asked_in_one_batch_and_counts_as_no_click(why, engine):
    why(50, (like(40), Pick("tag", SPACE, True)))
    events = (Event(4, True),)
    assert engine.batches == [
        [
            Query(events, liked_tags=(3,), is_supposed=True),
            Query((), liked_tags=(3,), is_supposed=True),
            Query(events, is_supposed=True),
        ]
    ]


def test_the_movie_itself_is_no_reason(why, engine):
    found = why(50, (like(40), like(50)))
    assert [one.id for one in found.reasons] == [40]
    assert found == why(50, (like(40),))


def test_a_tag_with_the_id_of_the_movie_is_one(why):
    assert [one.kind for one in why(10, (Pick("tag", 10, True),)).reasons] == ["tag"]


def test_without_picks_there_is_no_reason(why):
    assert why(50) == Reasons((), 0, "toy-1")


def test_a_movie_without_a_row_has_no_reason(why, engine):
    assert why(999, (like(40), like(10))) == Reasons((), 2, "toy-1")
    assert engine.batches == []


def test_of_many_picks_the_newest_are_weighed_and_all_are_read(why):
    unknown = tuple(Pick("tag", 2000 + n, True) for n in range(MAX_REASONS))
    found = why(50, (like(40), like(10), *unknown))
    assert {one.id for one in found.reasons} == {pick.id for pick in unknown}
    assert found.unweighed == 2
    newest = why(50, (*unknown, like(40), like(10)))
    assert {40, 10} < {one.id for one in newest.reasons}
    assert len(newest.reasons) == MAX_REASONS


def test_what_says_nothing_does_nothing(why):
    found = why(50, (like(40), like(999_999)))
    assert found.reasons[1] == Reason("movie", 999_999, 0.0)


def test_reasons_are_those_of_the_tuned_ranking(why):
    picks = (like(40), dislike(20))
    ignored = {one.id: one.effect for one in why(50, picks, Tuning(dislikes="ignore")).reasons}
    normal = {one.id: one.effect for one in why(50, picks).reasons}
    strong = {one.id: one.effect for one in why(50, picks, Tuning(dislikes="strong")).reasons}
    assert ignored[20] == 0 < normal[20] < strong[20]
    newer = {one.id: one.effect for one in why(50, picks, Tuning(newer=2)).reasons}
    assert newer[40] != pytest.approx(normal[40], rel=1e-3)
