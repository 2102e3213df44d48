"""A server store, and its stand-in while it does not answer."""

import logging
from contextlib import closing

import pytest

from web.breaker import FAILURES, REST_SECONDS, Breaker
from web.domain import InvalidRequest, Movie, Person, StoreUnavailable, Tag
from web.picks import Event, Opinions, Picked, Session
from web.searching import Hits, parse
from web.stores.base import Popular, Wanted
from web.stores.failover import FailoverCatalogue, FailoverSessions
from web.stores.sqlite_sessions import SqliteSessions

ANN, BOB = "a" * 32, "b" * 32


def like(movie_id: int) -> Event:
    return Event("like", "movie", movie_id)


def ids(session: Session | None) -> list[int]:
    return [pick.id for pick in session.now.picks] if session else []


class Server:
    """A store that can be made to fail."""

    def __init__(self, store) -> None:
        self.store = store
        self.is_down = False
        self.n_asked = 0

    def __getattr__(self, name):
        def ask(*arguments):
            self.n_asked += 1
            if self.is_down:
                raise StoreUnavailable("the server does not answer")
            return getattr(self.store, name)(*arguments)

        return ask


@pytest.fixture(autouse=True)
def quiet():
    logging.getLogger("web.stores.failover").setLevel(logging.ERROR)


class TestSessions:
    @pytest.fixture
    def server(self, tmp_path):
        with closing(SqliteSessions(tmp_path / "server.db", 10_000)) as store:
            yield Server(store)

    @pytest.fixture
    def stand_in(self, tmp_path):
        with closing(SqliteSessions(tmp_path / "stand_in.db", 10_000)) as store:
            yield store

    @pytest.fixture
    def sessions(self, server, stand_in, clock):
        return FailoverSessions(server, stand_in, Breaker("it", StoreUnavailable, clock))

    def test_the_server_answers_while_it_can(self, sessions, server):
        sessions.change(ANN, like(1))
        assert ids(server.store.session(ANN)) == [1]
        assert ids(sessions.session(ANN)) == [1]
        assert sessions.check() == ""

    def test_the_visitor_goes_on_where_the_server_left_off(self, sessions, server):
        sessions.change(ANN, like(1))
        server.is_down = True
        assert ids(sessions.session(ANN)) == [1]
        assert ids(sessions.change(ANN, like(2))) == [1, 2]
        assert ids(sessions.session(ANN)) == [1, 2]
        assert sessions.check() == "the server does not answer"

    def test_clicks_made_meanwhile_are_told_to_the_server(self, sessions, server, clock):
        sessions.change(ANN, like(1))
        server.is_down = True
        sessions.change(ANN, like(2))
        sessions.change(ANN, Event("move", "movie", 2, 0))
        sessions.change(ANN, "undo")
        server.is_down = False
        clock.now += REST_SECONDS
        assert ids(sessions.session(ANN)) == [1, 2]
        assert ids(server.store.session(ANN)) == [1, 2]
        assert server.store.session(ANN).can_redo

    def test_what_came_to_the_server_in_between_is_kept(self, sessions, server, clock):
        sessions.change(ANN, like(1))
        server.is_down = True
        sessions.change(ANN, like(2))
        server.is_down = False
        server.store.change(ANN, like(3))  # another host could reach it
        clock.now += REST_SECONDS
        assert ids(sessions.session(ANN)) == [1, 3, 2]

    def test_a_step_that_has_become_impossible_is_dropped(self, sessions, server, clock):
        sessions.change(ANN, like(1))
        server.is_down = True
        sessions.change(ANN, Event("move", "movie", 1, 0))
        sessions.change(ANN, like(2))
        sessions.change(ANN, Event("move", "movie", 1, 1))
        server.is_down = False
        server.store.change(ANN, Event("clear", "movie", 1))
        clock.now += REST_SECONDS
        assert ids(sessions.session(ANN)) == [2]
        assert ids(sessions.change(ANN, like(3))) == [2, 3]

    def test_a_session_begun_meanwhile_reaches_the_server(self, sessions, server, clock):
        server.is_down = True
        sessions.change(ANN, like(1))
        server.is_down = False
        clock.now += REST_SECONDS
        assert ids(sessions.change(ANN, like(2))) == [1, 2]

    def test_what_was_forgotten_meanwhile_is_forgotten_by_the_server(self, sessions, server, clock):
        sessions.change(ANN, like(1))
        server.is_down = True
        sessions.change(ANN, "forget")
        assert sessions.session(ANN) is None
        server.is_down = False
        clock.now += REST_SECONDS
        sessions.change(BOB, like(2))  # ann never comes again
        assert server.store.session(ANN) is None

    def test_a_step_the_server_has_is_not_told_again(
        self, sessions, server, stand_in, clock, monkeypatch
    ):
        for number in (1, 2, 3):
            sessions.change(ANN, like(number))
        stand_in.owe(BOB, like(9))  # to be told after the next change of anybody
        real = server.store.change

        def fail_for_bob(session_id, step):
            if session_id == BOB:
                raise StoreUnavailable("a hiccup")
            return real(session_id, step)

        monkeypatch.setattr(server.store, "change", fail_for_bob)
        assert ids(sessions.change(ANN, "undo")) == [1, 2]
        assert ids(sessions.session(ANN)) == [1, 2]
        monkeypatch.undo()
        sessions.change(ANN, like(4))
        assert ids(server.store.session(BOB)) == [9]

    def test_a_server_that_goes_while_it_is_told_is_told_the_rest_later(
        self, sessions, server, clock, monkeypatch
    ):
        server.is_down = True
        for number in (1, 2, 3):
            sessions.change(ANN, like(number))
        server.is_down = False
        clock.now += REST_SECONDS
        real = server.store.change

        def once(session_id, step):
            server.is_down = True
            return real(session_id, step)

        monkeypatch.setattr(server.store, "change", once)
        assert ids(sessions.session(ANN)) == [1, 2, 3]  # from the stand-in
        monkeypatch.undo()
        server.is_down = False
        clock.now += REST_SECONDS
        assert ids(sessions.session(ANN)) == [1, 2, 3]
        assert ids(server.store.session(ANN)) == [1, 2, 3]

    def test_a_file_brought_meanwhile_is_told_to_the_server(self, sessions, server, clock):
        server.is_down = True
        sessions.change(ANN, Opinions((Picked("movie", 2, True),), (3,), (4,)))
        server.is_down = False
        clock.now += REST_SECONDS
        assert sessions.session(ANN).now == Opinions((Picked("movie", 2, True),), (3,), (4,))
        assert server.store.session(ANN) == sessions.session(ANN)

    def test_a_dead_server_is_not_waited_for_by_every_visitor(self, sessions, server):
        server.is_down = True
        for _ in range(FAILURES + 5):
            sessions.session(ANN)
        assert server.n_asked == FAILURES

    def test_a_wrong_step_is_refused_by_server_and_stand_in_alike(self, sessions, server, stand_in):
        wrong = Event("move", "movie", 9, 0)
        with pytest.raises(InvalidRequest):
            sessions.change(ANN, wrong)
        server.is_down = True
        with pytest.raises(InvalidRequest):
            sessions.change(ANN, wrong)
        assert stand_in.owed(ANN) == []

    def test_when_the_stand_in_fails_too_the_store_is_unavailable(
        self, sessions, server, stand_in, tmp_path
    ):
        server.is_down = True
        stand_in.close()
        for path in tmp_path.glob("stand_in.db*"):
            path.unlink()
        (tmp_path / "stand_in.db").mkdir()
        with pytest.raises(StoreUnavailable):
            sessions.session(ANN)
        with pytest.raises(StoreUnavailable):
            sessions.check()

    def test_a_stand_in_without_room_does_not_stop_the_server(
        self, sessions, stand_in, monkeypatch
    ):
        def fail(session_id, session):
            raise StoreUnavailable("no space left on device")

        monkeypatch.setattr(stand_in, "keep", fail)
        assert ids(sessions.change(ANN, like(1))) == [1]


class Films:
    """A catalogue of one film."""

    def __init__(self, title: str) -> None:
        self.film = Movie(id=1, title=title)

    def movies(self, movie_ids):
        return {1: self.film}

    def tags(self):
        return [Tag(1, self.film.title, "genre")]

    def people(self):
        return [Person(1, self.film.title, ("cast",), (1,), 0)]

    def search_movies(self, query):
        return Hits((self.film,))

    def linked_movies(self, imdb_ids, tmdb_ids):
        return [self.film]

    def named_movies(self, names):
        return [self.film]

    def popular_movies(self, wanted):
        return Popular([self.film], 1, 0)

    def check(self):
        return ""


class TestCatalogue:
    @pytest.fixture
    def server(self):
        return Server(Films("of the server"))

    @pytest.fixture
    def catalogue(self, server, clock):
        breaker = Breaker("it", StoreUnavailable, clock)
        return FailoverCatalogue(server, Films("of the stand-in"), breaker)

    def answers(self, catalogue) -> set[str]:
        return {
            catalogue.movies([1])[1].title,
            catalogue.tags()[0].name,
            catalogue.people()[0].name,
            catalogue.search_movies(parse("x")).fits[0].title,
            catalogue.linked_movies(["tt0000001"], [1])[0].title,
            catalogue.named_movies(["x"])[0].title,
            catalogue.popular_movies(Wanted()).movies[0].title,
        }

    def test_the_server_answers_while_it_can(self, catalogue):
        assert self.answers(catalogue) == {"of the server"}
        assert catalogue.check() == ""

    def test_the_stand_in_answers_while_it_cannot(self, catalogue, server):
        server.is_down = True
        assert self.answers(catalogue) == {"of the stand-in"}
        assert catalogue.check() == "the server does not answer"

    def test_the_server_answers_again_when_it_is_back(self, catalogue, server, clock):
        server.is_down = True
        self.answers(catalogue)
        server.is_down = False
        clock.now += REST_SECONDS
        assert self.answers(catalogue) == {"of the server"}
