"""Who is asking: the cookie of a visitor, the address of a client, the origin of a page."""

import re
import secrets
from ipaddress import ip_address
from typing import Final

from flask import Request, Response

from web.config import Network
from web.domain import Forbidden

COOKIE: Final = "session"
COOKIE_SECONDS: Final = 180 * 24 * 3600
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

_ID: Final = re.compile(r"[0-9a-f]{32}")


def visitor_id(request: Request) -> str | None:
    """The session id in the cookie; None without a cookie and for one that we cannot have made."""
    value = request.cookies.get(COOKIE, "")
    return value if _ID.fullmatch(value) else None


def new_visitor_id() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def remember(response: Response, session_id: str, *, is_secure: bool) -> None:
    """Set the cookie; each event sets it anew, so that it lasts as long as the session does."""
    response.set_cookie(
        COOKIE,
        session_id,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=is_secure,
    )


def forget(response: Response) -> None:
    """Delete the cookie."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")


def client_address(request: Request, trusted: tuple[Network, ...]) -> str | None:
    """The address that asks, as the nearest proxy we trust names it; None for loopback itself.

    X-Forwarded-For is read from the right, for only what trusted proxies added can be believed.
    """
    address = request.remote_addr or ""
    named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    while named and _is_within(address, trusted):
        last = named.pop()
        if not _is_address(last):
            break
        address = last
    return None if not _is_address(address) or ip_address(address).is_loopback else address


def is_secure(request: Request, trusted: tuple[Network, ...]) -> bool:
    """Whether the visitor came by https, as far as we or a trusted proxy know."""
    if _is_within(request.remote_addr or "", trusted):
        proto = request.headers.get("X-Forwarded-Proto", request.scheme)
        return proto.rpartition(",")[2].strip() == "https"
    return request.is_secure


def check_origin(request: Request, trusted: tuple[Network, ...], configured: str) -> None:
    """Forbidden if an unsafe request comes from a page of another origin.

    Programs send no Origin and are let through; browsers send it with every unsafe request.
    """
    origin = request.headers.get("Origin")
    if request.method in SAFE_METHODS or origin is None:
        return
    scheme = "https" if is_secure(request, trusted) else "http"
    ours = configured or f"{scheme}://{_host(request, trusted)}"
    if origin != ours:
        raise Forbidden(f"Origin must be {ours} or absent, got {origin}")


def _host(request: Request, trusted: tuple[Network, ...]) -> str:
    forwarded = request.headers.get("X-Forwarded-Host", "").rpartition(",")[2].strip()
    if forwarded and _is_within(request.remote_addr or "", trusted):
        return forwarded
    return request.host


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_within(address: str, networks: tuple[Network, ...]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)
