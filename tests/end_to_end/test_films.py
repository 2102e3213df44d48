"""The main path: films, clicks, and a list that follows them."""

import re

from playwright.sync_api import expect


def test_a_stranger_sees_films_and_tags_and_has_no_cookie(visitor):
    listed = visitor.open()
    assert listed["source"] == "model"
    expect(visitor.titles).to_have_count(24)
    expect(visitor.tags.get_by_role("listitem")).to_have_count(24)
    expect(visitor.page).to_have_title(re.compile("Marquee"))
    expect(visitor.page.get_by_role("main")).to_have_count(1)
    visitor.has_picks()
    assert visitor.context.cookies() == []


def test_a_like_goes_on_the_board_and_changes_films_and_tags(visitor):
    before = visitor.open()
    title = visitor.first_title()
    after = visitor.like(title)
    visitor.has_picks(title)
    assert title not in [movie["title"] for movie in after["movies"]]
    assert [movie["id"] for movie in after["movies"]] != [m["id"] for m in before["movies"]]
    assert [tag["id"] for tag in after["tags"]] != [tag["id"] for tag in before["tags"]]


def test_a_dislike_is_marked_on_the_board_and_takes_the_film_away(visitor):
    visitor.open()
    title = visitor.first_title(3)
    after = visitor.dislike(title)
    visitor.has_picks(title)
    assert title not in [movie["title"] for movie in after["movies"]]
    assert visitor.session()["disliked"][0]["title"] == title
    expect(visitor.button(f"Change {title} to like", visitor.board)).to_be_visible()


def test_a_verdict_can_be_turned_round_on_the_board(visitor):
    visitor.open()
    [title] = visitor.like_first(1)
    visitor.press(f"Change {title} to not for me", visitor.board)
    assert [pick["title"] for pick in visitor.session()["disliked"]] == [title]
    visitor.press(f"Change {title} to like", visitor.board)
    assert [pick["title"] for pick in visitor.session()["liked"]] == [title]


def test_a_pick_can_be_removed_from_the_board(visitor):
    before = visitor.open()
    [title] = visitor.like_first(1)
    after = visitor.press(f"Remove {title}", visitor.board)
    visitor.has_picks()
    assert after["movies"] == before["movies"]


def test_a_liked_tag_brings_its_films(visitor):
    visitor.open()
    after = visitor.press("Like Comedy", visitor.tags)
    visitor.has_picks("Comedy")
    comedies = [movie for movie in after["movies"] if "Comedy" in movie["genres"]]
    assert len(comedies) > len(after["movies"]) / 2
    expect(visitor.button("Like Comedy", visitor.tags)).to_have_count(0)


def test_a_disliked_tag_takes_away_every_film_that_carries_it(visitor):
    visitor.open()
    after = visitor.press("Not for me: Drama", visitor.tags)
    visitor.has_picks("Drama")
    assert len(after["movies"]) == 24
    assert not any("Drama" in movie["genres"] for movie in after["movies"])


def test_a_seen_film_leaves_the_list_and_the_board_stays_empty(visitor):
    visitor.open()
    title = visitor.first_title()
    after = visitor.press(f"Seen {title}", visitor.wall)
    assert title not in [movie["title"] for movie in after["movies"]]
    visitor.has_picks()
    assert [entry["title"] for entry in visitor.session()["seen"]] == [title]


def test_more_films_are_added_below_those_that_are_there(visitor):
    listed = visitor.open()
    visitor.button("More films").click()
    expect(visitor.titles).to_have_count(48)
    first = visitor.titles.all_inner_texts()
    assert first[:24] == [movie["title"] for movie in listed["movies"]]
    assert len(visitor.wall.get_by_role("article").all()) == 48


def test_everything_said_is_there_after_a_reload(visitor):
    visitor.open()
    liked = visitor.like_first(2)
    disliked = visitor.first_title()
    before = visitor.dislike(disliked)
    after = visitor.reload()
    visitor.has_picks(*liked, disliked)
    assert after["movies"] == before["movies"]
