"""Who wants which film: the wishes that simulated visitors come with."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.evaluation.cases import People
from model_server.vocab import PADDING, Vocab

IntArray = npt.NDArray[np.int64]

Ids = frozenset[int]


@dataclass(frozen=True, slots=True)
class Wish:
    """The film that a person wants, as public ids: what it is, and what they knew before it.

    tags: those it carries. liked, disliked: films that the person rated before it, of which the
    product knows nothing.
    """

    person: int
    film: int
    tags: Ids
    liked: Ids
    disliked: Ids


def draw_wishes(
    people: People, chosen: Iterable[int], catalogue: Catalogue, seed: int
) -> list[Wish]:
    """One wish for each of the chosen people who liked two recommendable films, in their order.

    Wanted is a film of the newer half of their likes (of three the last one), each equally likely:
    hard ones too, whatever their tags and however few know them.
    """
    wishes = (_draw(people, int(person), catalogue, seed) for person in chosen)
    return [wish for wish in wishes if wish is not None]


def _draw(people: People, person: int, catalogue: Catalogue, seed: int) -> Wish | None:
    picks = people.sequences.of(person)
    films = people.rows[picks.movies]
    likes = np.flatnonzero(picks.is_liked & (films != PADDING))  # places, oldest first
    if len(likes) < 2:
        return None
    dice = np.random.default_rng([seed, person])
    place = int(dice.choice(likes[(len(likes) + 1) // 2 :]))
    film = int(films[place])
    liked, disliked = (films[:place][side[:place]] for side in (picks.is_liked, ~picks.is_liked))
    public = int(catalogue.movies.public([film])[0])
    return Wish(
        person,
        public,
        frozenset(catalogue.tags.public(catalogue.tags_of(film)).tolist()),
        _ids(catalogue.movies, liked) - {public},
        _ids(catalogue.movies, disliked) - {public},
    )


def _ids(vocab: Vocab, indexes: IntArray) -> Ids:
    return frozenset(vocab.public(indexes[indexes != PADDING]).tolist())
