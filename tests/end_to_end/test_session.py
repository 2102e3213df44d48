"""The order of the picks, the way back, and what is kept for later."""

from playwright.sync_api import Locator, expect


def drag(visitor, source: Locator, target: Locator) -> None:
    """With the mouse, as a hand does: down, some way, up."""
    start, end = source.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    mouse = visitor.page.mouse
    mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    mouse.down()
    mouse.move(end["x"] + end["width"] + 10, end["y"] + end["height"] / 2, steps=12)
    mouse.up()


def test_buttons_move_a_pick_and_the_list_follows(visitor):
    visitor.open()
    first, second, third = visitor.like_first(3)
    before = visitor.titles.all_inner_texts()
    after = visitor.press(f"Move {first} right", visitor.board)
    visitor.has_picks(second, first, third)
    assert [movie["title"] for movie in after["movies"]] != before
    visitor.press(f"Move {third} left", visitor.board)
    visitor.has_picks(second, third, first)


def test_a_pick_at_an_end_cannot_be_moved_beyond_it(visitor):
    visitor.open()
    first, last = visitor.like_first(2)
    expect(visitor.button(f"Move {first} left", visitor.board)).to_be_disabled()
    expect(visitor.button(f"Move {last} right", visitor.board)).to_be_disabled()


def test_dragging_a_pick_to_the_right_end_makes_it_the_most_important(visitor):
    visitor.open()
    first, second, third = visitor.like_first(3)
    handle = visitor.button(f"Details of {first}", visitor.board)
    goal = visitor.button(f"Details of {third}", visitor.board)
    visitor.say(lambda: drag(visitor, handle, goal))
    visitor.has_picks(second, third, first)
    expect(visitor.drawer).to_have_count(0)  # letting go is not a click on the film


def test_undo_and_redo_walk_through_every_step(visitor):
    start = visitor.open()
    first, second = visitor.like_first(2)
    visitor.press(f"Move {first} right", visitor.board)
    visitor.press("Undo", visitor.board)
    visitor.has_picks(first, second)
    visitor.press("Undo", visitor.board)
    visitor.has_picks(first)
    back = visitor.press("Undo", visitor.board)
    visitor.has_picks()
    assert back["movies"] == start["movies"]
    expect(visitor.button("Undo", visitor.board)).to_be_disabled()
    visitor.press("Redo", visitor.board)
    visitor.has_picks(first)


def test_undo_survives_a_reload(visitor):
    visitor.open()
    first, _ = visitor.like_first(2)
    visitor.reload()
    visitor.press("Undo", visitor.board)
    visitor.has_picks(first)


def test_starting_over_forgets_everything_and_can_be_taken_back(visitor):
    start = visitor.open()
    liked = visitor.like_first(2)
    after = visitor.press("Start over", visitor.board)
    visitor.has_picks()
    assert after["movies"] == start["movies"]
    visitor.press("Put it back")
    visitor.has_picks(*liked)


def test_a_saved_film_is_on_the_saved_page_after_a_reload_and_weighs_nothing(visitor):
    before = visitor.open()
    title = visitor.first_title()
    visitor.button(f"Save {title}", visitor.wall).click()
    expect(visitor.button(f"Save {title}", visitor.wall)).to_have_attribute("aria-pressed", "true")
    again = visitor.reload()
    assert again["movies"] == before["movies"]
    visitor.page.get_by_role("link", name="Saved").click()
    page = visitor.page.get_by_role("region", name="Saved for later")
    expect(page.get_by_role("article").get_by_role("heading")).to_have_text([title])
    visitor.button(f"Save {title}", page).click()
    expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_visible()


def test_a_shared_link_shows_the_picks_to_somebody_else_and_leaves_theirs_alone(
    visitor, new_visitor
):
    visitor.open()
    liked = visitor.like_first(2)
    visitor.has_picks(*liked)
    visitor.button("Share", visitor.board).click()
    link = visitor.page.get_by_label("Link to these picks").input_value()
    friend = new_visitor()
    friend.page.goto(link)
    shared = friend.page.get_by_role("list", name="Shared picks")
    for place, title in enumerate(liked):
        expect(shared.get_by_role("listitem").nth(place)).to_contain_text(title)
    assert friend.session()["picks"] == []
    friend.press("Go on from these picks")
    friend.has_picks(*liked)


def test_two_tabs_that_click_at_once_lose_nothing(visitor):
    visitor.open()
    [first] = visitor.like_first(1)  # the cookie that both tabs share is made here
    other = visitor.context.new_page()
    other.goto(visitor.url)
    other.get_by_role("article").nth(5).wait_for()
    mine, theirs = visitor.first_title(0), visitor.first_title(5)
    other.get_by_role("button", name=f"Like {theirs}", exact=True).first.click(no_wait_after=True)
    visitor.button(f"Like {mine}", visitor.wall).click()
    other.get_by_role("button", name=f"Remove {theirs}", exact=True).wait_for()
    expect(visitor.button(f"Remove {mine}", visitor.board)).to_be_visible()
    for tab in (visitor.page, other):  # the board shows a click before the server has heard it
        tab.wait_for_function("() => sessionStorage.getItem('marquee.outbox') === null")
    visitor.reload()
    names = visitor.picks()
    assert names[0] == first
    assert sorted(names[1:]) == sorted([mine, theirs])
