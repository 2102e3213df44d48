"""What a visitor sees while something behind the page is dead, and after it."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def witness(product, new_visitor):
    """A visitor of that product; failed requests are part of what they live through."""
    return new_visitor(product.url, may_fail=True)


def test_a_model_server_killed_in_the_middle_is_bridged_by_popular_films(product, witness):
    witness.open()
    [liked] = witness.like_first(1)
    product.model_server.suspend()  # it holds its address and answers nothing
    title = witness.first_title()
    listed = witness.like(title)
    assert listed["source"] == "fallback"
    assert len(listed["movies"]) == 24
    assert not {liked, title} & {movie["title"] for movie in listed["movies"]}
    expect(witness.page.get_by_text("Popular films for now")).to_be_visible()

    with witness.page.expect_response(is_from_the_model):  # by itself, without a click
        product.model_server.kill()
    expect(witness.page.get_by_text("Popular films for now")).to_be_hidden()
    witness.has_picks(liked, title)


def is_from_the_model(answer) -> bool:
    asks = "/api/v1/recommendations" in answer.url
    return asks and answer.ok and answer.json()["source"] == "model"


def test_filters_hold_while_the_model_server_is_dead(product, witness):
    witness.open()
    product.model_server.suspend()
    listed = witness.press("1970s")
    assert listed["source"] == "fallback"
    assert {movie["year"] // 10 for movie in listed["movies"]} == {197}


def test_a_web_server_killed_in_the_middle_loses_no_click(product, witness):
    witness.open()
    [liked] = witness.like_first(1)
    title = witness.first_title()
    product.web.kill()
    witness.button(f"Like {title}", witness.wall).click()
    expect(witness.button(f"Remove {title}", witness.board)).to_be_visible()
    product.wait_until_ready()
    witness.page.wait_for_function("() => sessionStorage.getItem('marquee.outbox') === null")
    witness.reload()
    witness.has_picks(liked, title)


def test_clicks_made_without_a_network_are_sent_when_it_is_back(product, witness):
    witness.open()
    first, second = witness.first_title(0), witness.first_title(1)
    witness.context.set_offline(True)
    witness.button(f"Like {first}", witness.wall).click()
    witness.button(f"Not for me: {second}", witness.wall).click()
    expect(witness.page.get_by_text(re.compile("No connection. 2 clicks"))).to_be_visible()
    witness.say(lambda: witness.context.set_offline(False))
    witness.has_picks(first, second)
