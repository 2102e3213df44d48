"""Events folded into picks, undone and redone."""

import pytest

from model_server.protocol import MAX_PICKS, MAX_SEEN
from web.domain import InvalidRequest
from web.picks import (
    FILE_DEPTH,
    MAX_SAVED,
    UNDO_DEPTH,
    Event,
    Opinions,
    Picked,
    Session,
    advance,
    fold,
)


def like(movie_id: int, position: int | None = None) -> Event:
    return Event("like", "movie", movie_id, position)


def dislike(movie_id: int) -> Event:
    return Event("dislike", "movie", movie_id)


def after(*steps) -> Session:
    """A stranger's session after some steps."""
    session = Session()
    for step in steps:
        session = advance(session, step)
    return session


def picks(session: Session) -> list[tuple[str, int, bool]]:
    return [(pick.kind, pick.id, pick.liked) for pick in session.now.picks]


def test_picks_stand_in_the_order_of_the_clicks_liked_and_disliked_together():
    session = after(like(1), dislike(2), Event("like", "tag", 3))
    assert picks(session) == [("movie", 1, True), ("movie", 2, False), ("tag", 3, True)]


def test_a_film_and_a_tag_of_one_id_are_two_things():
    session = after(like(5), Event("dislike", "tag", 5))
    assert picks(session) == [("movie", 5, True), ("tag", 5, False)]


def test_repeating_an_event_changes_nothing():
    once = after(like(1), like(2))
    assert advance(once, like(1)) is once


@pytest.mark.parametrize("action", ["seen", "save"])
def test_repeating_what_is_no_pick_changes_nothing(action):
    once = after(Event(action, "movie", 1))
    assert advance(once, Event(action, "movie", 1)) is once


def test_the_opposite_replaces_a_pick_where_it_stands():
    assert picks(after(like(1), like(2), dislike(1))) == [("movie", 1, False), ("movie", 2, True)]


def test_seen_replaces_a_like():
    session = after(like(1), Event("seen", "movie", 1))
    assert (session.now.picks, session.now.seen) == ((), (1,))


def test_a_like_replaces_seen():
    session = after(Event("seen", "movie", 1), like(1))
    assert (picks(session), session.now.seen) == ([("movie", 1, True)], ())


@pytest.mark.parametrize("event", [like(1), dislike(1), Event("seen", "movie", 1)])
def test_clear_takes_any_verdict_back(event):
    assert after(event, Event("clear", "movie", 1)).now == Opinions()


def test_clear_of_what_was_never_picked_changes_nothing():
    assert after(Event("clear", "movie", 1)) == Session()


def test_saved_films_stay_saved_whatever_the_verdict():
    session = after(
        Event("save", "movie", 1), like(1), Event("clear", "movie", 1), Event("save", "movie", 2)
    )
    assert session.now == Opinions(saved=(1, 2))


def test_unsave_takes_save_back():
    assert after(Event("save", "movie", 1), Event("unsave", "movie", 1)).now == Opinions()


@pytest.mark.parametrize(("position", "order"), [(0, [3, 1, 2]), (1, [1, 3, 2]), (2, [1, 2, 3])])
def test_move_puts_a_pick_at_a_position_from_the_left(position, order):
    session = after(like(1), like(2), like(3), Event("move", "movie", 3, position))
    assert [pick.id for pick in session.now.picks] == order


@pytest.mark.parametrize("position", [3, 499, None])
def test_a_position_beyond_the_picks_is_refused(position):
    with pytest.raises(InvalidRequest, match=r"position must be in 0\.\.2"):
        after(like(1), like(2), like(3), Event("move", "movie", 1, position))


def test_only_a_pick_can_be_moved():
    with pytest.raises(InvalidRequest, match="only a pick can be moved, got movie 9"):
        after(like(1), Event("move", "movie", 9, 0))


def test_a_like_can_say_its_position():
    session = after(like(1), like(2), like(3, position=0))
    assert [pick.id for pick in session.now.picks] == [3, 1, 2]


@pytest.mark.parametrize("action", ["seen", "save", "unsave"])
def test_a_tag_can_be_neither_seen_nor_saved(action):
    with pytest.raises(InvalidRequest, match=f"{action} is for a movie"):
        after(Event(action, "tag", 1))


@pytest.mark.parametrize("action", ["seen", "clear", "save", "unsave"])
def test_a_position_where_it_means_nothing_is_refused(action):
    with pytest.raises(InvalidRequest, match="position is for like, dislike and move"):
        after(Event(action, "movie", 1, 0))


def test_undo_takes_the_newest_event_back_and_redo_brings_it_again():
    session = after(like(1), like(2), "undo")
    assert picks(session) == [("movie", 1, True)]
    assert (session.can_undo, session.can_redo) == (True, True)
    assert picks(advance(session, "redo")) == [("movie", 1, True), ("movie", 2, True)]


def test_undo_restores_the_order_before_a_move():
    session = after(like(1), like(2), like(3), Event("move", "movie", 1, 2), "undo")
    assert [pick.id for pick in session.now.picks] == [1, 2, 3]


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_undo_and_redo_of_nothing_change_nothing(step):
    assert after(step) == Session()


def test_everything_can_be_undone_and_redone_one_by_one():
    steps = [like(1), dislike(1), Event("save", "movie", 2), Event("clear", "movie", 1)]
    states = [after(*steps[:n]).now for n in range(len(steps) + 1)]
    session = after(*steps)
    for state in reversed(states[:-1]):
        session = advance(session, "undo")
        assert session.now == state
    for state in states[1:]:
        session = advance(session, "redo")
        assert session.now == state


def test_a_new_event_drops_what_was_undone():
    session = after(like(1), "undo", like(2))
    assert not session.can_redo
    assert picks(session) == [("movie", 2, True)]


def test_an_event_that_changes_nothing_keeps_what_was_undone():
    session = after(like(1), like(2), "undo", like(1))
    assert session.can_redo


def test_events_too_old_to_be_undone_still_count():
    session = after(*(like(number) for number in range(1, UNDO_DEPTH + 4)))
    assert len(session.events) == UNDO_DEPTH
    for _ in range(UNDO_DEPTH):
        session = advance(session, "undo")
    assert [pick.id for pick in session.now.picks] == [1, 2, 3]
    assert not session.can_undo


def brought(*picked: Picked, seen=(), saved=()) -> Opinions:
    return Opinions(picked, tuple(seen), tuple(saved))


def test_what_a_file_adds_stands_left_of_what_was_clicked():
    session = after(
        like(1), Event("seen", "movie", 2), Event("save", "movie", 3),
        brought(Picked("tag", 9, False), Picked("movie", 4, True), seen=[5, 6], saved=[7, 8]),
    )  # fmt: skip
    assert picks(session) == [("tag", 9, False), ("movie", 4, True), ("movie", 1, True)]
    assert (session.now.seen, session.now.saved) == ((5, 6, 2), (7, 8, 3))


def test_a_verdict_of_a_file_replaces_a_pick_where_it_stands():
    session = after(like(1), like(2), brought(Picked("movie", 2, True), Picked("movie", 1, False)))
    assert picks(session) == [("movie", 1, False), ("movie", 2, True)]


def test_what_a_file_calls_seen_keeps_its_verdict():
    session = after(like(1), brought(Picked("movie", 2, False), seen=[1, 2, 3]))
    assert picks(session) == [("movie", 2, False), ("movie", 1, True)]
    assert session.now.seen == (3,)


def test_a_verdict_of_a_file_is_of_a_film_no_longer_merely_seen():
    session = after(Event("seen", "movie", 1), brought(Picked("movie", 1, True)))
    assert (picks(session), session.now.seen) == ([("movie", 1, True)], ())


def test_the_same_file_again_changes_nothing():
    once = after(like(1), file := brought(Picked("movie", 2, True), seen=[3], saved=[5, 4]))
    assert advance(once, file) is once


def test_a_file_is_undone_and_redone_as_one():
    before = after(like(1))
    session = advance(before, brought(Picked("movie", 2, True), seen=[3], saved=[4]))
    undone = advance(session, "undo")
    assert undone.now == before.now
    assert advance(undone, "redo") == session


def test_files_too_old_to_be_undone_still_count():
    files = [brought(seen=[number]) for number in range(1, FILE_DEPTH + 2)]
    session = after(like(90), files[0], like(91), *files[1:], like(92))
    while session.can_undo:
        session = advance(session, "undo")
    assert picks(session) == [("movie", 90, True)]
    assert session.now.seen == (1,)


def test_a_file_that_a_session_has_no_room_for_is_refused():
    held = Opinions(saved=tuple(range(1, MAX_SAVED + 1)))
    file = brought(saved=range(2, MAX_SAVED + 3))
    with pytest.raises(InvalidRequest, match=f"at most {MAX_SAVED} saved films, got 1002"):
        advance(Session(base=held, now=held), file)


def test_forget_leaves_nothing():
    assert after(like(1), Event("save", "movie", 2), "forget") == Session()


@pytest.mark.parametrize(
    ("held", "event", "named"),
    [
        (Opinions(picks=tuple(Picked("movie", n, True) for n in range(1, MAX_PICKS + 1))),
         like(9_999), f"at most {MAX_PICKS} picks"),
        (Opinions(seen=tuple(range(1, MAX_SEEN + 1))),
         Event("seen", "movie", 99_999), f"at most {MAX_SEEN} seen films"),
        (Opinions(saved=tuple(range(1, MAX_SAVED + 1))),
         Event("save", "movie", 99_999), f"at most {MAX_SAVED} saved films"),
    ],
)  # fmt: skip
def test_a_full_session_takes_no_more(held, event, named):
    with pytest.raises(InvalidRequest, match=named):
        advance(Session(base=held, now=held), event)


def test_fold_of_no_events_is_what_was_before():
    before = Opinions((Picked("tag", 1, False),), (2,), (3,))
    assert fold(before, []) == before
