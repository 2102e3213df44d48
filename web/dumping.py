"""Films and tags in the shapes of the HTTP contract."""

from collections.abc import Sequence
from typing import Any, Final

from web.domain import Movie, Person, Tag
from web.recommendation_schemas import MovieReason, RankedMovie, RankedTag, TagReason
from web.schemas import MovieDetails, MovieItem, SessionMovie, TagItem, Trailer
from web.search_schemas import FoundMovie, FoundPerson

TRAILER_FRAMES: Final = 3
PERSON_FILMS: Final = 6


def movie_item(movie: Movie) -> MovieItem:
    """A film for a list."""
    return MovieItem(**_card(movie))


def ranked_movie(movie: Movie, probability: float) -> RankedMovie:
    """A film for an answer of the model."""
    return RankedMovie(**_card(movie), probability=probability)


def session_movie(movie: Movie, liked: bool | None) -> SessionMovie:
    """A film for a session."""
    return SessionMovie(**_card(movie), liked=liked)


def movie_details(movie: Movie, tags: tuple[TagItem, ...]) -> MovieDetails:
    """A film with all that is known of it."""
    return MovieDetails(
        **_card(movie),
        titles=movie.titles,
        tags=tags,
        directors=movie.directors,
        cast=movie.cast,
        language=movie.language,
        imdb_id=movie.imdb_id,
        tmdb_id=movie.tmdb_id,
        stills=tuple(f"/images/still/{movie.id}/{number}" for number in range(n_stills(movie))),
        trailer=None if movie.trailer is None else Trailer(youtube_id=movie.trailer),
    )


def found_movie(movie: Movie, matched_person: str | None) -> FoundMovie:
    """A film for an answer of the search."""
    return FoundMovie(**_card(movie), matched_person=matched_person)


def found_person(person: Person, movies: Sequence[Movie]) -> FoundPerson:
    """A person for an answer of the search, with the first few of the films."""
    return FoundPerson(
        name=person.name,
        roles=person.roles,
        films=len(movies),
        movies=tuple(map(movie_item, movies[:PERSON_FILMS])),
    )


def tag_item(tag: Tag) -> TagItem:
    """A tag for a list."""
    return TagItem(id=tag.id, name=tag.name, kind=tag.kind)


def ranked_tag(tag: Tag, probability: float) -> RankedTag:
    """A tag for an answer of the model."""
    return RankedTag(id=tag.id, name=tag.name, kind=tag.kind, probability=probability)


def movie_reason(movie: Movie, liked: bool, effect: float) -> MovieReason:
    """A film that was picked, as a reason for another film."""
    return MovieReason(**_card(movie), liked=liked, effect=effect)


def tag_reason(tag: Tag, liked: bool, effect: float) -> TagReason:
    """A tag that was picked, as a reason for a film."""
    return TagReason(id=tag.id, name=tag.name, tag_kind=tag.kind, liked=liked, effect=effect)


def n_stills(movie: Movie) -> int:
    """How many stills a film has: its backdrop and frames of its trailer, or one drawn for it."""
    return max(1, (movie.backdrop is not None) + TRAILER_FRAMES * (movie.trailer is not None))


def _card(movie: Movie) -> dict[str, Any]:
    return {
        "id": movie.id,
        "title": movie.title,
        "year": movie.year,
        "runtime": movie.runtime,
        "rating": movie.rating,
        "votes": movie.votes,
        "genres": movie.genres,
        "poster": f"/images/poster/{movie.id}",
    }
