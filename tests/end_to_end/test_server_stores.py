"""The same page over Redis and Elasticsearch: what a visitor sees does not tell them apart."""

import os
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.end_to_end.stack import REPOSITORY, running


@pytest.fixture(scope="module")
def with_servers(stack, free_port, tmp_path_factory, redis_url, elasticsearch_url):
    """The product with its sessions in Redis and its catalogue in Elasticsearch."""
    folder = tmp_path_factory.mktemp("servers")
    shutil.copy(stack.state / "catalogue.db", folder)  # the embedded stand-in
    urls = {"SESSION_URL": redis_url, "CATALOGUE_URL": f"{elasticsearch_url}/?index=end-to-end"}
    load_catalogue(STATE_DIR=str(folder), **urls)
    with running(folder, free_port(), **urls) as product:
        yield product


def load_catalogue(**environ: str) -> None:
    """By the command that people are told; else the stand-in would answer at first."""
    command = [sys.executable, "-m", "web.catalogue", "load"]
    subprocess.run(command, cwd=REPOSITORY, env={**os.environ, **environ}, check=True, timeout=300)


def test_likes_tags_and_undo_live_in_redis(with_servers, new_visitor):
    visitor = new_visitor(with_servers.url)
    visitor.open()
    liked = visitor.like_first(2)
    visitor.press("Like Comedy", visitor.tags)
    visitor.reload()
    visitor.has_picks(*liked, "Comedy")
    visitor.press("Undo", visitor.board)
    visitor.has_picks(*liked)


def test_search_with_a_typo_is_answered_by_elasticsearch(with_servers, new_visitor):
    visitor = new_visitor(with_servers.url)
    visitor.open()
    visitor.search_box.fill("godfahter")
    suggestions = visitor.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(suggestions.first).to_contain_text("The Godfather")


def test_both_stacks_show_a_stranger_the_same_films(with_servers, stack, new_visitor):
    theirs, ours = new_visitor(with_servers.url), new_visitor(stack.url)
    assert theirs.open()["movies"] == ours.open()["movies"]
