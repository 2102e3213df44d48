"""Searches, tags and engines over HTTP."""

import pytest


def test_a_search_finds_films_and_tags(client):
    answer = client.get("/api/v1/search?q=dre")
    assert answer.status_code == 200
    assert answer.json == {"movies": [], "tags": [{"id": 1001, "name": "dream", "kind": "keyword"}]}


@pytest.mark.parametrize(
    ("query", "first"),
    [("matr", 2571), ("Amélie", 4973), ("godfater", 858), ("dune 2021", 195159), ("potter", 70000)],
)
def test_the_film_that_was_meant_comes_first(client, query, first):
    assert client.get("/api/v1/search", query_string={"q": query}).json["movies"][0]["id"] == first


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=!!!"])
def test_an_empty_search_finds_nothing(client, query):
    assert client.get(f"/api/v1/search{query}").json == {"movies": [], "tags": []}


@pytest.mark.parametrize(
    "query", ['"', "' OR 1=1 --", "NEAR(a b)", "a* OR b*", "x AND", "\x00", "💥", "%", "titles:a"]
)
def test_whatever_is_typed_is_only_a_name(client, query):
    assert client.get("/api/v1/search", query_string={"q": query}).status_code == 200


def test_a_search_gives_no_more_than_asked_for(client):
    assert len(client.get("/api/v1/search?q=a&limit=2").json["movies"]) == 2


@pytest.mark.parametrize("query", ["q=" + "a" * 201, "q=a&limit=0", "q=a&limit=101", "query=a"])
def test_a_wrong_search_is_refused(client, query):
    answer = client.get(f"/api/v1/search?{query}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_all_tags_come_in_turn_genres_first(client):
    first = client.get("/api/v1/tags?limit=8").json["tags"]
    rest = client.get("/api/v1/tags?limit=100&offset=8").json["tags"]
    assert [tag["kind"] for tag in first] == ["genre"] * 8
    assert [tag["name"] for tag in first[:2]] == ["Sci-Fi", "Drama"]  # 9 and 6 films
    assert [tag["name"] for tag in rest] == ["space", "dream", "robot", "mafia", "time travel"]


def test_tags_are_found_by_name(client):
    answer = client.get("/api/v1/tags?q=spcae")
    assert answer.json == {"tags": [{"id": 1002, "name": "space", "kind": "keyword"}]}


def test_the_engines_are_those_of_the_model_server(client):
    assert client.get("/api/v1/engines").json == [
        {"name": "lstm", "title": "LSTM", "is_default": True},
        {"name": "popular", "title": "Popular films", "is_default": False},
    ]


def test_without_the_model_server_there_is_no_list_of_engines(client, model):
    model.fail()
    answer = client.get("/api/v1/engines")
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert answer.headers["Retry-After"] == "1"
