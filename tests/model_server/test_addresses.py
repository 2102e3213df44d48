"""Where the wire's two ends may meet."""

import pytest

from model_server.addresses import Keys, check_url


@pytest.mark.parametrize("key", ["", "00" * 31, "0g" * 32, "AB" * 32])
def test_a_key_is_64_hexadecimal_digits(key):
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        Keys(key, "00" * 32)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        Keys("00" * 32, key)


def test_a_secret_key_is_not_printed():
    assert "ab" * 32 not in repr(Keys("ab" * 32, "cd" * 32))


@pytest.mark.parametrize("url", ["", "model.sock", "http://x", "ipc://@abstract", "tcp://*:5555"])
def test_an_address_that_cannot_be_guarded_is_refused(url):
    with pytest.raises(ValueError, match="a model server"):
        check_url(url, Keys("00" * 32, "00" * 32))


def test_tcp_needs_keys():
    with pytest.raises(ValueError, match="needs CURVE keys"):
        check_url("tcp://127.0.0.1:5555", None)
