"""Marquee's web process."""

import logging
import time
from collections.abc import Callable

from flask import Flask, Response, g, request

from model_server.client import ModelClient, ModelUnavailable
from model_server.protocol import Keys
from web import errors, headers
from web.api import (
    docs,
    images,
    movies,
    operating,
    recommendations,
    search,
    session,
    session_files,
)
from web.breaker import Breaker
from web.config import Config
from web.images import Images
from web.limits import RateLimit
from web.metrics import Metrics
from web.operation import MAX_BODY_BYTES
from web.recommending import Model, Recommending
from web.services import Services, services
from web.stores.cached_catalogue import CachedCatalogue
from web.stores.opening import open_catalogue, open_sessions
from web.visitors import check_origin, client_address, visitor_id

LIMITED = ("/api/", "/readyz", "/metrics")  # what costs an inference or a query

logger = logging.getLogger(__name__)


def create_app(
    config: Config,
    model: Model | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Flask:
    """The web application; the only place that builds things.

    `model` stands for a client of the model server at MODEL_URL.
    """
    app = create_routes()
    app.extensions["marquee"] = _build(config, model or _model_client(config), clock)
    app.before_request(_admit)
    app.after_request(_finish)
    return app


def create_routes() -> Flask:
    """The application's routes alone: enough to describe, not to serve."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    topics = (recommendations, session, session_files, movies, search, operating, docs, images)
    for topic in topics:
        app.register_blueprint(topic.bp)
    errors.install(app)
    return app


def _build(config: Config, model: Model, clock: Callable[[], float]) -> Services:
    store = open_catalogue(config, clock)
    catalogue = CachedCatalogue(store, clock)
    breaker = Breaker("the model server", ModelUnavailable, clock)
    return Services(
        config=config,
        sessions=open_sessions(config, clock),
        catalogue=catalogue,
        catalogue_store=store,
        recommending=Recommending(model, catalogue, breaker),
        images=Images(config, clock),
        metrics=Metrics(config.prometheus_multiproc_dir),
        visitor_limit=RateLimit("a visitor", config.visitor_limit, clock),
        address_limit=RateLimit("an address", config.address_limit, clock),
    )


def _model_client(config: Config) -> ModelClient:
    keys = None
    if config.model_client_secret:
        keys = Keys(config.model_client_secret, config.model_server_public)
    return ModelClient(config.model_url, config.model_timeout_ms, keys)


def _admit() -> None:
    """Refuse what comes from another origin's page, and who asks too often."""
    g.began = time.perf_counter()
    mine = services()
    trusted = mine.config.trusted_proxies
    check_origin(request, trusted, mine.config.origin)
    address = client_address(request, trusted)
    if address is None or not request.path.startswith(LIMITED):
        return
    mine.address_limit.take(address)
    if session_id := visitor_id(request):
        mine.visitor_limit.take(session_id)


def _finish(response: Response) -> Response:
    seconds = time.perf_counter() - g.began
    route = request.url_rule.rule if request.url_rule else "none"
    services().metrics.count_request(request.method, route, response.status_code, seconds)
    logger.info("%s %s %s %.1f ms", request.method, route, response.status_code, seconds * 1000)
    return headers.finish(response)
