"""What the views use, built once by create_app."""

from dataclasses import dataclass

from flask import current_app

from web.config import Config
from web.images import Images
from web.limits import RateLimit
from web.metrics import Metrics
from web.recommending import Recommending
from web.stores.base import CatalogueStore, SessionStore
from web.stores.cached_catalogue import CachedCatalogue


@dataclass(frozen=True, slots=True)
class Services:
    """One of each; `catalogue` stands before `catalogue_store`, which only /readyz asks itself."""

    config: Config
    sessions: SessionStore
    catalogue: CachedCatalogue
    catalogue_store: CatalogueStore
    recommending: Recommending
    images: Images
    metrics: Metrics
    visitor_limit: RateLimit
    address_limit: RateLimit


def services() -> Services:
    """The services of the app that serves this request."""
    found: Services = current_app.extensions["marquee"]
    return found
