"""What /metrics shows."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from model_server.client import ModelUnavailable
from web.recommending import Recommending

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0)


class Metrics:
    """Counts of this process, or of all workers of a server that share a folder."""

    def __init__(self, shared_dir: str) -> None:
        self._shared_dir = shared_dir
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "marquee_request_seconds",
            "Time from request to answer.",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._requests = Counter(
            "marquee_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._answers = Counter(
            "marquee_recommendations",
            "Lists of films, by where they came from.",
            ("source",),
            registry=self._registry,
        )

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request answered; `route` is its pattern and never a path that a visitor chose."""
        self._seconds.labels(method, route).observe(seconds)
        self._requests.labels(method, route, str(status)).inc()

    def count_answer(self, source: str) -> None:
        """One list of films given."""
        self._answers.labels(source).inc()

    def text(self, recommending: Recommending) -> bytes:
        """All figures in Prometheus's format, the model server's with them."""
        registry = self._registry
        if self._shared_dir:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=self._shared_dir)  # type: ignore[no-untyped-call]  # theirs
        model = CollectorRegistry()
        model.register(_ModelFigures(recommending))
        return generate_latest(registry) + generate_latest(model)


class _ModelFigures(Collector):
    def __init__(self, recommending: Recommending) -> None:
        self._recommending = recommending

    def collect(self) -> Iterator[Metric]:
        try:
            figures = self._recommending.probe().metrics
        except ModelUnavailable:
            figures = None
        yield GaugeMetricFamily(
            "marquee_model_up", "Whether the model server answers.", float(figures is not None)
        )
        for name, value in (figures or {}).items():
            yield GaugeMetricFamily(f"marquee_model_{name}", "Told by the model server.", value)
