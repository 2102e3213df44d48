"""What a visitor said, over HTTP."""

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
