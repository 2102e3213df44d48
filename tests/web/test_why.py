"""Why a film is recommended, over HTTP."""

import pytest

from model_server.protocol import Pick, Reason, Reasons, Tuning, Why
from tests.web.films import FILMS, movie_line, tag_lines, write_lines

MATRIX, ALIEN = Pick("movie", 2571, True, (1, 8, 1001, 1005)), 1214
URL = f"/api/v1/movies/{ALIEN}/why"


def test_each_pick_of_the_session_is_named_with_its_effect(client, click, model):
    click("like", 2571)
    click("dislike", tag_id=5)
    answer = client.get(URL)
    assert model.asked[-1] == Why(ALIEN, (MATRIX, Pick("tag", 5, False)))
    assert answer.status_code == 200
    assert answer.json == {
        "reasons": [
            {
                "kind": "tag",
                "id": 5,
                "name": "Drama",
                "tag_kind": "genre",
                "liked": False,
                "effect": 0.5,
            },
            {
                "kind": "movie",
                "id": 2571,
                "title": "The Matrix",
                "year": 1999,
                "runtime": 120,
                "rating": 8.7,
                "votes": 1000,
                "genres": ["Action", "Sci-Fi"],
                "poster": "/images/poster/2571",
                "liked": True,
                "effect": -0.5,
            },
        ],
        "unweighed": 0,
        "model": "stub-1",
    }


def test_a_body_asks_the_same_without_a_session(client, click, model):
    click("like", 1)
    picks = [
        {"kind": "movie", "id": 2571, "liked": True},
        {"kind": "tag", "id": 5, "liked": False},
    ]
    tuning = {"hidden_gems": 1, "newer": -2, "dislikes": "strong"}
    answer = client.post(URL, json={"picks": picks, "tuning": tuning})
    asked = Why(ALIEN, (MATRIX, Pick("tag", 5, False)), Tuning(1, -2, "strong"))
    assert model.asked[-1] == asked
    assert [one["id"] for one in answer.json["reasons"]] == [5, 2571]
    assert "Set-Cookie" not in answer.headers


def test_a_session_is_weighed_as_the_sliders_stand(client, model):
    client.get(f"{URL}?hidden_gems=-1&newer=2&dislikes=ignore")
    assert model.asked == [Why(ALIEN, tuning=Tuning(-1, 2, "ignore"))]


def test_a_stranger_has_no_reasons(client):
    assert client.get(URL).json == {"reasons": [], "unweighed": 0, "model": "stub-1"}
    assert client.post(URL, json={}).json == {"reasons": [], "unweighed": 0, "model": "stub-1"}


def test_how_many_older_picks_were_not_weighed_is_said(client, click, model, monkeypatch):
    click("like", 2571)
    answer = Reasons((Reason("movie", 2571, 1.0),), 7, "stub-1")
    monkeypatch.setattr(model, "why", lambda request: answer)
    assert client.get(URL).json["unweighed"] == 7


@pytest.mark.parametrize("ask", ["get", "post"])
def test_an_unknown_film_is_not_found(client, model, ask):
    answer = client.open("/api/v1/movies/999999/why", method=ask, json={})
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json["detail"] == "there is no movie 999999 in the catalogue"
    assert model.asked == []


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("hidden_gems=3", 'hidden_gems must be a whole number in -2..2, got "3"'),
        ("dislikes=loud", 'dislikes must be one of ignore, normal, strong, got "loud"'),
        ("limit=3", "there is no parameter 'limit', allowed: hidden_gems, newer, dislikes"),
    ],
)
def test_a_wrong_query_is_refused(client, query, detail):
    answer = client.get(f"{URL}?{query}")
    assert (answer.status_code, answer.json["detail"]) == (400, detail)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"picks": [{"kind": "movie", "id": 1, "liked": True}] * 501},
         "picks must be a list of at most 500 items, got 501 items"),
        ({"picks": [{"kind": "movie", "id": 999_999, "liked": True}]},
         "there is no movie 999999 in the catalogue"),
        ({"tuning": {"newer": -3}}, "tuning.newer must be a whole number in -2..2, got -3"),
        ({"seen": [1]}, "the body: Object contains unknown field 'seen'"),
    ],
)  # fmt: skip
def test_a_wrong_body_is_refused(client, model, body, detail):
    answer = client.post(URL, json=body)
    assert (answer.status_code, answer.json["detail"]) == (400, detail)
    assert model.asked == []


@pytest.mark.parametrize("ask", ["get", "post"])
def test_without_the_model_nobody_can_say_why(client, model, ask):
    model.fail()
    answer = client.open(URL, method=ask, json={})
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert answer.json["detail"] == "no model server: is it running?"


def test_a_pick_under_a_second_id_is_named_as_it_was_picked(make_app, configured, tmp_path, model):
    folder = tmp_path / "repeated"
    folder.mkdir()
    again = {**movie_line(FILMS[5]), "id": 9001, "same_as": ALIEN, "tags": []}
    write_lines(folder / "movies.jsonl.gz", [*map(movie_line, FILMS), again])
    write_lines(folder / "tags.jsonl.gz", tag_lines())
    config = configured(catalogue_dir=folder, catalogue_url=f"sqlite:///{tmp_path}/repeated.db")
    client = make_app(config).test_client()
    picks = [{"kind": "movie", "id": 9001, "liked": True}]
    answer = client.post("/api/v1/movies/2571/why", json={"picks": picks})
    assert model.asked == [Why(2571, (Pick("movie", ALIEN, True, (6, 8, 1002)),))]
    assert [one["id"] for one in answer.json["reasons"]] == [9001]
    client.post("/api/v1/movies/9001/why", json={})
    assert model.asked[-1] == Why(ALIEN)
