"""A person at the page, in the page's own words: everything is found by role and name."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

FIRST_PAGE = 24


def is_list(answer: Response) -> bool:
    """Whether an answer is a list of films for this visitor."""
    asked = answer.request
    return asked.method == "GET" and "/api/v1/recommendations" in asked.url and answer.ok


class Visitor:
    """One browser with one session; `say` makes a click and waits for the list that follows."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.page = context.new_page()
        self.errors: list[str] = []
        self._listen(self.page)

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))

    # --- where things are

    @property
    def wall(self) -> Locator:
        return self.page.get_by_role("region", name="Films", exact=True)

    @property
    def titles(self) -> Locator:
        return self.wall.get_by_role("article").get_by_role("heading")

    @property
    def board(self) -> Locator:
        return self.page.get_by_role("region", name="Your picks")

    @property
    def tags(self) -> Locator:
        return self.page.get_by_role("complementary", name="In the mood for")

    @property
    def drawer(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def search_box(self) -> Locator:
        return self.page.get_by_role("combobox", name="Search films and tags")

    def button(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=True).first

    # --- what is there

    def first_title(self, place: int = 0) -> str:
        return self.titles.nth(place).inner_text()

    def picks(self) -> list[str]:
        """The names on the board, from left to right."""
        removers = self.board.get_by_role("button", name=re.compile("^Remove "))
        names = [one.get_attribute("aria-label") or "" for one in removers.all()]
        return [name.removeprefix("Remove ") for name in names]

    def session(self) -> Any:
        """What the server knows of this visitor."""
        return self.context.request.get(f"{self.url}/api/v1/session").json()

    def has_picks(self, *names: str) -> None:
        """Both the board and the server have these picks, in this order."""
        removers = self.board.get_by_role("button", name=re.compile("^Remove "))
        expect(removers).to_have_count(len(names))
        for place, name in enumerate(names):
            expect(removers.nth(place)).to_have_accessible_name(f"Remove {name}")
        known = [pick.get("title") or pick["name"] for pick in self.session()["picks"]]
        assert known == list(names)

    def sees(self, listed: Any) -> None:
        """The wall shows exactly the films of an answer, in its order."""
        expect(self.titles).to_have_text([movie["title"] for movie in listed["movies"]])

    # --- what a person does

    def open(self, path: str = "/") -> Any:
        """Go to a page that shows a list; gives the answer that it shows."""
        with self.page.expect_response(is_list) as answer:
            self.page.goto(f"{self.url}{path}")
        return self._shown(answer.value)

    def reload(self) -> Any:
        """Leave and come back to the same address, so that no answer is one from before."""
        address = self.page.url.removeprefix(self.url)
        self.page.goto("about:blank")
        return self.open(address)

    def say(self, act: Callable[[], object]) -> Any:
        """Do something that changes the list; gives the answer that the wall then shows."""
        with self.page.expect_response(is_list) as answer:
            act()
        return self._shown(answer.value)

    def _shown(self, answer: Response) -> Any:
        listed = answer.json()
        self.sees(listed)
        return listed

    def press(self, name: str, within: Locator | None = None) -> Any:
        """Press a button that changes the list."""
        return self.say(self.button(name, within).click)

    def like(self, title: str) -> Any:
        return self.press(f"Like {title}", self.wall)

    def dislike(self, title: str) -> Any:
        return self.press(f"Not for me: {title}", self.wall)

    def like_first(self, count: int) -> list[str]:
        """Like the first film of the list, so many times; their titles in that order."""
        liked = []
        for _ in range(count):
            liked.append(self.first_title())
            self.like(liked[-1])
        return liked
