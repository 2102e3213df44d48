"""Filters, search, and the details of a film."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def filters(visitor):
    """The visitor in front of the drawer with all filters."""
    visitor.open()
    visitor.button("Filters").click()
    expect(visitor.drawer.get_by_role("heading", name="Filters")).to_be_visible()
    return visitor


def test_decades_leave_only_their_films_and_stay_after_a_reload(visitor):
    everything = visitor.open()["matching"]
    visitor.press("1990s")
    both = visitor.press("1970s")
    assert all(movie["year"] // 10 in (197, 199) for movie in both["movies"])
    assert 0 < both["matching"] < everything
    assert visitor.reload()["movies"] == both["movies"]
    expect(visitor.button("1990s")).to_have_attribute("aria-pressed", "true")
    expect(visitor.wall.get_by_role("status")).to_have_text(
        re.compile(rf"{both['matching']:,} films match".replace(",", "[,.\\s\u202f]?"))
    )


def test_the_lowest_rating_is_a_floor(visitor):
    visitor.open()
    slider = visitor.wall.get_by_role("slider", name="Lowest IMDb rating")
    slider.focus()
    listed = visitor.say(lambda: slider.press("PageUp"))
    floor = float(slider.get_attribute("aria-valuenow") or "nan")
    assert floor > 0
    assert all(movie["rating"] >= floor for movie in listed["movies"])


def test_a_genre_can_be_asked_for_and_another_ruled_out(filters):
    filters.press("Include Comedy", filters.drawer)
    listed = filters.press("Exclude Romance", filters.drawer)
    assert all("Comedy" in movie["genres"] for movie in listed["movies"])
    assert not any("Romance" in movie["genres"] for movie in listed["movies"])


def test_clearing_the_filters_brings_every_film_back(filters):
    everything = filters.page.url
    filters.press("1930s", filters.drawer)
    filters.press("Clear filters", filters.drawer)
    filters.page.keyboard.press("Escape")
    expect(filters.drawer).to_be_hidden()
    assert filters.page.url == everything


@pytest.mark.parametrize(
    ("typed", "title"),
    [("matrix", "The Matrix"), ("godfahter", "The Godfather"), ("amélie", "Amelie")],
)
def test_search_finds_a_film_by_part_of_its_title_by_a_typo_and_without_accents(
    visitor, typed, title
):
    visitor.open()
    visitor.search_box.fill(typed)
    suggestions = visitor.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(suggestions.first).to_contain_text(title)


def test_a_suggestion_opens_the_film_where_it_can_be_liked(visitor):
    visitor.open()
    visitor.search_box.fill("alien")
    visitor.page.get_by_role("option", name="Alien 1979", exact=True).click()
    expect(visitor.drawer.get_by_role("heading", name="Alien", exact=True)).to_be_visible()
    visitor.press("Like Alien", visitor.drawer)
    visitor.page.keyboard.press("Escape")
    expect(visitor.drawer).to_be_hidden()
    visitor.has_picks("Alien")


def test_enter_shows_all_that_is_found(visitor):
    visitor.open()
    visitor.search_box.fill("alien")
    visitor.search_box.press("Enter")
    results = visitor.page.get_by_role("region", name="Search results")
    expect(results.get_by_role("heading", name="Called “alien”")).to_be_visible()
    expect(results.get_by_role("article").get_by_role("heading").first).to_have_text("Alien")


def test_a_title_that_nobody_gave_a_film_is_said_to_be_unknown(visitor):
    visitor.open()
    visitor.search_box.fill("qqxzv")
    expect(visitor.page.get_by_text("Nothing is called “qqxzv”.")).to_be_visible()


def test_the_trailer_is_loaded_only_when_it_is_asked_for(visitor):
    asked = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    visitor.open()
    visitor.page.goto(f"{visitor.url}/?film=2571")
    expect(visitor.drawer.get_by_role("heading", name="The Matrix", exact=True)).to_be_visible()
    assert not any("youtube" in url for url in asked)
    visitor.button("Play trailer", visitor.drawer).click()
    trailer = visitor.drawer.get_by_title("Trailer of The Matrix")
    expect(trailer).to_have_attribute("src", re.compile("^https://www.youtube-nocookie.com/embed/"))
    visitor.errors.clear()  # YouTube cannot be reached from here, and the browser says so


def test_the_details_name_people_tags_stills_and_films_like_it(visitor):
    visitor.page.goto(f"{visitor.url}/?film=2571")
    drawer = visitor.drawer
    expect(drawer.get_by_text("Keanu Reeves")).to_be_visible()
    expect(drawer.get_by_role("button", name="Like Sci-Fi", exact=True)).to_be_visible()
    heading = visitor.page.get_by_role("heading", name="Similar films")
    similar = drawer.locator("section").filter(has=heading).get_by_role("link")
    expect(similar).to_have_count(24)
    assert (
        visitor.page.locator("img:visible").evaluate_all(
            "images => images.filter(one => one.complete && one.naturalWidth === 0).length"
        )
        == 0
    )


def test_back_closes_the_film_and_leaves_the_page_as_it_was(visitor):
    visitor.open()
    title = visitor.first_title()
    visitor.wall.get_by_role("link", name=f"Details of {title}", exact=True).first.click()
    expect(visitor.drawer.get_by_role("heading", name=title, exact=True).first).to_be_visible()
    visitor.page.go_back()
    expect(visitor.drawer).to_be_hidden()
    assert visitor.first_title() == title


def test_an_address_that_does_not_exist_is_answered_by_the_page(visitor):
    visitor.page.goto(f"{visitor.url}/no-such-page")
    expect(visitor.page.get_by_role("heading", name="No such page")).to_be_visible()
    visitor.press("To the films")
    expect(visitor.page).to_have_url(f"{visitor.url}/")
