"""Pictures of films; always 200 with an image."""

import hashlib
from typing import Final

from flask import Blueprint, Response, request

from web.domain import MAX_ID, Movie
from web.images import Picture
from web.services import services

# A drawing is a document too, if opened by itself: it may do nothing but show.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

bp = Blueprint("images", __name__, url_prefix="/images")


@bp.get("/poster/<int:movie_id>")
def poster(movie_id: int) -> Response:
    """The film's poster."""
    return _answer(services().images.poster(_movie(movie_id)))


@bp.get("/still/<int:movie_id>/<int:number>")
def still(movie_id: int, number: int) -> Response:
    """One of the film's stills, from 0."""
    return _answer(services().images.still(_movie(movie_id), number))


def _movie(movie_id: int) -> Movie:
    """The film, or one without facts: a card that is out of date still gets a picture."""
    found = services().catalogue.movie(movie_id) if movie_id <= MAX_ID else None
    return found or Movie(id=movie_id, title="Unknown film")


def _answer(picture: Picture) -> Response:
    response = Response(picture.body, mimetype=picture.mimetype)
    response.headers["Cache-Control"] = f"public, max-age={picture.max_age}"
    response.headers["Content-Security-Policy"] = POLICY
    response.set_etag(hashlib.sha256(picture.body).hexdigest()[:16])
    response.make_conditional(request)
    return response
