"""What gunicorn refuses before the application sees it, in the one shape of all errors."""

import socket
from typing import Final

import msgspec

from web.operation import PROBLEM_JSON
from web.schemas import Problem

SEND_SECONDS: Final = 1.0


def write_problem(client: socket.socket, status: int, reason: str, detail: str) -> None:
    """Answer a request that is no HTTP, or too long; stands in for gunicorn's `write_error`."""
    problem = Problem(title=reason, status=status, detail=detail)
    body = msgspec.json.encode(problem)
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: {PROBLEM_JSON}\r\n"
        f"Cache-Control: no-store\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    client.settimeout(SEND_SECONDS)
    client.sendall(head.encode() + body)
