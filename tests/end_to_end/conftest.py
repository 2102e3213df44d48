"""The product and a browser, started once; every test is a new visitor."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.end_to_end.stack import REPOSITORY, Stack, running
from tests.end_to_end.visitor import Visitor

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PATIENCE_MS = 20_000

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items):
    """Everything here takes more than a few seconds."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def built() -> None:
    """What `make run` builds before it serves."""
    if not (REPOSITORY / "frontend" / "dist" / "index.html").exists():
        pytest.skip("the page is not built: make frontend/dist/index.html")


@pytest.fixture(scope="session")
def stack(built, free_port, tmp_path_factory) -> Iterator[Stack]:
    """The product with its embedded stores."""
    with running(tmp_path_factory.mktemp("stack"), free_port()) as product:
        yield product


@pytest.fixture
def product(stack, free_port, tmp_path) -> Iterator[Stack]:
    """A product of a test's own, to be killed in parts and as a whole."""
    shutil.copy(stack.state / "catalogue.db", tmp_path)  # built once: it takes a while
    with running(tmp_path, free_port()) as mortal:
        yield mortal


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; playwright brings none."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"no browser is installed; looked for {', '.join(BROWSERS)}")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def new_visitor(stack, browser) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors who have never been here; what they are given is the browser's settings.

    Nothing but the product itself can be reached, and an error that the browser reports fails
    the test, unless it is made with `may_fail=True`.
    """
    watched: list[Visitor] = []
    contexts = []

    def make(url: str = stack.url, may_fail: bool = False, **settings: Any) -> Visitor:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        context.set_default_timeout(PATIENCE_MS)
        context.route(lambda asked: not asked.startswith(url), lambda route: route.abort())
        contexts.append(context)
        visitor = Visitor(context, url)
        if not may_fail:
            watched.append(visitor)
        return visitor

    yield make
    for context in contexts:
        context.close()
    assert [error for visitor in watched for error in visitor.errors] == []


@pytest.fixture
def visitor(new_visitor) -> Visitor:
    """A new visitor at a wide window."""
    return new_visitor()
