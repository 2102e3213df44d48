"""The pause between a death and the next start."""

import pytest

from deploy.keeper import LONGEST_PAUSE_SECONDS, STOP_SECONDS, pause_seconds


@pytest.mark.parametrize(
    ("short_lives", "seconds"),
    # 0.1, doubled each time: 0.2, 0.4, 0.8, then 1.6, which is more than the longest pause
    [(0, 0.0), (1, 0.1), (2, 0.2), (3, 0.4), (4, 0.8), (5, 1.5), (10_000, 1.5)],
)
def test_the_pause_doubles_with_each_short_life_up_to_a_bound(short_lives, seconds):
    assert pause_seconds(short_lives) == seconds


def test_the_longest_pause_leaves_time_to_start_within_two_seconds():
    assert LONGEST_PAUSE_SECONDS <= 1.5


def test_the_time_to_stop_leaves_time_to_kill_within_ten_seconds():
    assert STOP_SECONDS <= 8
