"""How often one visitor or address may ask."""

import pytest

from web import limits
from web.domain import TooManyRequests
from web.limits import RateLimit


@pytest.fixture
def limit(clock) -> RateLimit:
    return RateLimit("a visitor", 3, clock)


def test_as_many_requests_as_allowed_pass_at_once(limit):
    for _ in range(3):
        limit.take("ann")
    with pytest.raises(TooManyRequests, match=r"a visitor may ask 3 times a minute; wait 20\.0 s"):
        limit.take("ann")


def test_one_visitor_does_not_use_up_what_another_has(limit):
    for _ in range(3):
        limit.take("ann")
    limit.take("bob")


def test_requests_come_back_evenly(limit, clock):
    for _ in range(3):
        limit.take("ann")
    clock.now += 20
    limit.take("ann")
    with pytest.raises(TooManyRequests):
        limit.take("ann")


def test_a_refused_request_costs_nothing(limit, clock):
    for _ in range(3):
        limit.take("ann")
    for _ in range(9):
        with pytest.raises(TooManyRequests):
            limit.take("ann")
    clock.now += 20
    limit.take("ann")


def test_a_request_can_cost_as_much_as_several(limit, clock):
    limit.take("ann", cost=2)
    limit.take("ann")
    with pytest.raises(TooManyRequests):
        limit.take("ann")
    clock.now += 20
    with pytest.raises(TooManyRequests):
        limit.take("ann", cost=2)


def test_a_request_costs_no_more_than_there_is(limit, clock):
    limit.take("ann", cost=9)
    clock.now += 59
    with pytest.raises(TooManyRequests):
        limit.take("ann", cost=9)
    clock.now += 1
    limit.take("ann", cost=9)


def test_the_error_says_when_to_come_back(limit):
    for _ in range(3):
        limit.take("ann")
    with pytest.raises(TooManyRequests) as caught:
        limit.take("ann")
    assert caught.value.retry_after == pytest.approx(20)


def test_visitors_who_have_gone_are_forgotten(limit, clock, monkeypatch):
    monkeypatch.setattr(limits, "MAX_KEYS", 10)
    for number in range(10):
        limit.take(f"gone {number}")
    clock.now += 60
    limit.take("ann")
    assert list(limit._full_at) == ["ann"]


def test_a_flood_of_visitors_does_not_fill_the_memory(limit, monkeypatch):
    monkeypatch.setattr(limits, "MAX_KEYS", 10)
    for number in range(100):
        limit.take(f"new {number}")
    assert len(limit._full_at) <= 10
