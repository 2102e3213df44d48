"""The answer when the model does not answer in time: popular films that pass the same filters.

They have no scores, so of the sliders only ignored dislikes are heeded.
"""

from collections.abc import Iterator
from dataclasses import replace

from model_server.protocol import FEW_MOVIES, Condition, Relaxation
from web.stores.base import Wanted
from web.stores.cached_catalogue import CachedCatalogue
from web.wishes import TAGS, Recommendation, Wish


def popular_instead(catalogue: CachedCatalogue, wish: Wish) -> Recommendation:
    """The most rated films that match a wish, and the most used tags that were not picked."""
    picked = {pick.id for pick in wish.picks if pick.kind == "movie"}
    picked_tags = {pick.id for pick in wish.picks if pick.kind == "tag"}
    left_out = picked.union(wish.seen)
    wanted = Wanted(wish.filters, wish.limit, wish.offset, left_out, wish.avoided_tags)
    popular = catalogue.popular_movies(wanted)
    tags = catalogue.tags().popular(TAGS, picked_tags)
    uses = sum(tag.movies for tag in tags)
    return Recommendation(
        [(movie, movie.ratings / max(1, popular.ratings)) for movie in popular.movies],
        [(tag, tag.movies / max(1, uses)) for tag in tags],
        popular.matching,
        None,
        _relaxations(catalogue, wanted) if popular.matching < FEW_MOVIES else (),
    )


def _relaxations(catalogue: CachedCatalogue, wanted: Wanted) -> tuple[Relaxation, ...]:
    counted = [
        Relaxation(condition, catalogue.popular_movies(eased).matching)
        for condition, eased in _eased(replace(wanted, limit=1, offset=0))
    ]
    return tuple(sorted(counted, key=lambda relaxation: -relaxation.matching))


def _eased(wanted: Wanted) -> Iterator[tuple[Condition, Wanted]]:
    for name in wanted.filters.given:
        yield name, replace(wanted, filters=wanted.filters.without(name))
    if wanted.without_tags:
        yield "avoided_tags", replace(wanted, without_tags=())
