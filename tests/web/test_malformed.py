"""What gunicorn itself refuses."""

import json
import socket

from web.malformed import write_problem


def test_a_request_that_is_no_http_is_answered_by_a_problem():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        write_problem(ours, 414, "URI Too Long", "Request Line is too large (9999 > 4094) “é”")
        head, _, body = theirs.recv(10_000).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "HTTP/1.1 414 URI Too Long"
    assert "Content-Type: application/problem+json" in lines
    assert f"Content-Length: {len(body)}" in lines
    assert json.loads(body) == {
        "type": "about:blank",
        "title": "URI Too Long",
        "status": 414,
        "detail": "Request Line is too large (9999 > 4094) “é”",
    }
