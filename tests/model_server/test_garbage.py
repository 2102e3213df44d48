"""Whatever arrives at the server, the next good request is answered."""

import socket

import pytest

from model_server import protocol
from model_server.endpoint import HARD_FRAME_BYTES
from model_server.protocol import MAX_FRAME_BYTES, VERSION, Envelope, Failure, ListEngines, Probe

PATIENCE_MS = 10_000
BODY = protocol.encode_request(Probe())
ENVELOPE = protocol.encode_envelope(Envelope(VERSION, 1, PATIENCE_MS))
DROPPED = {
    "an empty frame": (b"",),
    "one frame": (BODY,),
    "no envelope": (b"garbage", BODY),
    "three frames": (ENVELOPE, BODY, b""),
    "a thousand frames": (b"",) * 1000,
    "an envelope of text": (b"\xa5hello", BODY),
    "a very deep envelope": (b"\x94\x01\x01\x01" + b"\x91" * 500_000, BODY),
}
REFUSED = {
    "no body": b"",
    "text": b"GET / HTTP/1.1",
    "an unknown type": b"\x81\xa4type\xa8shutdown",
    "a request beyond a limit": b"\x82\xa4type\xa9recommend\xa5limit\x00",
    "a huge array": b"\x82\xa4type\xa9recommend\xa4seen\xdd\xff\xff\xff\xff",
    "a frame beyond the limit": b"\x00" * (MAX_FRAME_BYTES + 1),
    "an answer": protocol.encode_answer(Failure("late", "x")),
}


def answers_again(peer, client) -> bool:
    """Whether the peer that sent the garbage and another client are both answered."""
    peer.ask(ListEngines(), ticket=99)
    return peer.hear()[0] == 99 and client.probe().model == "toy-1"


@pytest.mark.parametrize("frames", DROPPED.values(), ids=DROPPED)
def test_frames_that_name_no_ticket_are_dropped_and_counted(server, peer, client, frames):
    peer.say(*frames)
    assert answers_again(peer, client)
    assert server.metrics.malformed == 1


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_a_body_that_is_no_request_is_answered_and_counted(server, peer, client, body):
    peer.say(protocol.encode_envelope(Envelope(VERSION, 7, PATIENCE_MS)), body)
    ticket, answer = peer.hear()
    assert (ticket, answer.code) == (7, "invalid")
    assert answers_again(peer, client)
    assert server.metrics.malformed == 1


def test_a_frame_beyond_the_hard_limit_cuts_off_its_sender(server, peer, client, wait_until):
    peer.say(ENVELOPE, b"\x00" * (HARD_FRAME_BYTES + 1))
    wait_until(lambda: server.metrics.disconnected == 1)
    assert answers_again(peer, client)  # it connects anew
    assert server.metrics.requests == 2


def test_bytes_that_are_no_zeromq_at_all_are_survived(server, peer, client, url):
    with socket.socket(socket.AF_UNIX) as raw:
        raw.connect(url.removeprefix("ipc://"))
        raw.sendall(b"GET / HTTP/1.1\r\nHost: model\r\n\r\n" * 100)
        assert answers_again(peer, client)
    assert answers_again(peer, client)


@pytest.mark.parametrize("version", [0, VERSION + 1])
def test_another_version_is_answered_with_ours(server, peer, client, version):
    peer.ask(Probe(), ticket=5, version=version)
    detail = f"the version must be {VERSION}, got {version}"
    assert peer.hear() == (5, Failure("version", detail))
    assert answers_again(peer, client)
    assert server.metrics.outdated == 1


def test_the_body_of_another_version_is_not_even_read(server, peer):
    peer.say(protocol.encode_envelope(Envelope(VERSION + 1, 5)), b"what a later version may say")
    assert peer.hear()[1].code == "version"
    assert server.metrics.malformed == 0
