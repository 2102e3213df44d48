"""The circuit breaker."""

import pytest

from web.breaker import FAILURES, REST_SECONDS, Breaker


class Down(Exception):
    """What the server behind the breaker raises."""


@pytest.fixture
def breaker(clock) -> Breaker:
    return Breaker("it", Down, clock)


def fail():
    raise Down("no answer")


def trip(breaker: Breaker) -> None:
    for _ in range(FAILURES):
        with pytest.raises(Down, match="no answer"):
            breaker.call(fail)


def test_an_answer_passes_through(breaker):
    assert breaker.call(lambda: 7) == 7


def test_after_failures_in_a_row_it_is_not_asked_any_more(breaker):
    trip(breaker)
    with pytest.raises(Down, match="it has not answered lately"):
        breaker.call(lambda: pytest.fail("was asked"))


def test_an_answer_in_between_begins_the_count_anew(breaker):
    for _ in range(FAILURES - 1):
        with pytest.raises(Down):
            breaker.call(fail)
    breaker.call(lambda: 7)
    with pytest.raises(Down):
        breaker.call(fail)
    assert not breaker.is_open


def test_after_the_rest_one_trial_is_let_through_and_closes_it(breaker, clock):
    trip(breaker)
    clock.now += REST_SECONDS
    assert breaker.call(lambda: 7) == 7
    assert not breaker.is_open


def test_a_failed_trial_begins_another_rest(breaker, clock):
    trip(breaker)
    clock.now += REST_SECONDS
    with pytest.raises(Down, match="no answer"):
        breaker.call(fail)
    with pytest.raises(Down, match="left to rest"):
        breaker.call(lambda: 7)


def test_while_a_trial_is_under_way_no_other_call_goes_through(breaker, clock):
    trip(breaker)
    clock.now += REST_SECONDS

    def trial():
        with pytest.raises(Down, match="left to rest"):
            breaker.call(lambda: 8)
        return 7

    assert breaker.call(trial) == 7


def test_another_error_is_an_answer(breaker):
    trip_but_one = FAILURES - 1
    for _ in range(trip_but_one):
        with pytest.raises(Down):
            breaker.call(fail)
    with pytest.raises(ZeroDivisionError):
        breaker.call(lambda: 1 // 0)
    with pytest.raises(Down):
        breaker.call(fail)
    assert not breaker.is_open
