"""Pictures over HTTP: from their host, from disk, or drawn."""

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from web import fetching
from web.fetching import RemotePictures, mimetype, sweep

JPEG = b"\xff\xd8\xff\xe0" + b"a picture" * 20
PNG = b"\x89PNG\r\n\x1a\n" + b"a picture"


class PictureHost:
    """A host of pictures that says what it was told to, by path."""

    def __init__(self) -> None:
        self.answers = {}
        self.asked = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                host.asked.append(self.path)
                host.may_answer.wait(10)
                status, body = host.answers.get(self.path, (404, b"nothing here"))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def host():
    host = PictureHost()
    thread = threading.Thread(target=host.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield host
    host.may_answer.set()
    host.server.shutdown()
    host.server.server_close()
    thread.join()


@pytest.fixture
def remote(tmp_path, clock):
    return RemotePictures(tmp_path / "posters", clock)


@pytest.fixture
def online(make_app, configured, host):
    """A client of an app whose pictures come from the host."""
    return make_app(configured(poster_host=host.url, frame_host=host.url)).test_client()


def test_a_poster_comes_from_its_host_and_then_from_disk(online, host):
    host.answers["/w342/poster.jpg"] = (200, JPEG)
    for _ in range(3):
        answer = online.get("/images/poster/1")
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/jpeg", JPEG)
        assert answer.headers["Cache-Control"] == "public, max-age=604800"
    assert host.asked == ["/w342/poster.jpg"]


def test_a_poster_that_does_not_exist_is_drawn_and_not_asked_for_again(online, host):
    for _ in range(3):
        answer = online.get("/images/poster/1")
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert host.asked == ["/w342/poster.jpg"]


def test_a_drawing_in_place_of_a_poster_is_kept_for_a_minute_only(online):
    assert online.get("/images/poster/1").headers["Cache-Control"] == "public, max-age=60"


def test_without_a_network_every_picture_is_drawn(client):
    for path in ("/images/poster/1", "/images/still/1/0", "/images/still/2571/3"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
        assert answer.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("path", ["poster/999999", "poster/99999999999999", "still/999999/7"])
def test_an_unknown_film_has_a_picture_too(client, path):
    answer = client.get(f"/images/{path}")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


@pytest.mark.parametrize("path", ["poster/x", "poster/-1", "still/1", "still/1/x", "banner/1"])
def test_what_is_no_picture_is_not_found(client, path):
    assert client.get(f"/images/{path}").status_code == 404


def test_stills_are_the_backdrop_and_frames_of_the_trailer(online, host):
    host.answers["/w780/backdrop.jpg"] = (200, JPEG + b"backdrop")
    host.answers["/abcdefghijk/maxres1.jpg"] = (200, JPEG + b"large")
    host.answers["/abcdefghijk/mq2.jpg"] = (200, JPEG + b"small")
    assert online.get("/images/still/2571/0").data == JPEG + b"backdrop"
    assert online.get("/images/still/2571/1").data == JPEG + b"large"
    assert online.get("/images/still/2571/2").data == JPEG + b"small"
    assert online.get("/images/still/2571/3").mimetype == "image/svg+xml"
    assert online.get("/images/still/2571/4").mimetype == "image/svg+xml"


def test_a_picture_may_do_nothing_but_show(client):
    headers = client.get("/images/poster/1").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}])
def test_what_a_browser_has_already_is_not_sent_again(client, headers):
    etag = client.get("/images/poster/1", headers=headers).headers["ETag"]
    again = client.get("/images/poster/1", headers={**headers, "If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["/../secret.jpg", "http://evil/x.jpg", "/a.jpg?x", "/a.svg", "//evil/a.jpg", "poster.jpg"],
)
def test_a_path_that_tmdb_does_not_use_is_not_asked_for(app, path):
    images = app.extensions["marquee"].images
    images._poster_host = "http://tmdb"
    assert images._at_tmdb(path, "w342") == ()


def test_pictures_that_are_none_are_not_taken(remote, host):
    for name, status, body in (
        ("/page", 200, b"<html>log in first</html>"),
        ("/moved", 302, JPEG),
        ("/empty", 200, b""),
        ("/svg", 200, b"<svg/>"),
    ):
        host.answers[name] = (status, body)
        assert remote.get(host.url + name) is None
    assert remote.get(host.url + "/page") is None
    assert len(host.asked) == 4


def test_a_picture_too_large_is_not_taken(remote, host, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_BYTES", 100)
    host.answers["/large"] = (200, JPEG)
    assert remote.get(host.url + "/large") is None


def test_a_host_that_is_broken_is_left_to_rest(remote, host, clock):
    for number in range(5):
        host.answers[f"/{number}"] = (500, b"")
        assert remote.get(f"{host.url}/{number}") is None
    assert len(host.asked) == 2
    clock.now += fetching.REST_SECONDS
    host.answers["/0"] = (200, PNG)
    assert remote.get(f"{host.url}/0") == PNG


def test_a_host_that_is_not_there_costs_no_more_than_its_first_tries(
    remote, free_port_without_server
):
    for number in range(5):
        assert remote.get(f"http://127.0.0.1:{free_port_without_server}/{number}") is None
    assert remote._breaker.is_open


def test_a_picture_that_comes_too_late_is_there_the_next_time(remote, host, monkeypatch):
    host.answers["/slow"] = (200, JPEG)
    host.may_answer.clear()
    monkeypatch.setattr(fetching, "WAIT_SECONDS", 0.01)
    assert remote.get(host.url + "/slow") is None
    under_way = remote._under_way[host.url + "/slow"]
    host.may_answer.set()
    assert under_way.result(10) == JPEG
    assert remote.get(host.url + "/slow") == JPEG
    assert host.asked == ["/slow"]


def test_one_picture_is_fetched_once_however_many_ask(remote, host):
    host.answers["/one"] = (200, JPEG)
    host.may_answer.clear()
    first = remote._begin(host.url + "/one")
    assert remote._begin(host.url + "/one") is first
    host.may_answer.set()
    assert first.result(10) == JPEG
    assert host.asked == ["/one"]


def test_no_more_than_so_many_are_fetched_at_once(remote, host, monkeypatch):
    host.may_answer.clear()
    begun = [remote._begin(f"{host.url}/{number}") for number in range(fetching.MAX_AT_ONCE)]
    assert None not in begun
    assert remote.get(f"{host.url}/one-more") is None
    host.may_answer.set()
    for future in begun:
        future.result(10)


def test_the_pictures_kept_are_limited_and_the_oldest_go(tmp_path):
    for number in range(5):
        path = tmp_path / "ab" / str(number)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * 10)
        os.utime(path, (number, number))
    sweep(tmp_path, 25)
    assert sorted(path.name for path in tmp_path.glob("*/*")) == ["3", "4"]


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (b"RIFF1234WEBPxx", "image/webp"),
        (b"GIF89a", None),
    ],
)
def test_what_a_picture_is_by_its_first_bytes(picture, kind):
    assert mimetype(picture) == kind
