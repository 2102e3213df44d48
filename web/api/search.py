"""Films, tags and people by name, and the engines by which they can be ranked."""

from flask import Blueprint

from web.dumping import found_movie, found_person, tag_item
from web.finding import find
from web.operation import operation
from web.schemas import EngineItem
from web.search_schemas import Found, SearchQuery, Tags, TagsQuery
from web.services import services

bp = Blueprint("search", __name__, url_prefix="/api/v1")


@bp.get("/search")
@operation(Found, query=SearchQuery)
def search(query: SearchQuery) -> Found:
    """Films, tags and people by name, one typo and accents forgiven; a person's films too."""
    found = find(services().catalogue, query.q, query.limit)
    return Found(
        movies=tuple(found_movie(match.movie, match.person) for match in found.matches),
        tags=tuple(map(tag_item, found.tags)),
        people=tuple(found_person(one.person, one.movies) for one in found.people),
        did_you_mean=found.did_you_mean,
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
