"""What the model server says of itself."""

from model_server.metrics import RECENT, Metrics


def test_a_new_server_has_counted_nothing_and_knows_no_latency():
    snapshot = Metrics().snapshot()
    assert set(snapshot.values()) == {0.0}
    assert not any(name.startswith("latency") for name in snapshot)


def test_percentiles_are_of_the_nearest_rank():
    metrics = Metrics()
    metrics.seconds.extend(number / 1000 for number in range(100, 0, -1))  # 100 ms down to 1
    snapshot = metrics.snapshot()
    assert snapshot["latency_p50_ms"] == 50
    assert snapshot["latency_p90_ms"] == 90
    assert snapshot["latency_p99_ms"] == 99


def test_latency_forgets_what_is_long_past():
    metrics = Metrics()
    metrics.seconds.extend([9.0] * RECENT + [0.001] * RECENT)
    assert metrics.snapshot()["latency_p99_ms"] == 1
