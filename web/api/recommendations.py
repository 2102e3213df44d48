"""Recommendations for this visitor's session, and for programs without one."""

from typing import Literal

from flask import Blueprint

from model_server.protocol import Tuning
from web.api.session import current_session
from web.domain import MAX_ID, Kind
from web.dumping import ranked_movie, ranked_tag
from web.operation import operation
from web.picks import Picked
from web.recommendation_schemas import (
    AskedFilters,
    AskedPick,
    AskedTuning,
    Recommendations,
    RecommendationsBody,
    RecommendationsQuery,
    RelaxedCondition,
    WhyQuery,
)
from web.services import services
from web.wishes import Recommendation, Wish

bp = Blueprint("recommendations", __name__, url_prefix="/api/v1/recommendations")


@bp.get("")
@operation(Recommendations, query=RecommendationsQuery)
def for_session(query: RecommendationsQuery) -> Recommendations:
    """Films and tags for this visitor's session, the best first."""
    recommending = services().recommending
    opinions = current_session().now
    asked = AskedFilters(
        decades=query.decade,
        year_from=query.year_from,
        year_to=query.year_to,
        rating_min=query.rating_min,
        rating_max=query.rating_max,
        genres=query.genre,
        exclude_genres=query.exclude_genre,
    )
    wish = Wish(
        opinions.picks,
        opinions.seen,
        recommending.filters(asked),
        tuning_of(query),
        query.limit,
        query.offset,
        query.engine,
    )
    return _dump(recommending.recommend(wish))


@bp.post("")
@operation(Recommendations, body=RecommendationsBody)
def for_picks(body: RecommendationsBody) -> Recommendations:
    """Films and tags for the picks in the body, the best first; no session is read or made."""
    recommending = services().recommending
    wish = Wish(
        last_words(body.picks),
        tuple(one for one in body.seen if 0 < one <= MAX_ID),
        recommending.filters(body.filters or AskedFilters()),
        tuning_of(body.tuning or AskedTuning()),
        body.limit,
        body.offset,
        body.engine or "",
    )
    recommending.check_known(wish.picks)
    return _dump(recommending.recommend(wish))


def tuning_of(asked: AskedTuning | RecommendationsQuery | WhyQuery) -> Tuning:
    """The sliders as the model server reads them."""
    return Tuning(asked.hidden_gems, asked.newer, asked.dislikes)


def last_words(picks: tuple[AskedPick, ...]) -> tuple[Picked, ...]:
    """The picks in their order; of a film or tag that comes twice, the last."""
    last: dict[tuple[Kind, int], Picked] = {}
    for pick in picks:
        last.pop((pick.kind, pick.id), None)
        last[pick.kind, pick.id] = Picked(pick.kind, pick.id, pick.liked)
    return tuple(last.values())


def _dump(found: Recommendation) -> Recommendations:
    source: Literal["model", "fallback"] = "fallback" if found.model is None else "model"
    services().metrics.count_answer(source)
    return Recommendations(
        movies=tuple(ranked_movie(movie, probability) for movie, probability in found.movies),
        tags=tuple(ranked_tag(tag, probability) for tag, probability in found.tags),
        matching=found.matching,
        source=source,
        model=found.model,
        relaxations=tuple(
            RelaxedCondition(condition=one.condition, matching=one.matching)
            for one in found.relaxations
        ),
    )
