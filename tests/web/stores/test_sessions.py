"""What every SessionStore promises, and what differs."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import redis

from web.domain import InvalidRequest, StoreUnavailable
from web.picks import Event, Opinions, Picked, Session, advance
from web.stores import redis_sessions
from web.stores.redis_sessions import PREFIX, RedisSessions
from web.stores.sqlite_sessions import KEPT_SECONDS, SqliteSessions

ANN, BOB = "a" * 32, "b" * 32


def like(movie_id: int) -> Event:
    return Event("like", "movie", movie_id)


class SessionContract:
    """What every SessionStore promises. A subclass supplies the `store` fixture."""

    def test_a_stranger_has_no_session(self, store):
        assert store.session(ANN) is None

    def test_a_strangers_session_begins_with_a_step(self, store):
        after = store.change(ANN, like(1))
        assert after == advance(Session(), like(1))
        assert store.session(ANN) == after

    def test_a_step_follows_the_steps_before_it(self, store):
        store.change(ANN, like(1))
        store.change(ANN, Event("dislike", "tag", 7))
        after = store.change(ANN, Event("move", "tag", 7, 0))
        assert [(pick.kind, pick.id, pick.liked) for pick in after.now.picks] == [
            ("tag", 7, False),
            ("movie", 1, True),
        ]
        assert store.session(ANN) == after

    def test_what_a_file_brings_is_a_step(self, store):
        store.change(ANN, like(1))
        brought = Opinions((Picked("tag", 7, False),), (2, 3), (4,))
        after = store.change(ANN, brought)
        assert after.now == Opinions(
            (Picked("tag", 7, False), Picked("movie", 1, True)), (2, 3), (4,)
        )
        assert store.session(ANN) == after

    def test_undo_and_redo_are_steps(self, store):
        first = store.change(ANN, like(1))
        second = store.change(ANN, like(2))
        assert store.change(ANN, "undo").now == first.now
        assert store.change(ANN, "redo") == second

    def test_a_step_that_changes_nothing_gives_the_session(self, store):
        once = store.change(ANN, like(1))
        assert store.change(ANN, like(1)) == once
        assert store.session(ANN) == once

    def test_a_step_that_changes_nothing_makes_no_session(self, store):
        store.change(ANN, "undo")
        assert store.session(ANN) is None

    def test_one_visitors_steps_are_not_anothers(self, store):
        store.change(ANN, like(1))
        store.change(BOB, like(2))
        assert store.session(ANN).now.picks[0].id == 1
        assert store.session(BOB).now.picks[0].id == 2

    def test_a_step_that_cannot_be_changes_nothing(self, store):
        before = store.change(ANN, like(1))
        with pytest.raises(InvalidRequest):
            store.change(ANN, Event("move", "movie", 9, 0))
        assert store.session(ANN) == before

    def test_forget_deletes_the_session(self, store):
        store.change(ANN, like(1))
        assert store.change(ANN, "forget") == Session()
        assert store.session(ANN) is None

    def test_forgetting_a_stranger_is_nothing_special(self, store):
        assert store.change(ANN, "forget") == Session()

    def test_changes_at_once_are_all_kept(self, store):
        with ThreadPoolExecutor(12) as tabs:
            list(tabs.map(lambda number: store.change(ANN, like(number)), range(1, 61)))
        session = store.session(ANN)
        assert sorted(pick.id for pick in session.now.picks) == list(range(1, 61))
        assert len(session.events) == 60

    def test_a_long_session_comes_back_whole(self, store):
        for number in range(1, 251):
            session = store.change(ANN, like(number))
        assert store.session(ANN) == session
        assert len(session.now.picks) == 250

    def test_a_store_that_answers_says_so(self, store):
        assert store.check() == ""


class TestSqliteSessions(SessionContract):
    @pytest.fixture
    def store(self, tmp_path):
        with closing(SqliteSessions(tmp_path / "sessions.db", 10_000)) as store:
            yield store

    def test_sixty_four_writers_at_once_all_get_their_turn(self, tmp_path):
        hasty = SqliteSessions(tmp_path / "hasty.db", 1)  # ms: none could wait for another
        with closing(hasty) as store, ThreadPoolExecutor(64) as tabs:
            list(tabs.map(lambda number: store.change(ANN, like(number)), range(1, 129)))
            assert len(store.session(ANN).now.picks) == 128

    def test_sessions_outlive_the_process(self, store, tmp_path):
        session = store.change(ANN, like(1))
        with closing(SqliteSessions(tmp_path / "sessions.db", 10_000)) as other:
            assert other.session(ANN) == session

    def test_sessions_long_unchanged_are_deleted(self, tmp_path, clock):
        with closing(SqliteSessions(tmp_path / "s.db", 10_000, clock)) as store:
            store.change(ANN, like(1))
            clock.now += KEPT_SECONDS - 1
            assert store.session(ANN) is not None
            clock.now += 1
            assert store.session(ANN) is None
            store.change(BOB, like(1))
            clock.now -= KEPT_SECONDS
            assert store.session(ANN) is None

    def test_a_file_that_is_locked_is_unavailable_within_the_deadline(self, tmp_path):
        path = tmp_path / "sessions.db"
        with (
            closing(SqliteSessions(path, 10_000)) as other,
            closing(SqliteSessions(path, 20)) as store,
        ):
            store.change(ANN, like(1))
            with other._connections.writing():
                with pytest.raises(StoreUnavailable, match="database is locked"):
                    store.change(ANN, like(2))
                assert store.session(ANN) is not None  # a reader does not wait for a writer

    def test_a_file_that_is_no_database_is_unavailable(self, tmp_path):
        (tmp_path / "sessions.db").write_text("not a database at all" * 100)
        store = SqliteSessions(tmp_path / "sessions.db", 100)
        with closing(store), pytest.raises(StoreUnavailable, match=r"s\.db does not answer"):
            store.session(ANN)


class TestRedisSessions(SessionContract):
    @pytest.fixture
    def store(self, empty_redis):
        with closing(RedisSessions(empty_redis, 10_000)) as store:
            yield store

    def test_a_session_is_forgotten_by_redis_itself(self, store, empty_redis):
        store.change(ANN, like(1))
        with redis.Redis.from_url(empty_redis) as client:
            assert KEPT_SECONDS - 60 < client.ttl(PREFIX + ANN) <= KEPT_SECONDS

    def test_changes_that_never_stop_colliding_are_given_up(self, store, empty_redis, monkeypatch):
        monkeypatch.setattr(redis_sessions, "MAX_ATTEMPTS", 3)
        with redis.Redis.from_url(empty_redis) as client:
            real = redis_sessions.advance

            def meddle(session, step):
                client.set(PREFIX + ANN, b"[]")
                return real(session, step)

            monkeypatch.setattr(redis_sessions, "advance", meddle)
            with pytest.raises(StoreUnavailable, match="3 changes of one session"):
                store.change(ANN, like(1))


def test_a_redis_that_is_not_there_is_unavailable(free_port_without_server):
    url = f"redis://127.0.0.1:{free_port_without_server}"
    with closing(RedisSessions(url, 100)) as store:
        for ask in (lambda: store.session(ANN), lambda: store.change(ANN, like(1)), store.check):
            with pytest.raises(StoreUnavailable, match="Redis does not answer"):
                ask()


def test_a_redis_that_says_nothing_is_unavailable_within_the_deadline(silent_server):
    store = RedisSessions(f"redis://127.0.0.1:{silent_server}", 50)
    with closing(store), pytest.raises(StoreUnavailable, match="Redis does not answer"):
        store.session(ANN)
