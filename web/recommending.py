"""What a visitor said and wants, made an answer: ranked by the model, named by the catalogue."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from model_server.client import ModelRejected, ModelUnavailable
from model_server.protocol import (
    MAX_PICK_TAGS,
    Alive,
    EngineInfo,
    Engines,
    Filters,
    Pick,
    Reasons,
    Recommend,
    Recommended,
    Scored,
    Similar,
    SimilarMovies,
    Why,
)
from web.breaker import Breaker
from web.domain import InvalidRequest, Kind, Movie, Tag
from web.picks import Picked
from web.popular import popular_instead
from web.recommendation_schemas import AskedFilters
from web.stores.base import Wanted
from web.stores.cached_catalogue import CachedCatalogue
from web.wishes import TAGS, Explanation, Likeness, Recommendation, Wish

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Model(Protocol):
    """The part of `model_server.client.ModelClient` that web uses."""

    def recommend(self, request: Recommend) -> Recommended: ...
    def similar(self, request: Similar) -> SimilarMovies: ...
    def why(self, request: Why) -> Reasons: ...
    def engines(self) -> Engines: ...
    def probe(self) -> Alive: ...


class Recommending:
    """Answers wishes by the model, and without it when it does not answer."""

    def __init__(self, model: Model, catalogue: CachedCatalogue, breaker: Breaker) -> None:
        self._model = model
        self._catalogue = catalogue
        self._breaker = breaker

    def recommend(self, wish: Wish) -> Recommendation:
        """The films that match the wish best, and 24 tags to narrow it down."""
        wish = self._canonical(wish)
        request = self._request(wish)
        try:
            answer = self._ask(lambda: self._model.recommend(request))
        except ModelUnavailable as error:
            logger.warning("fallback: %s", error)
            return popular_instead(self._catalogue, wish)
        return Recommendation(
            self._titled(answer.movies),
            self._named(answer.tags),
            answer.matching,
            answer.model,
            answer.relaxations,
        )

    def similar(self, movie: Movie, limit: int) -> Likeness:
        """Films near a film; without the model, popular films that share a genre with it."""
        movie = self._catalogue.movie(movie.same_as or movie.id) or movie
        request = Similar(movie.id, movie.tags[:MAX_PICK_TAGS], limit)
        try:
            answer = self._ask(lambda: self._model.similar(request))
        except ModelUnavailable as error:
            logger.warning("fallback: %s", error)
            genres = tuple(genre.id for genre in self._catalogue.tags().genres)
            shared = Filters(genres=tuple(one for one in movie.tags if one in genres))
            popular = self._catalogue.popular_movies(Wanted(shared, limit, without=(movie.id,)))
            return Likeness(popular.movies, is_fallback=True)
        found = self._catalogue.movies(answer.movies)
        movies = [found[one] for one in answer.movies if one in found]
        return Likeness(movies, is_fallback=False)

    def why(self, movie: Movie, wish: Wish) -> Explanation:
        """What each pick does for a film, what speaks most for it first, as the sliders stand.

        ModelUnavailable when the model does not answer, for nothing else can tell.
        """
        said = self._by_own_id(wish.picks)
        picks = tuple(self._tagged(self._canonical(wish).picks))
        request = Why(movie.same_as or movie.id, picks, wish.tuning)
        answer = self._ask(lambda: self._model.why(request))
        movies = self._catalogue.movies([pick.id for pick in wish.picks if pick.kind == "movie"])
        tags = self._catalogue.tags().by_id
        reasons: list[tuple[Movie | Tag, bool, float]] = []
        for reason in answer.reasons:
            pick = said[reason.kind, reason.id]
            subject = movies.get(pick.id) if pick.kind == "movie" else tags.get(pick.id)
            if subject is not None:
                reasons.append((subject, pick.liked, reason.effect))
        return Explanation(reasons, answer.unweighed, answer.model)

    def engines(self) -> Sequence[EngineInfo]:
        """The engines that a wish can name; ModelUnavailable when the model does not answer."""
        return self._ask(self._model.engines).engines

    def filters(self, asked: AskedFilters) -> Filters:
        """The filters as the model server reads them; InvalidRequest if no film can pass."""
        _check_order("year", asked.year_from, asked.year_to)
        _check_order("rating", asked.rating_min, asked.rating_max)
        tags = self._catalogue.tags()
        return Filters(
            decades=asked.decades,
            year_from=asked.year_from,
            year_to=asked.year_to,
            rating_min=asked.rating_min,
            rating_max=asked.rating_max,
            genres=tags.genre_ids(asked.genres),
            exclude_genres=tags.genre_ids(asked.exclude_genres),
        )

    def probe(self) -> Alive:
        """The model server's own figures, after a real inference."""
        return self._model.probe()

    def check_known(self, picks: Iterable[Picked]) -> None:
        """InvalidRequest if a film or tag does not exist."""
        picks = tuple(picks)
        movies = self._catalogue.movies([pick.id for pick in picks if pick.kind == "movie"])
        tags = self._catalogue.tags().by_id
        for pick in picks:
            if pick.id not in (movies if pick.kind == "movie" else tags):
                raise InvalidRequest(f"there is no {pick.kind} {pick.id} in the catalogue")

    def _ask(self, question: Callable[[], T]) -> T:
        try:
            return self._breaker.call(question)
        except ModelRejected as error:
            raise InvalidRequest(str(error)) from error

    def _request(self, wish: Wish) -> Recommend:
        return Recommend(
            picks=tuple(self._tagged(wish.picks)),
            seen=wish.seen,
            filters=wish.filters,
            tuning=wish.tuning,
            limit=wish.limit,
            offset=wish.offset,
            tag_limit=TAGS,
            engine=wish.engine or Recommend().engine,
        )

    def _tagged(self, picks: Sequence[Picked]) -> Iterable[Pick]:
        """The picks as the model server reads them; films carry their tags."""
        movies = self._catalogue.movies([pick.id for pick in picks if pick.kind == "movie"])
        for pick in picks:
            movie = movies.get(pick.id) if pick.kind == "movie" else None
            tags = () if movie is None else movie.tags[:MAX_PICK_TAGS]
            yield Pick(pick.kind, pick.id, pick.liked, tags)

    def _canonical(self, wish: Wish) -> Wish:
        """The wish with each film under the one id by which it is recommended."""
        repeats = self._catalogue.repeats()
        said = self._by_own_id(wish.picks)
        picks = tuple(Picked(kind, own, pick.liked) for (kind, own), pick in said.items())
        seen = tuple(repeats.get(one, one) for one in wish.seen)
        return replace(wish, picks=picks, seen=seen)

    def _by_own_id(self, picks: Sequence[Picked]) -> dict[tuple[Kind, int], Picked]:
        """The picks by the one id of each; of a film picked under two ids the last counts."""
        repeats = self._catalogue.repeats()
        said: dict[tuple[Kind, int], Picked] = {}
        for pick in picks:
            own = repeats.get(pick.id, pick.id) if pick.kind == "movie" else pick.id
            said.pop((pick.kind, own), None)
            said[pick.kind, own] = pick
        return said

    def _titled(self, scored: Sequence[Scored]) -> list[tuple[Movie, float]]:
        movies = self._catalogue.movies([one.id for one in scored])
        return [(movies[one.id], one.probability) for one in scored if one.id in movies]

    def _named(self, scored: Sequence[Scored]) -> list[tuple[Tag, float]]:
        tags = self._catalogue.tags().by_id
        return [(tags[one.id], one.probability) for one in scored if one.id in tags]


def _check_order(what: str, least: float | None, most: float | None) -> None:
    if least is not None and most is not None and least > most:
        raise InvalidRequest(f"the least {what} must not be above the most, got {least} and {most}")
