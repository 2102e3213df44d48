"""Requests in public ids in, ranked movie and tag ids out; the only place that knows both."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.attributes import Attributes
from model_server.eligibility import Demand, allowed, relaxations
from model_server.engines.base import Query
from model_server.engines.registry import Registry, UnknownEngine
from model_server.protocol import (
    FEW_MOVIES,
    MAX_REASONS,
    Alive,
    Answer,
    Engines,
    Failure,
    Pick,
    Probe,
    Reason,
    Reasons,
    Recommend,
    Recommended,
    Request,
    Scored,
    Similar,
    SimilarMovies,
    Why,
)
from model_server.questions import (
    CANDIDATES,
    MOVIES_AHEAD,
    Ahead,
    Arrange,
    by_information,
    look_ahead,
)
from model_server.ranking import BLOCK, best, log_share, probabilities, varied
from model_server.reading import Reader
from model_server.space import Space
from model_server.tuning import Sliders, heard
from model_server.vocab import PADDING, Vocab

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

PAGE: Final = Recommend().limit  # movies that are shown first


class Recommender:
    """Answers requests from one artifact: `model` is its version.

    arrange: puts likely tags in the order in which they are proposed, as `by_information` does.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        registry: Registry,
        model: str,
        arrange: Arrange = by_information,
    ) -> None:
        self._catalogue = catalogue
        self._attributes = Attributes(catalogue)
        self._reader = Reader(catalogue)
        self._sliders = Sliders(catalogue)
        self._registry = registry
        self._model = model
        self._arrange = arrange

    def answer(self, requests: Sequence[Request]) -> list[Answer]:
        """One answer a request, in their order; those to one engine are scored together."""
        together: dict[str, list[int]] = defaultdict(list)
        answers: dict[int, Answer] = {}
        for place, request in enumerate(requests):
            if isinstance(request, Recommend):
                together[request.engine].append(place)
            else:
                answers[place] = self._answer_alone(request)
        for name, places in together.items():
            batch = [
                request for place in places if isinstance(request := requests[place], Recommend)
            ]
            answers.update(zip(places, self._recommend(name, batch), strict=True))
        return [answers[place] for place in range(len(requests))]

    def _answer_alone(self, request: Request) -> Answer:
        if isinstance(request, Similar):
            return self._similar(request)
        if isinstance(request, Why):
            return self._why(request)
        if isinstance(request, Probe):
            return self._probe()
        return Engines(self._registry.infos)

    def _recommend(self, name: str, requests: Sequence[Recommend]) -> Sequence[Answer]:
        try:
            engine = self._registry.engine(name)
        except UnknownEngine as error:
            return [Failure("invalid", str(error))] * len(requests)
        queries = [self._reader.query(request.picks) for request in requests]
        tunings = [request.tuning for request in requests]
        scores = self._sliders.score(engine.score, queries, tunings)
        rows = zip(requests, queries, scores.movies, scores.tags, strict=True)
        return [self._recommended(*row) for row in rows]

    def _recommended(
        self, request: Recommend, query: Query, movies: FloatArray, tags: FloatArray
    ) -> Recommended:
        demand = self._demand(request, query)
        mask = allowed(self._attributes, demand)
        matching = int(np.count_nonzero(mask))
        ranking = best(movies, mask, max(_end_of_blocks(request), PAGE + MOVIES_AHEAD))
        page = self._page(request, query, ranking)
        proposed = self._proposed(request, query, tags, look_ahead(ranking, movies, PAGE))
        return Recommended(
            movies=_scored(self._catalogue.movies, movies, page),
            tags=_scored(self._catalogue.tags, tags, proposed),
            matching=matching,
            engine=request.engine,
            model=self._model,
            relaxations=relaxations(self._attributes, demand) if matching < FEW_MOVIES else (),
        )

    def _demand(self, request: Recommend, query: Query) -> Demand:
        seen = self._catalogue.movies.known(request.seen)
        said = (*(event.movie for event in query.events), *seen)
        return Demand(request.filters, heard(query, request.tuning).disliked_tags, said)

    def _page(self, request: Recommend, query: Query, ranking: IntArray) -> IntArray:
        """The movies asked for, of a ranking that holds all blocks up to them."""
        if heard(query, request.tuning) != Query():
            return ranking[request.offset : request.offset + request.limit]
        # Nobody has spoken: the ranking is mixed, block by block.
        first = request.offset // BLOCK * BLOCK
        blocks = ranking[first : _end_of_blocks(request)]
        mixed = varied(blocks, self._attributes.kinds(blocks))
        return mixed[request.offset - first :][: request.limit]

    def _proposed(
        self, request: Recommend, query: Query, scores: FloatArray, ahead: Ahead
    ) -> IntArray:
        """The tags beside a page; half of them are new on each page, while there are more.

        scores: (1 + tags,) float. Among the likeliest, those come first that say most of the movies
        ahead.
        """
        is_open = np.ones(len(scores), dtype=np.bool_)
        is_open[[PADDING, *query.liked_tags, *query.disliked_tags]] = False
        last = max(0, int(np.count_nonzero(is_open)) - request.tag_limit)
        first = min(request.offset // request.limit * -(-request.tag_limit // 2), last)
        end = first + request.tag_limit
        ranking = best(scores, is_open, max(end, CANDIDATES))
        carried = self._attributes.crossing(ranking[:CANDIDATES], ahead.movies)
        ranking[:CANDIDATES] = ranking[self._arrange(ahead.shares, carried, end)]
        return ranking[first:end]

    def _similar(self, request: Similar) -> Answer:
        event = self._reader.event(Pick("movie", request.movie_id, True, request.tags))
        if event.movie == PADDING and not event.tags:
            return SimilarMovies(())
        closeness = self._space.cosines(self._registry.network.embedding([event])[0])
        is_near = closeness > -np.inf
        is_near[[PADDING, event.movie]] = False
        return SimilarMovies(_ids(self._catalogue.movies, best(closeness, is_near, request.limit)))

    def _why(self, request: Why) -> Reasons:
        """Asks the network of the picks without each one, all in one batch."""
        movie = self._catalogue.movies.index(request.movie_id)
        if movie == PADDING:
            return Reasons((), len(request.picks), self._model)
        others = [pick for pick in request.picks if not _is_movie(pick, request.movie_id)]
        weighed = others[-MAX_REASONS:]
        sessions = [others, *([one for one in others if one is not pick] for pick in weighed)]
        queries = [replace(self._reader.query(one), is_supposed=True) for one in sessions]
        tunings = [request.tuning] * len(queries)
        scores = self._sliders.score(self._registry.network.score, queries, tunings)
        whole, *without = (log_share(movies, movie) for movies in scores.movies)
        pairs = zip(weighed, without, strict=True)
        reasons = [Reason(pick.kind, pick.id, whole - left) for pick, left in pairs]
        reasons.sort(key=lambda reason: -reason.effect)
        return Reasons(tuple(reasons), len(others) - len(weighed), self._model)

    @cached_property
    def _space(self) -> Space:
        return Space(self._registry.network.vectors(), self._catalogue.likes)

    def _probe(self) -> Alive:
        network = self._registry.network
        network.score([Query()])
        counters = {name: float(count) for name, count in network.counters().items()}
        return Alive(self._model, counters)


def _end_of_blocks(request: Recommend) -> int:
    return -(-(request.offset + request.limit) // BLOCK) * BLOCK


def _is_movie(pick: Pick, movie_id: int) -> bool:
    return pick.kind == "movie" and pick.id == movie_id


def _scored(vocab: Vocab, scores: FloatArray, indexes: IntArray) -> tuple[Scored, ...]:
    shares = probabilities(scores, indexes).tolist()
    return tuple(map(Scored, _ids(vocab, indexes), shares))


def _ids(vocab: Vocab, indexes: IntArray) -> tuple[int, ...]:
    return tuple(vocab.public(indexes.tolist()).tolist())
