"""One film, the films near it, and why it is recommended."""

from flask import Blueprint, Response

from web.api.recommendations import last_words, tuning_of
from web.api.session import current_session
from web.domain import MAX_ID, Movie, NotFound
from web.dumping import movie_details, movie_item, movie_reason, tag_item, tag_reason
from web.operation import dump, operation
from web.recommendation_schemas import AskedTuning, Reasons, WhyBody, WhyQuery
from web.schemas import MovieDetails, Movies, SimilarQuery
from web.services import services
from web.wishes import Explanation, Wish

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


@bp.get("/<int:movie_id>/why")
@operation(Reasons, query=WhyQuery, errors=(404,))
def why_for_session(query: WhyQuery, movie_id: int) -> Reasons:
    """What each pick of this visitor's session does for a film, by the model."""
    movie = known_movie(movie_id)
    wish = Wish(current_session().now.picks, tuning=tuning_of(query))
    return _explained(services().recommending.why(movie, wish))


@bp.post("/<int:movie_id>/why")
@operation(Reasons, body=WhyBody, errors=(404,))
def why_for_picks(body: WhyBody, movie_id: int) -> Reasons:
    """What each pick in the body does for a film, by the model; no session is read or made."""
    movie, recommending = known_movie(movie_id), services().recommending
    wish = Wish(last_words(body.picks), tuning=tuning_of(body.tuning or AskedTuning()))
    recommending.check_known(wish.picks)
    return _explained(recommending.why(movie, wish))


def _explained(found: Explanation) -> Reasons:
    return Reasons(
        reasons=tuple(
            movie_reason(subject, is_liked, effect)
            if isinstance(subject, Movie)
            else tag_reason(subject, is_liked, effect)
            for subject, is_liked, effect in found.reasons
        ),
        unweighed=found.unweighed,
        model=found.model,
    )


def known_movie(movie_id: int) -> Movie:
    """The film, or NotFound."""
    movie = services().catalogue.movie(movie_id) if movie_id <= MAX_ID else None
    if movie is None:
        raise NotFound(f"there is no movie {movie_id} in the catalogue")
    return movie
