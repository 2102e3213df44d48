"""The page itself and its assets."""

import gzip

import pytest


@pytest.fixture
def built(config):
    """What the front end is built to."""
    (config.frontend_dir / "assets").mkdir(parents=True)
    (config.frontend_dir / "index.html").write_text("<title>Marquee</title>")
    (config.frontend_dir / "favicon.svg").write_text("<svg/>")
    (config.frontend_dir / "assets" / "index-1a2b.js").write_text("run();" * 1000)
    (config.frontend_dir.parent / "secret.txt").write_text("hush")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/", "/saved", "/movie/2571", "/some/where/else"])
def test_any_path_of_the_page_is_the_page(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert answer.text == "<title>Marquee</title>"
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("built")
def test_assets_are_kept_for_ever_and_other_files_are_not(client):
    asset = client.get("/assets/index-1a2b.js")
    assert asset.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/favicon.svg").headers["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("built")
def test_an_asset_is_compressed(client):
    answer = client.get("/assets/index-1a2b.js", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == b"run();" * 1000


@pytest.mark.usefixtures("built")
def test_what_a_browser_has_already_is_not_sent_again(client):
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        etag = client.get("/assets/index-1a2b.js", headers=headers).headers["ETag"]
        again = client.get("/assets/index-1a2b.js", headers={**headers, "If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "path", ["/assets/gone.js", "/nothing.txt", "/images/nothing", "/metrics/more", "/api/x"]
)
def test_what_is_not_there_is_not_the_page(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt"]
)
def test_nothing_outside_the_folder_is_served(client, path):
    assert "hush" not in client.get(path).text


@pytest.mark.usefixtures("built")
def test_the_page_cannot_be_posted_to(client):
    assert client.post("/saved").status_code == 404


def test_a_page_that_was_not_built_says_how(client):
    answer = client.get("/")
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert "make run" in answer.text
