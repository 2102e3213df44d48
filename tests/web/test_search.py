"""Searches, tags and engines over HTTP."""

import pytest

NOTHING = {"movies": [], "tags": [], "people": [], "did_you_mean": None}


def test_a_search_finds_films_and_tags(client):
    answer = client.get("/api/v1/search?q=dre")
    assert answer.status_code == 200
    assert answer.json == {
        **NOTHING,
        "tags": [{"id": 1001, "name": "dream", "kind": "keyword"}],
    }


def test_a_film_comes_with_all_that_a_row_shows(client):
    assert client.get("/api/v1/search?q=matrix").json == {
        **NOTHING,
        "movies": [
            {
                "id": 2571,
                "title": "The Matrix",
                "year": 1999,
                "runtime": 120,
                "rating": 8.7,
                "votes": 1000,
                "genres": ["Action", "Sci-Fi"],
                "poster": "/images/poster/2571",
                "matched_person": None,
            }
        ],
    }


@pytest.mark.parametrize("query", ["Sigourney Weaver", "weaver", "sigourny weaver"])
def test_a_person_is_found_with_the_films_and_the_films_too(client, query):
    answer = client.get("/api/v1/search", query_string={"q": query}).json
    films = [(film["id"], film["matched_person"]) for film in answer["movies"]]
    assert films == [(1214, "Sigourney Weaver"), (1200, "Sigourney Weaver")]
    (person,) = answer["people"]
    assert [film["title"] for film in person.pop("movies")] == ["Alien", "Aliens"]
    assert person == {"name": "Sigourney Weaver", "roles": ["cast"], "films": 2}


def test_of_a_persons_many_films_the_first_few_come(client):
    person = client.get("/api/v1/search?q=an%20actor").json["people"][0]
    assert person["films"] == 15  # all but the four whose people are told
    assert [film["id"] for film in person["movies"]] == [260, 2571, 1, 858, 47, 924]


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("Alein", "Alien"),
        ("Allien", "Alien"),
        ("godfater", "The Godfather"),
        ("sigourny weaver", "Sigourney Weaver"),
        ("hitchcok", "Alfred Hitchcock"),
        ("spcae", "space"),
        ("fabuleux destn", "Le fabuleux destin d'Amélie"),
        ("alien", None),
        ("alie", None),
        ("matrix", None),
        ("weaver", None),
        ("zzzzzz", None),
    ],
)
def test_what_was_meant_is_told_of_a_text_that_is_no_name(client, query, meant):
    answer = client.get("/api/v1/search", query_string={"q": query}).json
    assert answer["did_you_mean"] == meant


@pytest.mark.parametrize(
    ("query", "first"),
    [("matr", 2571), ("Amélie", 4973), ("godfater", 858), ("dune 2021", 195159), ("potter", 70000)],
)
def test_the_film_that_was_meant_comes_first(client, query, first):
    assert client.get("/api/v1/search", query_string={"q": query}).json["movies"][0]["id"] == first


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=!!!"])
def test_an_empty_search_finds_nothing(client, query):
    assert client.get(f"/api/v1/search{query}").json == NOTHING


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "' OR 1=1 --",
        "NEAR(a b)",
        "a* OR b*",
        "x AND",
        "\x00",
        "💥",
        "%",
        "titles:a",
        "-a",
        "(",
        "a" * 200,
        "a " * 100,
        "абв " * 50,
    ],
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
