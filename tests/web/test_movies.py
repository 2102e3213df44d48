"""One film, over HTTP."""

import pytest

from model_server.protocol import Similar


def test_a_film_with_all_that_is_known_of_it(client):
    answer = client.get("/api/v1/movies/2571")
    assert answer.status_code == 200
    assert answer.json == {
        "id": 2571,
        "title": "The Matrix",
        "titles": ["Matrix, The"],
        "year": 1999,
        "runtime": 120,
        "rating": 8.7,
        "votes": 1000,
        "genres": ["Action", "Sci-Fi"],
        "tags": [
            {"id": 1, "name": "Action", "kind": "genre"},
            {"id": 8, "name": "Sci-Fi", "kind": "genre"},
            {"id": 1001, "name": "dream", "kind": "keyword"},
            {"id": 1005, "name": "robot", "kind": "keyword"},
        ],
        "directors": ["A Director"],
        "cast": ["An Actor", "Another"],
        "language": "en",
        "imdb_id": "tt0002571",
        "tmdb_id": 1_002_571,
        "poster": "/images/poster/2571",
        "stills": [f"/images/still/2571/{number}" for number in range(4)],
        "trailer": {"youtube_id": "abcdefghijk"},
    }


def test_what_is_not_known_is_null(client):
    film = client.get("/api/v1/movies/300").json
    assert [film[name] for name in ("year", "rating", "votes", "trailer")] == [None] * 4
    assert film["stills"] == ["/images/still/300/0"]


@pytest.mark.parametrize("path", ["999999", "0", "9" * 30, "999999/similar"])
def test_an_unknown_film_is_not_found(client, path):
    answer = client.get(f"/api/v1/movies/{path}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json["detail"] == f"there is no movie {path.split('/')[0]} in the catalogue"


@pytest.mark.parametrize("path", ["alien", "-1", "1.5", ""])
def test_what_is_no_id_is_not_found(client, path):
    answer = client.get(f"/api/v1/movies/{path}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_films_near_a_film_are_those_that_the_model_says(client, model):
    answer = client.get("/api/v1/movies/2571/similar?limit=3")
    assert [film["id"] for film in answer.json["movies"]] == [1, 47, 260]
    assert answer.json["source"] == "model"
    assert model.asked == [Similar(2571, (1, 8, 1001, 1005), 3)]


def test_without_the_model_they_are_popular_films_of_the_same_genres(client, model):
    model.fail()
    answer = client.get("/api/v1/movies/4973/similar")  # Amelie: Comedy and Romance
    assert [film["id"] for film in answer.json["movies"]] == [1, 70000]
    assert answer.json["source"] == "fallback"
