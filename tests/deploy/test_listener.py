"""The socket that the supervisor opens for gunicorn."""

import os
import socket

import pytest

from deploy.listener import CannotListen, listen, url_of


def test_a_port_in_use_is_named_with_how_to_choose_another():
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(CannotListen) as refusal:
            listen("127.0.0.1", port)
    assert f"port {port} on 127.0.0.1 is in use by another program" in str(refusal.value)
    assert "make run PORT=" in str(refusal.value)


def test_a_port_that_was_just_given_back_can_be_had_at_once():
    with listen("127.0.0.1", 0) as first:
        address = first.getsockname()
        with socket.create_connection(address) as visitor:
            first.accept()[0].close()  # closed on our side first: the address lingers
            assert visitor.recv(1) == b""
    with listen(*address) as second:
        assert second.getsockname() == address


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1"])
def test_an_address_that_is_not_ours_is_refused_by_name(host):
    with pytest.raises(CannotListen, match=f"HOST={host}"):
        listen(host, 0)


def test_children_inherit_the_socket():
    with listen("127.0.0.1", 0) as listener:
        assert os.get_inheritable(listener.fileno())


def test_the_url_is_one_that_a_browser_on_this_machine_can_open():
    with listen("0.0.0.0", 0) as everywhere, listen("127.0.0.1", 0) as loopback:
        assert url_of(everywhere) == f"http://127.0.0.1:{everywhere.getsockname()[1]}"
        assert url_of(loopback) == f"http://127.0.0.1:{loopback.getsockname()[1]}"


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_ipv6_address_stands_in_brackets():
    with listen("::1", 0) as listener:
        assert url_of(listener) == f"http://[::1]:{listener.getsockname()[1]}"
