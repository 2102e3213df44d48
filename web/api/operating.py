"""For those who run it: alive, ready, figures."""

from collections.abc import Callable

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST

from model_server.client import ModelUnavailable
from web.domain import StoreUnavailable
from web.operation import dump, operation
from web.schemas import Dependency, Health, Readiness
from web.services import services

bp = Blueprint("operating", __name__)


@bp.get("/healthz")
@operation(Health)
def healthz() -> Health:
    """The process answers."""
    return Health()


@bp.get("/readyz")
@operation(Readiness, errors=(503,))
def readyz() -> Response:
    """Whether visitors are served, after a real inference; 503 with the same body if not."""
    mine = services()
    dependencies = {
        "sessions": _store(mine.sessions.check),
        "catalogue": _store(mine.catalogue_store.check),
        "model": _model(),
    }
    ready = all(one.state != "unavailable" for one in dependencies.values())
    return dump(Readiness(ready=ready, dependencies=dependencies), 200 if ready else 503)


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus's text format."""
    mine = services()
    return Response(mine.metrics.text(mine.recommending), content_type=CONTENT_TYPE_LATEST)


def _store(check: Callable[[], str]) -> Dependency:
    try:
        trouble = check()
    except StoreUnavailable as error:
        return Dependency(state="unavailable", detail=str(error))
    return Dependency(state="stand_in", detail=trouble) if trouble else Dependency(state="ok")


def _model() -> Dependency:
    try:
        alive = services().recommending.probe()
    except ModelUnavailable as error:
        return Dependency(state="unavailable", detail=str(error))
    return Dependency(state="ok", detail=f"model {alive.model}")
