"""The keyboard alone, a phone, the dark, and a machine that checks what a person cannot see."""

import pytest
from playwright.sync_api import expect

from tests.end_to_end.stack import REPOSITORY

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NARROWEST = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
AXE = REPOSITORY / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
MOST_TABS = 400


def tab_to(visitor, name: str) -> None:
    """Press Tab until the focus is on what is named so; every stop on the way shows its focus."""
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.evaluate(
            "() => { const one = document.activeElement;"
            " return one.getAttribute('aria-label') ?? one.textContent.trim() }"
        )
        if focused == name:
            return
    pytest.fail(f"Tab does not reach {name!r}")


def test_the_keyboard_alone_likes_moves_filters_searches_and_undoes(visitor):
    visitor.open()
    keyboard = visitor.page.keyboard
    keyboard.press("/")
    keyboard.type("alien")
    visitor.page.get_by_role("option", name="Alien 1979", exact=True).wait_for()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(visitor.drawer.get_by_role("heading", name="Alien", exact=True)).to_be_visible()
    tab_to(visitor, "Like Alien")
    visitor.say(lambda: keyboard.press("Enter"))
    keyboard.press("Escape")
    expect(visitor.drawer).to_be_hidden()

    title = visitor.first_title()
    tab_to(visitor, f"Like {title}")
    visitor.say(lambda: keyboard.press("Space"))
    visitor.has_picks("Alien", title)

    visitor.page.evaluate("() => document.activeElement.blur()")
    tab_to(visitor, "Details of Alien")
    visitor.say(lambda: keyboard.press("ArrowRight"))
    visitor.has_picks(title, "Alien")
    visitor.say(lambda: keyboard.press("Control+z"))
    visitor.has_picks("Alien", title)

    tab_to(visitor, "1980s")
    listed = visitor.say(lambda: keyboard.press("Enter"))
    assert all(movie["year"] // 10 == 198 for movie in listed["movies"])


def test_the_focus_stays_near_a_film_that_was_liked(visitor):
    visitor.open()
    visitor.button(f"Like {visitor.first_title(4)}", visitor.wall).focus()
    visitor.say(lambda: visitor.page.keyboard.press("Enter"))
    in_the_wall = "() => document.activeElement.closest('[aria-label=\"Films\"]') !== null"
    visitor.page.wait_for_function(in_the_wall)


def test_the_first_tab_stop_leads_past_the_header(visitor):
    visitor.open()
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.get_by_role("link", name="Skip to the films")).to_be_focused()


@pytest.mark.parametrize("device", [PHONE, NARROWEST], ids=["phone", "narrowest"])
def test_nothing_is_wider_than_a_phone(new_visitor, device):
    visitor = new_visitor(**device)
    visitor.open()
    visitor.like_first(3)
    too_wide = "() => document.documentElement.scrollWidth > window.innerWidth"
    assert not visitor.page.evaluate(too_wide)
    visitor.page.goto(f"{visitor.url}/saved")
    visitor.page.get_by_role("heading", level=1).wait_for()
    assert not visitor.page.evaluate(too_wide)


def test_a_thumb_can_do_everything_on_a_phone(new_visitor):
    visitor = new_visitor(**PHONE)
    visitor.open()
    title = visitor.first_title()
    visitor.say(visitor.button(f"Like {title}", visitor.wall).tap)
    visitor.has_picks(title)
    for name in (f"Remove {title}", "Undo", "Start over"):
        box = visitor.button(name, visitor.board).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["y"] + box["height"] <= PHONE["viewport"]["height"]
    visitor.say(visitor.button("Undo", visitor.board).tap)
    visitor.has_picks()
    visitor.button("Filters").tap()
    listed = visitor.say(visitor.button("1970s", visitor.drawer).tap)
    assert all(movie["year"] // 10 == 197 for movie in listed["movies"])


def brightness(visitor) -> float:
    """Of the page's ground, 0 to 255."""
    colour = visitor.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return sum(parts) / 3


def test_the_page_follows_the_system_into_the_dark(new_visitor):
    dark, light = new_visitor(color_scheme="dark"), new_visitor(color_scheme="light")
    dark.open()
    light.open()
    assert brightness(dark) < 64
    assert brightness(light) > 192


def test_the_chosen_theme_is_kept_and_shown_from_the_first_moment(new_visitor):
    visitor = new_visitor(color_scheme="light")
    visitor.open()
    visitor.button("Dark mode").click()
    expect(visitor.button("Dark mode")).to_have_attribute("aria-pressed", "true")
    visitor.page.reload(wait_until="commit")
    visitor.page.locator("body").wait_for(state="attached")
    assert brightness(visitor) < 64
    expect(visitor.button("Dark mode")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/?film=2571", "/saved", "/search?q=alien"])
def test_axe_finds_nothing_to_complain_of(new_visitor, scheme, path):
    if not AXE.exists():
        pytest.skip("the page's packages are not installed: make frontend/node_modules/.installed")
    visitor = new_visitor(color_scheme=scheme, reduced_motion="reduce")
    visitor.open()
    visitor.like_first(1)
    visitor.dislike(visitor.first_title())
    visitor.page.goto(f"{visitor.url}{path}", wait_until="networkidle")
    visitor.page.evaluate(AXE.read_text())
    found = visitor.page.evaluate("() => axe.run().then(result => result.violations)")
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []
