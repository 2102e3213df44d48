"""The way out of narrow filters, over HTTP."""

import pytest

from model_server.protocol import FEW_MOVIES, Relaxation

URL = "/api/v1/recommendations"


def test_what_the_model_counted_is_given(client, model):
    model.relaxations = (Relaxation("avoided_tags", 9), Relaxation("years", 0))
    expected = [
        {"condition": "avoided_tags", "matching": 9},
        {"condition": "years", "matching": 0},
    ]
    assert client.get(URL).json["relaxations"] == expected
    assert client.post(URL, json={}).json["relaxations"] == expected


@pytest.fixture
def fallback(client, model):
    """An answer without the model."""
    model.fail()
    return lambda query="": client.get(f"{URL}?{query}").json


def relaxed(answer) -> dict[str, int]:
    return {one["condition"]: one["matching"] for one in answer["relaxations"]}


FILTERS = {
    "decades": "decade=1990",
    "years": "year_from=1996&year_to=2000",
    "rating": "rating_min=8.6&rating_max=10",
    "genres": "genre=Sci-Fi",
    "exclude_genres": "exclude_genre=Action&exclude_genre=Drama",
}


def test_a_fallback_counts_what_each_condition_shuts_out(fallback, click):
    click("dislike", tag_id=1001)  # dream
    answer = fallback("&".join(FILTERS.values()))
    assert (answer["movies"], answer["matching"], answer["source"]) == ([], 0, "fallback")
    assert set(relaxed(answer)) == {*FILTERS, "avoided_tags"}
    counts = list(relaxed(answer).values())
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("dropped", FILTERS)
def test_without_a_condition_as_many_films_match_as_were_promised(fallback, click, dropped):
    click("like", 2571)
    click("seen", 260)
    click("dislike", tag_id=6)  # Horror
    promised = relaxed(fallback("&".join(FILTERS.values())))[dropped]
    others = "&".join(query for name, query in FILTERS.items() if name != dropped)
    assert fallback(others)["matching"] == promised


def test_without_the_avoided_tags_as_many_films_match_as_were_promised(fallback, click):
    click("dislike", tag_id=6)
    answer = fallback("genre=Sci-Fi&decade=1970&decade=1980")
    assert relaxed(answer)["avoided_tags"] == 4  # Alien and Aliens beside Star Wars and Dune
    click("clear", tag_id=6)
    assert fallback("genre=Sci-Fi&decade=1970&decade=1980")["matching"] == 4


def test_avoided_tags_that_are_ignored_are_no_condition(fallback, click):
    click("dislike", tag_id=6)
    assert "avoided_tags" not in relaxed(fallback("decade=1970&dislikes=ignore"))


def test_a_page_far_back_promises_the_same(fallback):
    assert relaxed(fallback("decade=1970&offset=500&limit=1")) == {"decades": 19}


def test_where_enough_matches_nothing_is_promised(fallback):
    answer = fallback("year_from=1960")
    assert answer["matching"] >= FEW_MOVIES
    assert answer["relaxations"] == []
