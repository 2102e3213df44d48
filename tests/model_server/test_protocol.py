"""The wire: what goes in comes out, and what is no message is a ProtocolError."""

import random

import msgspec
import pytest

from model_server import protocol
from model_server.protocol import (
    MAX_FRAME_BYTES,
    MAX_LIMIT,
    MAX_PICKS,
    MAX_REASONS,
    MAX_SEEN,
    Alive,
    EngineInfo,
    Engines,
    Envelope,
    Failure,
    Filters,
    ListEngines,
    Pick,
    Probe,
    ProtocolError,
    Reason,
    Reasons,
    Recommend,
    Recommended,
    Relaxation,
    Scored,
    Similar,
    SimilarMovies,
    Tuning,
    VersionMismatch,
    Why,
)

REQUESTS = (
    Recommend(),
    Recommend(
        picks=(Pick("movie", 2571, True, (1, 1001)), Pick("tag", 1001, False)),
        seen=(1, 2),
        filters=Filters((1990,), 1991, 1999, 7.5, 9.0, (1, 2), (3,)),
        tuning=Tuning(-2, 2, "strong"),
        limit=100,
        offset=24,
        tag_limit=12,
        engine="ease",
    ),
    Similar(2571, (1, 1001), 10),
    Why(2571, (Pick("movie", 1, True), Pick("tag", 1001, False)), Tuning(1)),
    ListEngines(),
    Probe(),
)
ANSWERS = (
    Recommended((Scored(1, 0.5),), (Scored(2, 0.25),), 312, "lstm", "lstm-1"),
    Recommended((), (), 0, "lstm", "lstm-1", (Relaxation("years", 8), Relaxation("genres", 0))),
    SimilarMovies((1, 2, 3)),
    Reasons((Reason("movie", 1, 0.5), Reason("tag", 1001, -0.25)), 3, "lstm-1"),
    Engines((EngineInfo("lstm", "LSTM", True),)),
    Alive("lstm-1", {"requests": 3.0}),
    Failure("busy", "128 requests are waiting"),
)
GARBAGE = {
    "nothing": b"",
    "one zero": b"\x00",
    "a type that msgpack never uses": b"\xc1",
    "text": b"GET / HTTP/1.1\r\n\r\n",
    "a pickle": b"\x80\x04\x95\x0f\x00\x00\x00\x00\x00\x00\x00\x8c\x02os\x94",
    "JSON": b'{"type": "probe"}',
    "a list": msgspec.msgpack.encode([1, 2, 3]),
    "no type": msgspec.msgpack.encode({"limit": 3}),
    "an unknown type": msgspec.msgpack.encode({"type": "shutdown"}),
    "a type that is a number": msgspec.msgpack.encode({"type": 1}),
    "the same field twice": b"\x82\xa4type\xa5probe\xa4type\xa5prob2",
    "an unknown field": msgspec.msgpack.encode({"type": "probe", "x": 1}),
    "a message and more": protocol.encode_request(Probe()) + b"\x00",
    "half a message": protocol.encode_request(Recommend())[:-4],
    "an array of four thousand million": b"\x82\xa4type\xa9recommend\xa4seen\xdd\xff\xff\xff\xff",
    "a map of four thousand million": b"\xdf\xff\xff\xff\xff\xa4type\xa5probe",
    "text that is no UTF-8": b"\x82\xa4type\xa9recommend\xa6engine\xa2\xff\xff",
    "a very deep list": b"\x81\xa4type" + b"\x91" * 500_000,
    "a frame beyond the limit": b"\x00" * (MAX_FRAME_BYTES + 1),
}
BEYOND_A_LIMIT = {
    "limit 0": {"limit": 0},
    "limit 101": {"limit": MAX_LIMIT + 1},
    "a limit of text": {"limit": "24"},
    "a limit of half": {"limit": 24.5},
    "a limit of true": {"limit": True},
    "offset -1": {"offset": -1},
    "too large an offset": {"offset": protocol.MAX_OFFSET + 1},
    "no tags asked for": {"tag_limit": 0},
    "no engine": {"engine": ""},
    "a long engine": {"engine": "x" * 101},
    "too many picks": {"picks": [{"kind": "tag", "id": 1, "liked": True}] * (MAX_PICKS + 1)},
    "too many seen": {"seen": [1] * (MAX_SEEN + 1)},
    "seen padding": {"seen": [0]},
    "seen a huge id": {"seen": [2**31]},
    "a pick of padding": {"picks": [{"kind": "movie", "id": 0, "liked": True}]},
    "a pick of an actor": {"picks": [{"kind": "actor", "id": 1, "liked": True}]},
    "a pick without a sign": {"picks": [{"kind": "movie", "id": 1}]},
    "a pick with too many tags": {
        "picks": [{"kind": "movie", "id": 1, "liked": True, "tags": [1] * 257}]
    },
    "a decade of 1995": {"filters": {"decades": [1995]}},
    "too many decades": {"filters": {"decades": [1990] * 51}},
    "a year of five digits": {"filters": {"year_from": 10_000}},
    "a rating of 11": {"filters": {"rating_min": 11}},
    "a rating that is no number": {"filters": {"rating_max": float("nan")}},
    "a rating of text": {"filters": {"rating_min": "abc"}},
    "gems hidden too deep": {"tuning": {"hidden_gems": 3}},
    "half a step of a slider": {"tuning": {"newer": 0.5}},
    "dislikes of another kind": {"tuning": {"dislikes": "loud"}},
    "a slider that is not there": {"tuning": {"longer": 1}},
    "too many genres": {"filters": {"genres": [1] * 101}},
}


@pytest.mark.parametrize("request_", REQUESTS, ids=repr)
def test_every_request_round_trips(request_):
    assert protocol.decode_request(protocol.encode_request(request_)) == request_


@pytest.mark.parametrize("answer", ANSWERS, ids=repr)
def test_every_answer_round_trips(answer):
    assert protocol.decode_answer(protocol.encode_answer(answer)) == answer


def test_an_envelope_round_trips():
    envelope = Envelope(protocol.VERSION, 2**63 - 1, 300)
    assert protocol.decode_envelope(protocol.encode_envelope(envelope)) == envelope


def test_every_message_is_in_the_tables_above():
    tested = {type(message) for message in (*REQUESTS, *ANSWERS)}
    assert tested == set(protocol.Message.__subclasses__())


@pytest.mark.parametrize("frame", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_no_request(frame):
    with pytest.raises(ProtocolError):
        protocol.decode_request(frame)


@pytest.mark.parametrize("frame", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_no_answer(frame):
    with pytest.raises(ProtocolError):
        protocol.decode_answer(frame)


@pytest.mark.parametrize(
    "frame",
    [b"", b"\xc1", b"\x01", b"\x91\x01", b"\x92\x01\xff", b"\x93\x01\x02\xff", b"\x93\x01\x02\x91",
     b"\x94\x01\x02\x03" + b"\x91" * 500_000, b"\xdd\xff\xff\xff\xff\x01\x02"],
    ids=lambda frame: frame[:8].hex() or "nothing",
)  # fmt: skip
def test_garbage_is_no_envelope(frame):
    with pytest.raises(ProtocolError):
        protocol.decode_envelope(frame)


def test_an_envelope_of_a_later_version_is_still_read():
    frame = msgspec.msgpack.encode([7, 12, 300, "what version 7 may add"])
    assert protocol.decode_envelope(frame) == Envelope(7, 12, 300)


def test_a_version_other_than_ours_is_told_from_garbage():
    protocol.check_version(Envelope(protocol.VERSION, 1))
    with pytest.raises(VersionMismatch, match="must be 2, got 1"):
        protocol.check_version(Envelope(1, 1))


@pytest.mark.parametrize("fields", BEYOND_A_LIMIT.values(), ids=BEYOND_A_LIMIT)
def test_what_is_beyond_a_limit_is_not_read(fields):
    with pytest.raises(ProtocolError):
        protocol.decode_request(msgspec.msgpack.encode({"type": "recommend", **fields}))


@pytest.mark.parametrize(
    "request_",
    [
        Recommend(limit=0),
        Recommend(seen=(1,) * (MAX_SEEN + 1)),
        Recommend(filters=Filters(decades=(1995,))),
        Similar(0),
        Why(0),
        Why(1, (Pick("tag", 1, True),) * (MAX_PICKS + 1)),
        Recommend(engine={1, 2}),
        Recommend(engine=object()),
    ],
)
def test_what_is_beyond_a_limit_is_not_sent(request_):
    with pytest.raises(ProtocolError):
        protocol.encode_request(request_)


def test_more_reasons_than_are_weighed_are_no_answer():
    with pytest.raises(ProtocolError):
        protocol.encode_answer(Reasons((Reason("tag", 1, 0.0),) * (MAX_REASONS + 1), 0, "lstm-1"))


def test_the_largest_request_fits_a_frame():
    pick = Pick("movie", protocol.MAX_ID, True, (protocol.MAX_ID,) * protocol.MAX_PICK_TAGS)
    largest = Recommend((pick,) * MAX_PICKS, (protocol.MAX_ID,) * MAX_SEEN, engine="é" * 100)
    assert len(protocol.encode_request(largest)) <= MAX_FRAME_BYTES


def test_the_error_says_what_is_allowed():
    with pytest.raises(ProtocolError, match=r"`int` >= 1 - at `\$.limit`"):
        protocol.decode_request(msgspec.msgpack.encode({"type": "recommend", "limit": 0}))


def test_broken_messages_are_read_or_refused_but_nothing_else():
    dice = random.Random(2026)
    frames = [protocol.encode_request(request) for request in REQUESTS]
    for _ in range(20_000):
        frame = bytearray(dice.choice(frames))
        for _ in range(dice.randint(1, 4)):
            frame[dice.randrange(len(frame))] = dice.randrange(256)
        try:
            protocol.decode_request(bytes(frame))
        except ProtocolError:
            continue
