"""TMDB's API: what is asked, what is made of the answers, and what every refusal says."""

import socket

import pytest

from model_server.data.errors import DataError
from model_server.data.records import Facts
from model_server.data.tmdb import Tmdb, facts_of

MATRIX = {
    "title": "The Matrix",
    "original_title": "The Matrix!",
    "original_language": "en",
    "release_date": "1999-03-31",
    "runtime": 136,
    "imdb_id": "tt0133093",
    "poster_path": "/p.jpg",
    "backdrop_path": "/b.jpg",
    "overview": "prose that is never kept",
    "keywords": {"keywords": [{"id": 1, "name": "hacker"}]},
    "credits": {
        "cast": [
            {"name": "Third", "order": 2},
            {"name": "First", "order": 0},
            {"name": "Second", "order": 1},
            {"name": "Fourth", "order": 3},
        ],
        "crew": [{"name": "Lana Wachowski", "job": "Director"}, {"name": "X", "job": "Gaffer"}],
    },
    "videos": {
        "results": [
            {"key": "a" * 11, "site": "Vimeo", "type": "Trailer"},
            {"key": "b" * 11, "site": "YouTube", "type": "Clip"},
            {"key": "S6EnMVtaC3A", "site": "YouTube", "type": "Trailer"},
        ]
    },
}


@pytest.fixture
def pauses():
    """The seconds that were waited, the pause before each request left out."""
    return []


@pytest.fixture
def api(fake_tmdb, pauses):
    """TMDB with a key, at the fake's address, that notes its pauses and takes none."""

    def pause(seconds: float) -> None:
        if seconds >= 1:
            pauses.append(seconds)

    return Tmdb("0123abcd", fake_tmdb.url, pause)


def test_a_films_answer_becomes_facts(api, fake_tmdb):
    fake_tmdb.knows(603, **MATRIX)
    assert api.details(603) == Facts(
        names=("The Matrix",),
        imdb_id="tt0133093",
        tmdb_id=603,
        original_title="The Matrix!",
        language="en",
        release_date="1999-03-31",
        runtime=136,
        poster="/p.jpg",
        backdrop="/b.jpg",
        keywords=("hacker",),
        directors=("Lana Wachowski",),
        cast=("First", "Second", "Third"),
        trailer="S6EnMVtaC3A",
    )


def test_a_film_of_which_little_is_known_is_read(api, fake_tmdb):
    fake_tmdb.knows(5, title=None, runtime=0, poster_path=None, release_date="")
    assert api.details(5) == Facts(tmdb_id=5)


def test_all_is_asked_at_once_with_the_key_in_the_query(api, fake_tmdb):
    fake_tmdb.knows(603)
    api.details(603)
    query = {"append_to_response": ["keywords,credits,videos"], "api_key": ["0123abcd"]}
    assert fake_tmdb.asked == [("/movie/603", query, None)]


def test_a_token_of_the_newer_kind_goes_into_the_header(fake_tmdb):
    fake_tmdb.knows(603)
    Tmdb("head.body.sign", fake_tmdb.url, lambda _: None).details(603)
    [(_, query, authorization)] = fake_tmdb.asked
    assert authorization == "Bearer head.body.sign"
    assert "api_key" not in query


def test_a_film_that_tmdb_does_not_know_is_none(api):
    assert api.details(404) is None


def test_every_request_waits_a_twentieth_of_a_second(fake_tmdb):
    waited = []
    fake_tmdb.knows(1)
    api = Tmdb("key", fake_tmdb.url, waited.append)
    api.details(1)
    api.details(1)
    assert waited == [0.05, 0.05]


def test_a_busy_server_is_asked_again_after_growing_pauses(api, fake_tmdb, pauses):
    busy = (503, {}, b"")
    fake_tmdb.answers["/movie/1"] = [busy, busy, busy, (200, {}, b'{"id": 1}')]
    assert api.details(1) == Facts(tmdb_id=1)
    assert pauses == [1, 2, 4]


def test_a_pause_is_as_long_as_tmdb_asks_up_to_a_minute(api, fake_tmdb, pauses):
    slow, slower = (429, {"Retry-After": "7"}, b""), (429, {"Retry-After": "86400"}, b"")
    fake_tmdb.answers["/movie/1"] = [slow, slower, (200, {}, b'{"id": 1}')]
    assert api.details(1) == Facts(tmdb_id=1)
    assert pauses == [7, 60]


def test_a_server_that_stays_busy_ends_the_run_and_says_how_to_go_on(api, fake_tmdb, pauses):
    fake_tmdb.answers["/movie/1"] = [(503, {}, b"")]
    with pytest.raises(DataError, match=r"/movie/1: answers 503; run again to go on from here"):
        api.details(1)
    assert pauses == [1, 2, 4, 8, 16]


def test_a_refused_key_ends_the_run_at_once_and_is_not_told(api, fake_tmdb, pauses):
    fake_tmdb.answers["/movie/1"] = [(401, {}, b'{"status_message": "Invalid API key"}')]
    with pytest.raises(DataError, match=r"/movie/1: refuses the key in TMDB_API_KEY") as refused:
        api.details(1)
    assert "0123abcd" not in str(refused.value)
    assert pauses == []


def test_a_server_that_is_not_there_ends_the_run_and_the_key_is_not_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        api = Tmdb("0123abcd", f"http://127.0.0.1:{taken.getsockname()[1]}", lambda _: None)
        with pytest.raises(DataError, match=r"does not answer: .*refused") as failed:
            api.details(1)
    assert "0123abcd" not in str(failed.value)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"id": "x"}', b'{"id": 1,'])
def test_an_answer_that_is_no_film_is_refused(body):
    with pytest.raises(
        DataError, match=r"https://tmdb/movie/1: answers something else than a film"
    ):
        facts_of("https://tmdb/movie/1", body)


@pytest.mark.parametrize(
    "url", ["http://api.themoviedb.org/3", "file:///etc", "ftp://x", "http://127.0.0.1.evil.net"]
)
def test_the_key_is_sent_over_https_alone(url):
    with pytest.raises(DataError, match="must be an https:// address"):
        Tmdb("0123abcd", url)


def test_a_missing_key_names_the_variable():
    with pytest.raises(DataError, match="TMDB_API_KEY: is not set"):
        Tmdb("")
