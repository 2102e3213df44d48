"""What a catalogue finds for a text, in the order in which a visitor sees it."""

from web.domain import Movie
from web.searching import in_order, parse
from web.stores.base import CatalogueStore


def found(store: CatalogueStore, text: str) -> list[Movie]:
    """The films, best first."""
    query = parse(text)
    return [] if query is None else in_order(query, store.search_movies(query))
