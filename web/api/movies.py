"""One film, and the films near it."""

from flask import Blueprint, Response

from web.domain import MAX_ID, Movie, NotFound
from web.dumping import movie_details, movie_item, tag_item
from web.operation import dump, operation
from web.schemas import MovieDetails, Movies, SimilarQuery
from web.services import services

bp = Blueprint("movies", __name__, url_prefix="/api/v1/movies")


@bp.get("/<int:movie_id>")
@operation(MovieDetails, errors=(404,))
def show(movie_id: int) -> Response:
    """Everything known of a film."""
    movie = known_movie(movie_id)
    by_id = services().catalogue.tags().by_id
    tags = tuple(tag_item(by_id[one]) for one in movie.tags if one in by_id)
    response = dump(movie_details(movie, tags))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@bp.get("/<int:movie_id>/similar")
@operation(Movies, query=SimilarQuery, errors=(404,))
def similar(query: SimilarQuery, movie_id: int) -> Movies:
    """Films near it in the model's embedding, the nearest first."""
    found = services().recommending.similar(known_movie(movie_id), query.limit)
    return Movies(
        movies=tuple(map(movie_item, found.movies)),
        source="fallback" if found.is_fallback else "model",
    )


def known_movie(movie_id: int) -> Movie:
    """The film, or NotFound."""
    movie = services().catalogue.movie(movie_id) if movie_id <= MAX_ID else None
    if movie is None:
        raise NotFound(f"there is no movie {movie_id} in the catalogue")
    return movie
