"""What a visitor said, over HTTP."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from web.picks import Event, Picked

EMPTY = {
    "picks": [],
    "liked": [],
    "disliked": [],
    "seen": [],
    "saved": [],
    "can_undo": False,
    "can_redo": False,
}


def ids(items) -> list[int]:
    return [item["id"] for item in items]


def test_a_stranger_has_an_empty_session_and_gets_no_cookie(client):
    answer = client.get("/api/v1/session")
    assert (answer.status_code, answer.json) == (200, EMPTY)
    assert "Set-Cookie" not in answer.headers


def test_the_first_event_makes_the_cookie(client):
    body = {"action": "like", "kind": "movie", "id": 2571}
    answer = client.post("/api/v1/session/events", json=body)
    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 200
    name, _, value = cookie.partition(";")[0].partition("=")
    assert (name, len(bytes.fromhex(value))) == ("session", 16)  # 128 bits
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_session_lists_its_items_with_title_or_name(client, click):
    click("like", 2571)
    click("dislike", tag_id=6)
    session = client.get("/api/v1/session").json
    assert session["picks"] == [
        {
            "kind": "movie",
            "id": 2571,
            "liked": True,
            "title": "The Matrix",
            "year": 1999,
            "runtime": 120,
            "rating": 8.7,
            "votes": 1000,
            "genres": ["Action", "Sci-Fi"],
            "poster": "/images/poster/2571",
        },
        {"kind": "tag", "id": 6, "liked": False, "name": "Horror", "tag_kind": "genre"},
    ]
    assert ids(session["liked"]) == [2571]
    assert ids(session["disliked"]) == [6]


def test_all_lists_stand_least_important_first(client, click):
    for action, movie_id in (("like", 1), ("dislike", 47), ("like", 260), ("seen", 858)):
        click(action, movie_id)
    for movie_id in (924, 1):
        click("save", movie_id)
    session = client.get("/api/v1/session").json
    assert {
        name: ids(session[name]) for name in ("picks", "liked", "disliked", "seen", "saved")
    } == {
        "picks": [1, 47, 260],
        "liked": [1, 260],
        "disliked": [47],
        "seen": [858],
        "saved": [924, 1],
    }
    assert [film["liked"] for film in session["saved"]] == [None, True]
    assert session["seen"][0]["liked"] is None


def test_an_event_answers_with_the_session_after_it(client, click):
    assert click("like", 1) == client.get("/api/v1/session").json


def test_a_pick_can_be_moved(click):
    for movie_id in (1, 47, 260):
        click("like", movie_id)
    assert ids(click("move", 260, position=0)["picks"]) == [260, 1, 47]


def test_undo_and_redo_answer_with_the_session_after_them(client, click):
    click("like", 1)
    click("like", 47)
    undone = client.post("/api/v1/session/undo").json
    assert (ids(undone["picks"]), undone["can_undo"], undone["can_redo"]) == ([1], True, True)
    redone = client.post("/api/v1/session/redo").json
    assert (ids(redone["picks"]), redone["can_redo"]) == ([1, 47], False)


def test_undo_by_a_stranger_makes_neither_session_nor_cookie(client):
    answer = client.post("/api/v1/session/undo")
    assert (answer.status_code, answer.json) == (200, EMPTY)
    assert "Set-Cookie" not in answer.headers


def test_delete_forgets_the_session_and_the_cookie(client, click):
    click("like", 1)
    answer = client.delete("/api/v1/session")
    assert (answer.status_code, answer.json) == (200, EMPTY)
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert client.get("/api/v1/session").json == EMPTY


def test_a_deleted_session_is_gone_for_whoever_kept_the_cookie(client, click):
    click("like", 1)
    kept = client.get_cookie("session").value
    client.delete("/api/v1/session")
    client.set_cookie("session", kept)
    assert client.get("/api/v1/session").json == EMPTY


@pytest.mark.parametrize("cookie", ["", "x", "0" * 32, "g" * 32, "0" * 31 + "%00", "a" * 4000])
def test_a_bad_cookie_reads_as_an_empty_session(client, cookie):
    client.set_cookie("session", cookie)
    answer = client.get("/api/v1/session")
    assert (answer.status_code, answer.json) == (200, EMPTY)


@pytest.mark.parametrize("cookie", ["x", "0" * 32])
def test_an_event_with_a_bad_cookie_begins_a_session_under_an_id_of_ours(client, click, cookie):
    client.set_cookie("session", cookie)
    assert ids(click("like", 1)["picks"]) == [1]
    assert client.get_cookie("session").value != cookie


def test_a_cookie_that_was_changed_shows_nobody_elses_session(client, click):
    click("like", 1)
    own = client.get_cookie("session").value
    other = ("1" if own[0] == "0" else "0") + own[1:]
    client.set_cookie("session", other)
    assert client.get("/api/v1/session").json == EMPTY


def test_the_same_cookie_goes_on(client, click):
    click("like", 1)
    own = client.get_cookie("session").value
    click("like", 47)
    assert client.get_cookie("session").value == own


def test_the_cookie_is_secure_behind_a_proxy_that_speaks_https(client):
    body = {"action": "like", "kind": "movie", "id": 1}
    plain = client.post("/api/v1/session/events", json=body)
    secure = client.post(
        "/api/v1/session/events", json=body, headers={"X-Forwarded-Proto": "https"}
    )
    assert "Secure" not in plain.headers["Set-Cookie"]
    assert "Secure" in secure.headers["Set-Cookie"]


@pytest.mark.parametrize("kind", ["movie", "tag"])
@pytest.mark.parametrize("action", ["like", "dislike", "clear"])
def test_an_unknown_id_is_refused(client, action, kind):
    body = {"action": action, "kind": kind, "id": 999_999}
    answer = client.post("/api/v1/session/events", json=body)
    assert answer.status_code == 400
    assert answer.json["detail"] == f"there is no {kind} 999999 in the catalogue"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"action": "love", "kind": "movie", "id": 1},
         'action must be one of clear, dislike, like, move, save, seen, unsave, got "love"'),
        ({"action": "like", "kind": "film", "id": 1},
         'kind must be one of movie, tag, got "film"'),
        ({"action": "like", "kind": "movie", "id": "1"},
         'id must be a whole number in 1..2147483647, got "1"'),
        ({"action": "like", "kind": "movie", "id": 0},
         "id must be a whole number in 1..2147483647, got 0"),
        ({"action": "like", "kind": "movie", "id": 2**70},
         f"id must be a whole number in 1..2147483647, got {2**70}"),
        ({"action": "like", "kind": "movie"}, "the body: Object missing required field 'id'"),
        ({"action": "move", "kind": "movie", "id": 1, "position": -1},
         "position must be a whole number in 0..499 or null, got -1"),
        ({"action": "move", "kind": "movie", "id": 1, "position": 0},
         "only a pick can be moved, got movie 1"),
        ({"action": "seen", "kind": "tag", "id": 1}, "seen is for a movie, got tag 1"),
        ([], "the body must be a JSON object, got 0 items"),
    ],
)  # fmt: skip
def test_a_wrong_event_is_refused_with_what_is_allowed(client, body, detail):
    answer = client.post("/api/v1/session/events", json=body)
    assert (answer.status_code, answer.json["detail"]) == (400, detail)
    assert client.get("/api/v1/session").json == EMPTY


def test_two_tabs_clicking_at_once_lose_nothing(app, client, click):
    click("save", 1)
    cookie = client.get_cookie("session").value

    def like(movie_id: int) -> int:
        tab = app.test_client()
        tab.set_cookie("session", cookie)
        body = {"action": "like", "kind": "movie", "id": movie_id}
        return tab.post("/api/v1/session/events", json=body).status_code

    films = [1, 47, 260, 858, 924, 1214, 1200, 1219, 2389, 2571]
    with ThreadPoolExecutor(len(films)) as tabs:
        assert list(tabs.map(like, films)) == [200] * len(films)
    session = client.get("/api/v1/session").json
    assert sorted(ids(session["picks"])) == sorted(films)
    assert ids(session["saved"]) == [1]


def test_a_film_that_left_the_catalogue_is_left_out_and_can_be_cleared(app, client, click):
    click("like", 1)
    session_id = client.get_cookie("session").value
    gone = Event("like", "movie", 999_999)
    app.extensions["marquee"].sessions.change(session_id, gone)
    assert ids(client.get("/api/v1/session").json["picks"]) == [1]
    assert ids(click("clear", 999_999)["picks"]) == [1]
    assert app.extensions["marquee"].sessions.session(session_id).now.picks == (
        Picked("movie", 1, True),
    )
