"""Recommendations over HTTP."""

import pytest

from model_server.protocol import Filters, Pick, Recommend, Tuning
from web.breaker import FAILURES, REST_SECONDS

URL = "/api/v1/recommendations"


def ids(items) -> list[int]:
    return [item["id"] for item in items]


def test_a_stranger_gets_films_and_tags_of_the_model(client, model):
    answer = client.get(f"{URL}?limit=1")
    tags = answer.json["tags"]
    assert answer.status_code == 200
    assert answer.json == {
        "tags": tags,
        "movies": [
            {
                "id": 1,
                "title": "Toy Story",
                "year": 1995,
                "runtime": 120,
                "rating": 8.3,
                "votes": 1000,
                "genres": ["Animation", "Comedy"],
                "poster": "/images/poster/1",
                "probability": 1.0,
            }
        ],
        "matching": 19,
        "source": "model",
        "model": "stub-1",
        "relaxations": [],
    }
    assert tags[:2] == [
        {"id": 1, "name": "Action", "kind": "genre", "probability": 1.0},
        {"id": 2, "name": "Animation", "kind": "genre", "probability": 0.5},
    ]
    assert model.asked == [Recommend(limit=1)]


def test_the_session_is_what_the_model_is_asked_about(client, click, model):
    click("like", 2571)
    click("dislike", tag_id=6)
    click("seen", 1)
    client.get(URL)
    # The Matrix carries Action (1), Sci-Fi (8), dream (1001) and robot (1005).
    assert model.asked[-1] == Recommend(
        picks=(Pick("movie", 2571, True, (1, 8, 1001, 1005)), Pick("tag", 6, False)), seen=(1,)
    )


def test_the_query_string_is_what_the_model_is_asked_for(client, model):
    client.get(
        f"{URL}?limit=5&offset=3&decade=1990&decade=2000&year_from=1991&year_to=2005&rating_min=7"
        "&rating_max=9.5&genre=Drama&genre=sci-fi&exclude_genre=Horror&engine=popular"
        "&hidden_gems=2&newer=-1&dislikes=strong"
    )
    filters = Filters((1990, 2000), 1991, 2005, 7.0, 9.5, (5, 8), (6,))
    tuning = Tuning(2, -1, "strong")
    assert model.asked == [Recommend((), (), filters, tuning, 5, 3, engine="popular")]


def test_empty_parameters_count_as_absent(client, model):
    client.get(
        f"{URL}?year_from=&year_to=&rating_min=&rating_max=&genre=&exclude_genre=&engine="
        "&hidden_gems=&newer=&dislikes="
    )
    assert model.asked == [Recommend()]


def test_a_body_asks_the_same_without_a_session(client, click, model):
    click("like", 1)
    answer = client.post(
        URL,
        json={
            "picks": [
                {"kind": "movie", "id": 2571, "liked": True},
                {"kind": "tag", "id": 5, "liked": False},
            ],
            "seen": [47],
            "filters": {"decades": [1990], "year_from": 1991, "rating_max": 9, "genres": ["Drama"]},
            "tuning": {"hidden_gems": -2, "newer": 1, "dislikes": "ignore"},
            "limit": 10,
            "offset": 2,
            "engine": "popular",
        },
    )
    assert answer.status_code == 200
    assert model.asked[-1] == Recommend(
        picks=(Pick("movie", 2571, True, (1, 8, 1001, 1005)), Pick("tag", 5, False)),
        seen=(47,),
        filters=Filters(decades=(1990,), year_from=1991, rating_max=9.0, genres=(5,)),
        tuning=Tuning(-2, 1, "ignore"),
        limit=10,
        offset=2,
        engine="popular",
    )


def test_an_empty_body_of_a_program_asks_for_films_at_no_pick(client, model):
    answer = client.post(URL, json={})
    assert ids(answer.json["movies"]) == ids(client.get(URL).json["movies"])
    assert "Set-Cookie" not in answer.headers


def test_of_a_pick_that_comes_twice_the_last_counts(client, model):
    picks = [
        {"kind": "movie", "id": n, "liked": liked}
        for n, liked in ((1, True), (47, True), (1, False))
    ]
    client.post(URL, json={"picks": picks})
    assert [(pick.id, pick.liked) for pick in model.asked[0].picks] == [(47, True), (1, False)]


def test_an_unknown_id_in_seen_is_ignored(client, model):
    answer = client.post(URL, json={"seen": [1, 999_999, 0, -5, 2**40, 2**80]})
    assert answer.status_code == 200
    assert model.asked[0].seen == (1, 999_999)


@pytest.mark.parametrize("kind", ["movie", "tag"])
def test_an_unknown_id_in_picks_is_refused(client, model, kind):
    answer = client.post(URL, json={"picks": [{"kind": kind, "id": 999_999, "liked": True}]})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.json["detail"] == f"there is no {kind} 999999 in the catalogue"
    assert model.asked == []


@pytest.mark.parametrize("limit", [1, 100])
def test_the_limits_of_limit_are_allowed(client, limit):
    assert client.get(f"{URL}?limit={limit}").status_code == 200
    assert client.post(URL, json={"limit": limit}).status_code == 200


def test_as_many_picks_and_seen_as_allowed_are_taken(client, model):
    picks = [{"kind": "movie", "id": 1, "liked": True}] * 500
    answer = client.post(URL, json={"picks": picks, "seen": list(range(1, 10_001))})
    assert answer.status_code == 200
    assert len(model.asked[0].seen) == 10_000


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("limit=0", 'limit must be a whole number in 1..100, got "0"'),
        ("limit=101", 'limit must be a whole number in 1..100, got "101"'),
        ("limit=100000", 'limit must be a whole number in 1..100, got "100000"'),
        ("limit=ten", 'limit must be a whole number in 1..100, got "ten"'),
        ("offset=-1", 'offset must be a whole number in 0..1000000, got "-1"'),
        ("rating_min=abc", 'rating_min must be a number in 0..10, got "abc"'),
        ("rating_max=11", 'rating_max must be a number in 0..10, got "11"'),
        ("rating_min=nan", 'rating_min must be a number in 0..10, got "nan"'),
        ("decade=1995", 'decade must be a multiple of 10 in 1870..2100, got "1995"'),
        ("decade=1990&decade=95", 'decade must be a multiple of 10 in 1870..2100, got "95"'),
        ("year_from=x", 'year_from must be a whole number in 1800..2200, got "x"'),
        ("year_from=2000&year_to=1990",
         "the least year must not be above the most, got 2000 and 1990"),
        ("rating_min=8&rating_max=7",
         "the least rating must not be above the most, got 8.0 and 7.0"),
        ("engine=oracle", "engine must be one of lstm, popular, got 'oracle'"),
        ("limit=1&limit=2", "limit must be given once, got 2"),
        ("hidden_gems=3", 'hidden_gems must be a whole number in -2..2, got "3"'),
        ("hidden_gems=0.5", 'hidden_gems must be a whole number in -2..2, got "0.5"'),
        ("newer=-3", 'newer must be a whole number in -2..2, got "-3"'),
        ("dislikes=loud", 'dislikes must be one of ignore, normal, strong, got "loud"'),
        ("genre=Space+Opera", "a genre must be one of Action, Animation, Comedy, Crime, Drama,"
         " Horror, Romance, Sci-Fi, got 'Space Opera'"),
    ],
)  # fmt: skip
def test_a_wrong_query_is_refused_and_never_clamped(client, query, detail):
    answer = client.get(f"{URL}?{query}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.json == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": detail,
        "instance": URL,
    }


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"limit": 0}, "limit must be a whole number in 1..100, got 0"),
        ({"limit": 100_000}, "limit must be a whole number in 1..100, got 100000"),
        ({"offset": -1}, "offset must be a whole number in 0..1000000, got -1"),
        ({"picks": [{"kind": "movie", "id": 1, "liked": True}] * 501},
         "picks must be a list of at most 500 items, got 501 items"),
        ({"seen": [1] * 10_001}, "seen must be a list of at most 10000 items, got 10001 items"),
        ({"filters": {"decades": [1995]}},
         "filters.decades[0] must be a multiple of 10 in 1870..2100, got 1995"),
        ({"filters": {"rating_min": "abc"}},
         'filters.rating_min must be a number in 0..10 or null, got "abc"'),
        ({"filters": {"decade": [1990]}}, "filters: Object contains unknown field 'decade'"),
        ({"tuning": {"hidden_gems": 3}},
         "tuning.hidden_gems must be a whole number in -2..2, got 3"),
        ({"tuning": {"newer": "1"}}, 'tuning.newer must be a whole number in -2..2, got "1"'),
        ({"tuning": {"dislikes": True}},
         "tuning.dislikes must be one of ignore, normal, strong, got true"),
        ({"tuning": {"longer": 1}}, "tuning: Object contains unknown field 'longer'"),
        ({"tuning": 2}, "tuning must be a JSON object or null, got 2"),
        ({"picks": "all"}, 'picks must be a list of at most 500 items, got "all"'),
        ({"engine": "oracle"}, "engine must be one of lstm, popular, got 'oracle'"),
    ],
)  # fmt: skip
def test_a_wrong_body_is_refused_and_never_clamped(client, body, detail):
    answer = client.post(URL, json=body)
    assert (answer.status_code, answer.json["detail"]) == (400, detail)


def test_a_body_that_is_no_json_is_refused(client):
    answer = client.post(URL, data="picks=1", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.json["detail"].startswith("the body must be JSON")


def test_without_the_model_popular_films_pass_the_same_filters(client, click, model):
    click("like", 2571)
    click("dislike", tag_id=6)  # Horror
    click("seen", 260)
    model.fail()
    answer = client.get(f"{URL}?genre=Sci-Fi&rating_min=7")
    # Of the Sci-Fi films from 7.0 up, Alien and Aliens are Horror, two are said: most rated first.
    assert answer.status_code == 200
    assert ids(answer.json["movies"]) == [924, 60069, 79132, 195159]
    assert (answer.json["matching"], answer.json["source"]) == (4, "fallback")
    assert answer.json["model"] is None
    # 2897 of the 2897 + 918 + 800 + 31 ratings
    assert answer.json["movies"][0]["probability"] == pytest.approx(2897 / 4646)
    assert 6 not in ids(answer.json["tags"])


def test_a_fallback_shuts_out_no_film_for_a_tag_whose_dislike_is_ignored(client, click, model):
    click("dislike", 1200)
    click("dislike", tag_id=6)  # Horror
    model.fail()
    heard = client.get(f"{URL}?genre=Sci-Fi&decade=1970&decade=1980").json
    ignored = client.get(f"{URL}?genre=Sci-Fi&decade=1970&decade=1980&dislikes=ignore").json
    assert ids(heard["movies"]) == [260, 2021]
    assert ids(ignored["movies"]) == [260, 1214, 2021]  # Alien too, and still not Aliens
    assert ignored["matching"] == 3


def test_a_fallback_has_its_pages_and_all_its_tags(client, model):
    model.fail()
    first = client.get(f"{URL}?limit=5").json
    second = client.get(f"{URL}?limit=5&offset=5").json
    assert ids(first["movies"]) == [260, 2571, 1, 858, 1214]
    assert ids(second["movies"]) == [47, 1200, 924, 1219, 4973]
    assert len(first["tags"]) == 13  # the catalogue of the test has no more
    assert sum(tag["probability"] for tag in first["tags"]) == pytest.approx(1)


def test_a_dead_model_is_not_waited_for_by_every_visitor(client, model, clock):
    model.fail()
    for _ in range(FAILURES + 5):
        assert client.get(URL).json["source"] == "fallback"
    assert len(model.asked) == FAILURES
    model.failure = None
    clock.now += REST_SECONDS
    assert client.get(URL).json["source"] == "model"


def test_a_wrong_engine_is_the_callers_fault_and_no_failure_of_the_model(client, model):
    for _ in range(FAILURES + 1):
        assert client.get(f"{URL}?engine=oracle").status_code == 400
    assert client.get(URL).json["source"] == "model"


def test_an_answer_is_never_stored_by_a_cache(client):
    assert client.get(URL).headers["Cache-Control"] == "no-store"
