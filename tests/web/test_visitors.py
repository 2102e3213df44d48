"""Whose request it is."""

from ipaddress import ip_network

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from web.domain import Forbidden
from web.visitors import check_origin, client_address, is_secure, new_visitor_id, visitor_id

TRUSTED = (ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8"))


def request(peer: str = "127.0.0.1", method: str = "GET", **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    builder = EnvironBuilder(
        method=method,
        headers=named,
        base_url="http://marquee.example",
        environ_base={"REMOTE_ADDR": peer},
    )
    return Request(builder.get_environ())


def test_an_id_is_128_random_bits():
    ids = {new_visitor_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(bytes.fromhex(one)) == 16 for one in ids)


def test_an_id_of_ours_is_read_from_the_cookie():
    own = new_visitor_id()
    assert visitor_id(request(Cookie=f"session={own}")) == own


@pytest.mark.parametrize(
    "value", ["", "x", "A" * 32, "0" * 31, "0" * 33, "0" * 31 + "'", "../../etc"]
)
def test_a_tampered_cookie_is_none(value):
    assert visitor_id(request(Cookie=f"session={value}")) is None


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", None, None),  # loopback itself
        ("203.0.113.9", None, "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # not a proxy of ours: not believed
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the visitor made the first up
        ("127.0.0.1", "203.0.113.9, 10.0.0.7", "203.0.113.9"),  # two proxies of ours
        ("127.0.0.1", "127.0.0.1", None),
        ("127.0.0.1", "not an address", None),
        ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("::1", "203.0.113.9", None),  # trusted only as far as configured
    ],
)
def test_the_address_is_the_one_that_the_nearest_trusted_proxy_names(peer, forwarded, address):
    headers = {} if forwarded is None else {"X_Forwarded_For": forwarded}
    assert client_address(request(peer, **headers), TRUSTED) == address


@pytest.mark.parametrize(
    ("peer", "proto", "secure"),
    [("127.0.0.1", "https", True), ("127.0.0.1", "http", False), ("203.0.113.9", "https", False)],
)
def test_https_is_believed_from_a_trusted_proxy_alone(peer, proto, secure):
    assert is_secure(request(peer, X_Forwarded_Proto=proto), TRUSTED) is secure


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH"])
@pytest.mark.parametrize("origin", ["http://evil.example", "https://marquee.example", "null"])
def test_an_unsafe_request_from_another_origin_is_refused(method, origin):
    with pytest.raises(Forbidden, match=r"Origin must be http://marquee\.example or absent"):
        check_origin(request(method=method, Origin=origin), TRUSTED, "")


def test_an_unsafe_request_of_our_own_page_or_of_a_program_passes():
    check_origin(request(method="POST", Origin="http://marquee.example"), TRUSTED, "")
    check_origin(request(method="POST"), TRUSTED, "")


def test_a_safe_request_passes_from_anywhere():
    check_origin(request(Origin="http://evil.example"), TRUSTED, "")


def test_the_origin_behind_a_proxy_is_the_one_it_names():
    headers = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "films.example"}
    check_origin(request(method="POST", Origin="https://films.example", **headers), TRUSTED, "")


def test_an_origin_that_is_configured_is_the_only_one():
    check_origin(
        request(method="POST", Origin="https://films.example"), TRUSTED, "https://films.example"
    )
    with pytest.raises(Forbidden):
        check_origin(
            request(method="POST", Origin="http://marquee.example"),
            TRUSTED,
            "https://films.example",
        )
