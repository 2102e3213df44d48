"""A promised number of movies is the number that comes, on the shipped catalogue."""

import random

import numpy as np
from msgspec.structs import replace

from model_server.protocol import FEW_MOVIES, Filters, Pick, Recommend

SEED = 2026


def narrow_requests(catalogue, popular_ids, k: int) -> list[Recommend]:
    """Visitors with several conditions at once."""
    dice = random.Random(SEED)
    genres = catalogue.tags.ids[np.flatnonzero(catalogue.is_genre) - 1].tolist()
    keywords = catalogue.tags.ids[np.flatnonzero(~catalogue.is_genre[1:])].tolist()

    def request() -> Recommend:
        year = dice.randint(1915, 2015)
        filters = Filters(
            decades=dice.choice([(), (dice.randrange(1910, 2020, 10),)]),
            year_from=dice.choice([None, year]),
            year_to=dice.choice([None, year + 1]),
            rating_min=dice.choice([None, 8.0, 8.8]),
            genres=tuple(dice.sample(genres, dice.randint(0, 1))),
            exclude_genres=tuple(dice.sample(genres, dice.randint(0, 6))),
        )
        avoided = tuple(Pick("tag", one, False) for one in dice.sample(keywords, 3))
        liked = Pick("movie", dice.choice(popular_ids[:500]), True)
        return Recommend(dice.choice([(liked,), (liked, *avoided)]), filters=filters, limit=1)

    return [request() for _ in range(k)]


def test_without_a_condition_as_many_movies_match_as_were_promised(
    catalogue, recommender, popular_ids
):
    promises = 0
    for request in narrow_requests(catalogue, popular_ids, k=60):
        (answer,) = recommender.answer([request])
        assert bool(answer.relaxations) == (answer.matching < FEW_MOVIES)
        counts = [relaxation.matching for relaxation in answer.relaxations]
        assert counts == sorted(counts, reverse=True)
        for relaxation in answer.relaxations:
            (after,) = recommender.answer([without(request, relaxation.condition)])
            assert after.matching == relaxation.matching
            promises += relaxation.matching > answer.matching
    assert promises > 20


def without(request: Recommend, condition: str) -> Recommend:
    """The request as it is after a press of the button for a condition."""
    if condition == "avoided_tags":
        return replace(request, picks=tuple(one for one in request.picks if one.liked))
    return replace(request, filters=request.filters.without(condition))
