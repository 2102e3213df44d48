"""Errors of every origin have one shape, and answers their headers."""

import gzip
import json

import pytest
from werkzeug.test import TestResponse, create_environ, run_wsgi_app
from werkzeug.wrappers import Request

from web.breaker import FAILURES
from web.domain import StoreUnavailable


def assert_problem(answer, status: int) -> None:
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert set(answer.json) == {"type", "title", "status", "detail", "instance"}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/session"])
def test_an_unknown_path_of_the_api(client, method, path):
    answer = getattr(client, method)(path)
    assert_problem(answer, 404)
    assert answer.json["detail"] == f"there is nothing at {path}; see /api/docs for what there is"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("put", "/api/v1/session", {"DELETE", "GET", "HEAD", "OPTIONS"}),
        ("get", "/api/v1/session/events", {"OPTIONS", "POST"}),
        ("post", "/api/v1/movies/1", {"GET", "HEAD", "OPTIONS"}),
        ("post", "/healthz", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method(client, method, path, allowed):
    answer = getattr(client, method)(path)
    assert_problem(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/api/v1/recommendations", "/api/v1/session/events"])
def test_a_body_that_is_too_long(client, path):
    answer = client.post(path, data=b"[" + b" " * 256 * 1024)
    assert_problem(answer, 413)
    assert answer.json["detail"] == "a body must be at most 262144 bytes, got 262145"


def test_a_body_as_long_as_allowed_is_read(client):
    body = b'{"limit": 1}'.ljust(256 * 1024)
    assert client.post("/api/v1/recommendations", data=body).status_code == 200


def test_a_body_of_unknown_length_that_is_too_long(app):
    environ = create_environ("/api/v1/recommendations", method="POST", data=b" " * 300_000)
    del environ["CONTENT_LENGTH"]
    environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    answer = TestResponse(*run_wsgi_app(app, environ), Request(environ))
    assert_problem(answer, 413)
    assert answer.json["detail"] == "a body must be at most 262144 bytes, got more"


def test_another_origin(client):
    answer = client.post(
        "/api/v1/session/events",
        json={"action": "like", "kind": "movie", "id": 1},
        headers={"Origin": "https://evil.example"},
    )
    assert_problem(answer, 403)
    assert "Set-Cookie" not in answer.headers


def test_a_page_of_ours_may_click(client):
    answer = client.post(
        "/api/v1/session/events",
        json={"action": "like", "kind": "movie", "id": 1},
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code == 200


def test_too_many_requests_of_an_address(make_app, configured):
    client = make_app(configured(address_limit=2)).test_client()
    ask = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
    assert [client.get("/api/v1/tags", **ask).status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get("/api/v1/tags", **ask)
    assert_problem(answer, 429)
    assert answer.headers["Retry-After"] == "30"
    assert client.get("/api/v1/tags").status_code == 200  # loopback itself has no limit
    assert client.get("/readyz", **ask).status_code == 429  # each one is an inference
    assert client.get("/healthz", **ask).status_code == 200
    assert client.get("/images/poster/1", **ask).status_code == 200


def test_too_many_requests_of_a_visitor_from_wherever(make_app, configured):
    client = make_app(configured(visitor_limit=2)).test_client()
    client.post("/api/v1/session/events", json={"action": "like", "kind": "movie", "id": 1})
    statuses = [
        client.get("/api/v1/session", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in range(3)
    ]
    assert statuses == [200, 200, 429]


def test_an_address_that_no_trusted_proxy_names_is_not_believed(make_app, configured):
    client = make_app(configured(address_limit=1, trusted_proxies=())).test_client()
    peer = {"environ_overrides": {"REMOTE_ADDR": "198.51.100.7"}}
    statuses = [
        client.get(
            "/api/v1/tags", headers={"X-Forwarded-For": f"203.0.113.{n}"}, **peer
        ).status_code
        for n in range(2)
    ]
    assert statuses == [200, 429]


def test_a_store_that_does_not_answer(app, client, monkeypatch):
    def fail(session_id):
        raise StoreUnavailable("sessions.db does not answer: disk I/O error")

    monkeypatch.setattr(app.extensions["marquee"].sessions, "session", fail)
    client.set_cookie("session", "0" * 32)
    answer = client.get("/api/v1/session")
    assert_problem(answer, 503)
    assert answer.headers["Retry-After"] == "1"


def test_a_bug_is_logged_and_told_nobody(app, client, monkeypatch, caplog):
    def bug(*arguments):
        raise ZeroDivisionError("the password is hunter2")

    monkeypatch.setattr(app.extensions["marquee"].recommending, "recommend", bug)
    answer = client.get("/api/v1/recommendations")
    assert_problem(answer, 500)
    assert "hunter2" not in answer.text
    assert "hunter2" in caplog.text


def test_every_answer_carries_the_security_headers(client):
    for path in ("/api/v1/tags", "/api/v1/nothing", "/healthz"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "frame-src https://www.youtube-nocookie.com;" in policy
        assert "default-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_long_answer_is_compressed_for_those_who_take_it(client):
    plain = client.get("/api/v1/recommendations")
    small = client.get("/api/v1/recommendations", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(small.data)) == plain.json
    assert "Accept-Encoding" in small.headers["Vary"]


def test_a_short_answer_is_not_compressed(client):
    answer = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_a_failing_model_never_shows_as_an_error_of_a_list(client, model):
    model.fail()
    statuses = [client.get("/api/v1/recommendations").status_code for _ in range(FAILURES + 2)]
    assert set(statuses) == {200}
