"""Films and tags by name, and the engines by which they can be ranked."""

from flask import Blueprint

from web.dumping import movie_item, tag_item
from web.operation import operation
from web.schemas import EngineItem, Found, SearchQuery, Tags, TagsQuery
from web.searching import in_order, parse
from web.services import services

bp = Blueprint("search", __name__, url_prefix="/api/v1")


@bp.get("/search")
@operation(Found, query=SearchQuery)
def search(query: SearchQuery) -> Found:
    """Films and tags by name: what begins with the query first, one typo and accents forgiven."""
    catalogue = services().catalogue
    text = parse(query.q)
    movies = [] if text is None else in_order(text, catalogue.search_movies(text))
    return Found(
        movies=tuple(map(movie_item, movies[: query.limit])),
        tags=tuple(map(tag_item, catalogue.tags().search(query.q, query.limit))),
    )


@bp.get("/tags")
@operation(Tags, query=TagsQuery)
def tags(query: TagsQuery) -> Tags:
    """Tags that can be picked: those found by name, or all of them in turn."""
    book = services().catalogue.tags()
    until = query.offset + query.limit
    found = book.search(query.q, until) if query.q else book.choices
    return Tags(tags=tuple(map(tag_item, found[query.offset : until])))


@bp.get("/engines")
@operation(list[EngineItem], errors=(503,))
def engines() -> list[EngineItem]:
    """The engines that rank, the default one first, the baselines too."""
    return [
        EngineItem(name=one.name, title=one.title, is_default=one.is_default)
        for one in services().recommending.engines()
    ]
