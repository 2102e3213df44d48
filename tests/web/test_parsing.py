"""Errors that say where, what is allowed and what came."""

from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct
from werkzeug.datastructures import MultiDict

from web.domain import InvalidRequest
from web.parsing import parse_body, parse_query

NO_JSON = "the body must be JSON: JSON is malformed: invalid character"


class Query(Struct, frozen=True, forbid_unknown_fields=True):
    limit: Annotated[int, Meta(ge=1, le=100)] = 24
    rating: Annotated[float, Meta(ge=0, le=10)] | None = None
    decade: Annotated[tuple[Annotated[int, Meta(multiple_of=10)], ...], Meta(max_length=2)] = ()
    q: Annotated[str, Meta(max_length=5)] = ""
    step: Annotated[int, Meta(ge=-2, le=2, description="To the left or to the right.")] = 0


class Pick(Struct, frozen=True, forbid_unknown_fields=True):
    kind: Literal["movie", "tag"]
    liked: bool


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    picks: Annotated[tuple[Pick, ...], Meta(max_length=2)] = ()
    limit: Annotated[int, Meta(ge=1)] = 1
    inner: Query | None = None


def test_a_query_string_becomes_typed_values():
    arguments = MultiDict([("limit", "5"), ("rating", "7.5"), ("decade", "10"), ("decade", "20")])
    assert parse_query(arguments, Query) == Query(5, 7.5, (10, 20))


def test_an_empty_parameter_counts_as_absent():
    assert parse_query(MultiDict([("limit", ""), ("decade", "")]), Query) == Query()


@pytest.mark.parametrize(
    ("arguments", "detail"),
    [
        ([("limit", "0")], 'limit must be a whole number in 1..100, got "0"'),
        ([("limit", "x")], 'limit must be a whole number in 1..100, got "x"'),
        ([("limit", "1.5")], 'limit must be a whole number in 1..100, got "1.5"'),
        ([("limit", "9" * 99)], f'limit must be a whole number in 1..100, got "{"9" * 59}…'),
        ([("rating", "abc")], 'rating must be a number in 0..10, got "abc"'),
        ([("rating", "nan")], 'rating must be a number in 0..10, got "nan"'),
        ([("rating", "inf")], 'rating must be a number in 0..10, got "inf"'),
        ([("decade", "15")], 'decade must be a multiple of 10, got "15"'),
        ([("decade", "10")] * 3, "decade must be a list of at most 2 items, got 3 items"),
        ([("q", "abcdef")], 'q must be a text of at most 5 characters, got "abcdef"'),
        ([("limit", "1"), ("limit", "2")], "limit must be given once, got 2"),
        ([("step", "3")], 'step must be a whole number in -2..2, got "3"'),
        ([("x", "1")], "there is no parameter 'x', allowed: limit, rating, decade, q, step"),
    ],
)
def test_a_wrong_query_string(arguments, detail):
    with pytest.raises(InvalidRequest) as caught:
        parse_query(MultiDict(arguments), Query)
    assert str(caught.value) == detail


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"nope", f"{NO_JSON} (byte 4), got b'nope'"),
        (b"\xff", f"{NO_JSON} (byte 0), got b'\\xff'"),
        (b"", "the body must be a JSON object, got null"),
        (b"[1]", "the body must be a JSON object, got 1 item"),
        (b'{"limit": 0}', "limit must be a whole number from 1 up, got 0"),
        (b'{"limit": "1"}', 'limit must be a whole number from 1 up, got "1"'),
        (b'{"limit": true}', "limit must be a whole number from 1 up, got true"),
        (b'{"picks": {}}', "picks must be a list of at most 2 items, got {}"),
        (b'{"picks": [{"kind": "tag", "liked": true}, 7]}',
         "picks[1] must be a JSON object, got 7"),
        (b'{"picks": [{"kind": "film", "liked": true}]}',
         'picks[0].kind must be one of movie, tag, got "film"'),
        (b'{"picks": [{"kind": "tag", "liked": 1}]}',
         "picks[0].liked must be true or false, got 1"),
        (b'{"picks": [{"kind": "tag"}]}', "picks[0]: Object missing required field 'liked'"),
        (b'{"picks": [{}, {}, {}]}', "picks must be a list of at most 2 items, got 3 items"),
        (b'{"inner": {"rating": "7"}}', 'inner.rating must be a number in 0..10 or null, got "7"'),
        (b'{"x": 1}', "the body: Object contains unknown field 'x'"),
    ],
)  # fmt: skip
def test_a_wrong_body(body, detail):
    with pytest.raises(InvalidRequest) as caught:
        parse_body(body, Body)
    assert str(caught.value) == detail


def test_a_body_nested_beyond_measure_is_refused():
    with pytest.raises(InvalidRequest, match="the body must be JSON"):
        parse_body(b"[" * 100_000, Body)
