"""What a file does to a session, and what it leaves when the session is full."""

import pytest

from model_server.protocol import MAX_PICKS, MAX_SEEN
from web.files.entries import Entry
from web.files.matching import Match
from web.files.planning import change, plan
from web.picks import MAX_SAVED, Opinions, Picked

ONE, TWO, THREE = Picked("movie", 1, True), Picked("movie", 2, True), Picked("movie", 3, False)


def said(movie_id: int, opinion: str, rating=None, when: str = "", row: int = 2) -> Match:
    return Match(Entry(row, opinion, rating=rating, when=when), movie_id)


def test_picks_come_in_the_order_of_their_days_the_newest_last():
    matches = [
        said(1, "liked", 9, "2024-03-01"),
        said(2, "liked", 7, "2024-01-01"),
        said(3, "disliked", 1),
    ]
    assert plan(matches, Opinions()).brought == Opinions((THREE, TWO, ONE))


def test_without_days_they_come_in_the_order_of_their_rows():
    matches = [said(2, "liked", row=3), said(1, "liked", row=2)]
    assert plan(matches, Opinions()).brought.picks == (ONE, TWO)


def test_of_several_ratings_the_newest_counts():
    matches = [
        said(1, "disliked", 2, "2020-01-01"),
        said(2, "liked", 8, "2021-01-01"),
        said(1, "liked", 9, "2022-01-01"),
    ]
    assert plan(matches, Opinions()).brought.picks == (TWO, ONE)


def test_a_middling_rating_takes_an_older_like_back():
    matches = [said(1, "liked", 9, "2020-01-01"), said(1, "seen", 6, "2022-01-01")]
    assert plan(matches, Opinions()).brought == Opinions(seen=(1,))


def test_a_day_of_watching_takes_no_rating_back():
    matches = [said(1, "liked", 9, "2020-01-01"), said(1, "seen", None, "2022-01-01")]
    assert plan(matches, Opinions()).brought == Opinions((ONE,))


def test_a_film_can_be_rated_and_saved():
    matches = [said(1, "liked", 9), said(1, "saved", 9), said(2, "saved")]
    assert plan(matches, Opinions()).brought == Opinions((ONE,), (), (1, 2))


def test_what_was_not_found_brings_nothing():
    assert plan([Match(Entry(2, "liked"), None)], Opinions()).brought == Opinions()


def test_a_tag_is_never_seen():
    matches = [Match(Entry(2, "liked", "tag"), 7), Match(Entry(3, "seen", "tag"), 8)]
    assert plan(matches, Opinions()).brought == Opinions((Picked("tag", 7, True),))


def test_what_the_session_holds_is_not_brought_again():
    now = Opinions((ONE,), (4,), (5,))
    matches = [
        said(1, "seen"),
        said(4, "seen"),
        said(6, "seen"),
        said(5, "saved"),
        said(6, "saved"),
    ]
    assert plan(matches, now).brought == Opinions((), (6,), (6,))


class TestFull:
    """Sessions without room."""

    @pytest.fixture
    def full(self) -> Opinions:
        """All but two picks, seen and saved films."""
        picks = tuple(Picked("tag", n, True) for n in range(1, MAX_PICKS - 1))
        return Opinions(picks, tuple(range(100_001, 100_001 + MAX_SEEN - 2)),
                        tuple(range(100_001, 100_001 + MAX_SAVED - 2)))  # fmt: skip

    def test_the_firmest_ratings_are_kept_in_their_order(self, full):
        matches = [
            said(1, "liked", 7, "a"),
            said(2, "liked", 10, "b"),
            said(3, "disliked", 1, "c"),
            said(4, "liked", 8, "d"),
        ]
        planned = plan(matches, full)
        # away from 6: 1, 4, 5, 2
        assert planned.brought.picks == (Picked("movie", 2, True), Picked("movie", 3, False))
        assert planned.left_picks == 2

    def test_likes_and_dislikes_are_kept_in_their_proportion(self):
        worst = [said(n, "disliked", 1) for n in range(1, 301)]
        fine = [said(n, "liked", 7) for n in range(301, 1_001)]
        kept = plan([*worst, *fine], Opinions()).brought.picks
        # 300 to 700, of which there is room for a half
        assert sum(pick.liked for pick in kept) == 350
        assert sum(not pick.liked for pick in kept) == 150

    def test_of_equally_firm_ratings_the_newest_are_kept(self, full):
        planned = plan([said(n, "liked", None, str(n)) for n in range(1, 5)], full)
        assert [pick.id for pick in planned.brought.picks] == [3, 4]

    def test_picks_without_room_become_seen(self, full):
        planned = plan([said(n, "liked", None, str(n)) for n in range(1, 5)], full)
        assert (planned.brought.seen, planned.left_seen) == ((1, 2), 0)

    def test_the_newest_seen_and_saved_films_are_kept(self, full):
        matches = [
            said(n, opinion, None, str(n)) for n in range(1, 6) for opinion in ("seen", "saved")
        ]
        planned = plan(matches, full)
        assert planned.brought == Opinions((), (4, 5), (4, 5))
        assert (planned.left_seen, planned.left_saved) == (3, 3)

    def test_a_pick_of_the_session_can_change_its_mind(self, full):
        held = full._replace(picks=(*full.picks, ONE, TWO))
        planned = plan([said(1, "disliked", 1), said(3, "disliked", 1)], held)
        assert planned.brought.picks == (Picked("movie", 1, False),)
        assert (planned.left_picks, planned.brought.seen) == (1, (3,))


def test_a_change_names_what_is_new():
    before = Opinions((ONE, THREE), (4, 5), (6,))
    picks = (Picked("tag", 9, True), ONE, Picked("movie", 3, True), Picked("movie", 5, False))
    after = Opinions(picks, (4, 7), (6, 1))
    changed = change(before, after)
    assert changed.liked == {("tag", 9), ("movie", 3)}
    assert changed.disliked == {("movie", 5)}
    assert changed.seen == {("movie", 7)}
    assert changed.saved == {("movie", 1)}
    assert changed.keys == {("tag", 9), ("movie", 3), ("movie", 5), ("movie", 7), ("movie", 1)}
