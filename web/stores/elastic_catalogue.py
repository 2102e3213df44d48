"""The catalogue in Elasticsearch, by its core alone: terms, prefixes, fuzziness, completion."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final, TypeVar

import msgspec
from elasticsearch import ApiError, Elasticsearch, TransportError

from web.domain import Movie, Person, StoreUnavailable, Tag
from web.searching import RECALL, Hits, Query, search
from web.stores.base import Popular, Wanted
from web.stores.elastic_index import PEOPLE_ID, TAGS_ID

MAX_FOUND: Final = 10_000
MAX_BEGINNING: Final = 64  # letters; what comes after them changes little and costs much
MAX_NEARLY: Final = 8  # words; each becomes up to a hundred clauses, and a query may have 1,024
MAX_ASKED: Final = 200  # ids or names a request, so that each is answered well within its time
BY_PLACE: Final = ("place:asc",)
BEST: Final = ("_score:desc", "standing:asc")

Clause = dict[str, Any]
T = TypeVar("T")


class ElasticCatalogue:
    """A CatalogueStore over the index behind an alias; `elastic_index` fills it."""

    def __init__(self, client: Elasticsearch, alias: str, is_over: threading.Event) -> None:
        self._client = client
        self._alias = alias
        self._is_over = is_over

    def movies(self, movie_ids: Collection[int]) -> dict[int, Movie]:
        if not movie_ids:
            return {}
        ids = [str(one) for one in movie_ids]
        answer = self._ask(
            lambda: self._client.mget(index=self._alias, ids=ids, source_includes=["body"])
        )
        if any("error" in one for one in answer["docs"]):  # a missing index is no missing film
            raise StoreUnavailable(f"Elasticsearch has no catalogue at {self._alias} yet")
        found = [_movie(one) for one in answer["docs"] if one["found"]]
        return {movie.id: movie for movie in found}

    def tags(self) -> list[Tag]:
        answer = self._ask(lambda: self._client.get(index=self._alias, id=TAGS_ID))
        return msgspec.convert(answer["_source"]["body"]["tags"], list[Tag])

    def people(self) -> list[Person]:
        answer = self._ask(lambda: self._client.get(index=self._alias, id=PEOPLE_ID))
        return msgspec.convert(answer["_source"]["body"]["people"], list[Person])

    def repeats(self) -> dict[int, int]:
        answer = self._ask(
            lambda: self._client.search(
                index=self._alias,
                query={"exists": {"field": "same_as"}},
                size=MAX_FOUND,
                source_includes=["body"],
            )
        )
        repeats = map(_movie, answer["hits"]["hits"])
        return {movie.id: movie.same_as for movie in repeats if movie.same_as is not None}

    def search_movies(self, query: Query) -> Hits[Movie]:
        return search(query, self._recall)

    def linked_movies(self, imdb_ids: Collection[str], tmdb_ids: Collection[int]) -> list[Movie]:
        by_imdb = self._with_any("imdb_id", list(imdb_ids))
        return _most_rated_first([*by_imdb, *self._with_any("tmdb_id", list(tmdb_ids))])

    def named_movies(self, names: Collection[str]) -> list[Movie]:
        return _most_rated_first(self._with_any("names", list(names)))

    def popular_movies(self, wanted: Wanted) -> Popular:
        query = {"bool": _conditions(wanted)}
        answer = self._ask(
            lambda: self._client.search(
                index=self._alias,
                query=query,
                sort=BY_PLACE,
                from_=wanted.offset,
                size=wanted.limit,
                source_includes=["body"],
                track_total_hits=True,
                aggregations={"ratings": {"sum": {"field": "ratings"}}},
            )
        )
        hits = answer["hits"]
        movies = [_movie(hit) for hit in hits["hits"]]
        return Popular(
            movies, hits["total"]["value"], int(answer["aggregations"]["ratings"]["value"])
        )

    def check(self) -> str:
        if not self._ask(lambda: self._client.exists(index=self._alias, id=TAGS_ID)):
            raise StoreUnavailable(f"Elasticsearch has no catalogue at {self._alias} yet")
        return ""

    def close(self) -> None:
        self._is_over.set()
        self._client.close()

    def _recall(self, query: Query, is_tolerant: bool) -> list[Movie]:
        ways = _tolerant_ways(query) if is_tolerant else _ways(query)
        suggest = {"near": _near_beginning(query)} if is_tolerant else None
        answer = self._ask(
            lambda: self._client.search(
                index=self._alias,
                query={"bool": {"should": ways, "filter": {"exists": {"field": "place"}}}},
                sort=BEST,
                size=3 * RECALL,
                min_score=0.1,  # what fits no way at all would score 0
                suggest=suggest,
                source_includes=["body"],
            )
        )
        hits = list(answer["hits"]["hits"])
        if is_tolerant:
            hits += answer["suggest"]["near"][0]["options"]
        return [_movie(hit) for hit in hits]

    def _with_any(self, field: str, values: Sequence[str | int]) -> Iterator[Movie]:
        """The films of which a field holds one of the values, some perhaps more than once."""
        for start in range(0, len(values), MAX_ASKED):
            asked = {field: list(values[start : start + MAX_ASKED])}
            answer = self._ask(
                partial(
                    self._client.search,
                    index=self._alias,
                    query={"terms": asked},
                    size=MAX_FOUND,
                    source_includes=["body"],
                )
            )
            yield from map(_movie, answer["hits"]["hits"])

    def _ask(self, question: Callable[[], T]) -> T:
        try:
            return question()
        except (ApiError, TransportError) as error:
            raise StoreUnavailable(f"Elasticsearch does not answer: {error}") from error


def _most_rated_first(movies: Iterable[Movie]) -> list[Movie]:
    """Each film once."""
    once = {movie.id: movie for movie in movies}
    return sorted(once.values(), key=lambda movie: (-movie.ratings, movie.id))


def _movie(hit: dict[str, Any]) -> Movie:
    return msgspec.convert(hit["_source"]["body"], Movie)


def _ways(query: Query) -> list[Clause]:
    """How a name can fit, the better way with the higher score."""
    ways = [
        _scored({"term": {"names": query.text}}, 8),
        _scored({"prefix": {"names": query.text}}, 4),
        _scored({"prefix": {"words": query.joined}}, 1),
        _scored(_all_of(query.words), 1),
    ]
    if query.name is not None:
        name = _all_of(query.name.words)
        of_year = {"bool": {"filter": [name, {"term": {"year": query.year}}]}}
        ways += [_scored(of_year, 2), _scored(name, 0.5)]
    return ways


def _tolerant_ways(query: Query) -> list[Clause]:
    ways = [_scored(_nearly_all_of(query.words), 1)]
    if query.name is not None:
        name = _nearly_all_of(query.name.words)
        of_year = {"bool": {"filter": [name, {"term": {"year": query.year}}]}}
        ways += [_scored(of_year, 2), _scored(name, 0.5)]
    return ways


def _near_beginning(query: Query) -> Clause:
    """Names that, from one of their words on, begin with the query but for one typo."""
    fuzzy = {"fuzziness": 1, "prefix_length": 0, "min_length": 4, "unicode_aware": True}
    completion = {"field": "beginnings", "size": RECALL, "fuzzy": fuzzy}
    return {"prefix": (query.name or query).text[:MAX_BEGINNING], "completion": completion}


def _scored(clause: Clause, score: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": score}}


def _all_of(words: Sequence[str]) -> Clause:
    whole: list[Clause] = [{"term": {"words": word}} for word in words[:-1]]
    return {"bool": {"filter": [*whole, {"prefix": {"words": words[-1]}}]}}


def _nearly_all_of(words: Sequence[str]) -> Clause:
    """Documents that hold the first of the words; which hold all of them is seen later."""
    near = [_nearly(word) for word in list(dict.fromkeys(words[:-1]))[:MAX_NEARLY]]
    last = _any_of([_nearly(words[-1]), {"prefix": {"words": words[-1]}}])
    return {"bool": {"filter": [*near, last]}}


def _nearly(word: str) -> Clause:
    if len(word) < 3:
        return {"term": {"words": word}}
    return {"fuzzy": {"words": {"value": word, "fuzziness": 1, "max_expansions": 100}}}


def _any_of(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _conditions(wanted: Wanted) -> dict[str, list[Clause]]:
    """A film without a year or a rating is in no range, so it fails, as it must."""
    filters = wanted.filters
    needed: list[Clause] = [{"exists": {"field": "place"}}]
    if filters.decades:
        needed.append({"terms": {"decade": list(filters.decades)}})
    if filters.genres:
        needed.append({"terms": {"tags": list(filters.genres)}})
    for field, least, most in (
        ("year", filters.year_from, filters.year_to),
        ("rating", filters.rating_min, filters.rating_max),
    ):
        bounds = {"gte": least, "lte": most}
        given = {name: value for name, value in bounds.items() if value is not None}
        if given:
            needed.append({"range": {field: given}})
    barred: list[Clause] = [
        {"terms": {"tags": [*filters.exclude_genres, *wanted.without_tags]}},
        {"ids": {"values": [str(one) for one in wanted.without]}},
    ]
    return {"filter": needed, "must_not": barred}
