"""The catalogue: all sources put together film by film, and the two files it is kept in."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from model_server.data.files import write_gzip_lines
from model_server.data.keywords import make_tags
from model_server.data.metadata import believable, is_same_film
from model_server.data.records import Facts, Film, Link, Named, Tag
from model_server.data.titles import Title, distinct, fold, parse_title

MOVIES, TAGS = "movies.jsonl.gz", "tags.jsonl.gz"
# In this order, with ids from 1: a genre's id never changes.
GENRES = (
    "Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama",
    "Fantasy", "Film-Noir", "Horror", "IMAX", "Musical", "Mystery", "Romance", "Sci-Fi",
    "Thriller", "War", "Western",
)  # fmt: skip
# ml-1m and ml-100k write the genre otherwise.
_OLD_GENRES = {"Children's": "Children"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Films and tags, each sorted by id."""

    films: tuple[Film, ...]
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a catalogue is built from; every part may be missing.

    named: a film's names and genres in each MovieLens file, the preferred file first.
    spare_names: for films that people rated and no other source names.
    facts: what the metadata table says. links: MovieLens's ids elsewhere. keywords: by TMDB id.
    trailers: YouTube ids. ratings: how many people of the corpus rated each film.
    """

    named: list[Mapping[int, Named]] = field(default_factory=list)
    spare_names: Mapping[int, Named] = field(default_factory=dict)
    facts: Mapping[int, Facts] = field(default_factory=dict)
    links: Mapping[int, Link] = field(default_factory=dict)
    keywords: Mapping[int, frozenset[str]] = field(default_factory=dict)
    trailers: Mapping[int, str] = field(default_factory=dict)
    ratings: Mapping[int, int] = field(default_factory=dict)


def build_catalogue(sources: Sources) -> Catalogue:
    """Every film that has a name in some source, with all that can be believed of it."""
    names = _names(sources)
    titles = {movie_id: _title(own) for movie_id, own in names.items()}
    facts = _facts(sources, titles)
    twins = _twins(facts, titles, sources)
    for movie_id, other in twins.items():
        facts[other] = _filled(facts[other], facts[movie_id])
    facts |= {movie_id: _filled(facts[movie_id], facts[other]) for movie_id, other in twins.items()}
    keywords = {
        movie_id: frozenset(own.keywords) | sources.keywords.get(own.tmdb_id or 0, frozenset())
        for movie_id, own in facts.items()
    }
    tags, own_tags = make_tags(keywords, GENRES)
    films = tuple(
        replace(
            _film(movie_id, titles[movie_id], facts[movie_id]),
            genres=_genres(names[movie_id]),
            tags=own_tags[movie_id],
            ratings=sources.ratings.get(movie_id, 0),
            trailer=sources.trailers.get(movie_id) or facts[movie_id].trailer,
            same_as=twins.get(movie_id),
        )
        for movie_id in sorted(names)
    )
    return Catalogue(films, (*_genre_tags(films), *tags))


def _names(sources: Sources) -> dict[int, list[Named]]:
    names: dict[int, list[Named]] = defaultdict(list)
    for source in sources.named:
        for movie_id, named in source.items():
            names[movie_id].append(named)
    for movie_id, named in sources.spare_names.items():
        if movie_id in names or movie_id in sources.ratings:
            names[movie_id].append(named)
    return names


def _facts(sources: Sources, titles: Mapping[int, Title]) -> dict[int, Facts]:
    """What is believed of each film; MovieLens's links stand in where the table has no row."""
    facts = {movie_id: Facts() for movie_id in titles}
    for movie_id, link in sources.links.items():
        if movie_id in facts:
            facts[movie_id] = Facts(imdb_id=link.imdb_id, tmdb_id=link.tmdb_id)
    told = {movie_id: own for movie_id, own in sources.facts.items() if movie_id in titles}
    return facts | believable(told, titles, sources.links, sources.ratings)


def _title(named: Iterable[Named]) -> Title:
    """The first source's title with the names of all of them."""
    parsed = [parse_title(own.title) for own in named]
    first = parsed[0]
    others = (name for title in parsed for name in (*title.names, title.name))
    year = next((title.year for title in parsed if title.year), None)
    return Title(first.name, year, distinct(others, without=first.name))


def _genres(named: Iterable[Named]) -> tuple[str, ...]:
    """The first source's genres that has any, in the alphabet's order."""
    first = next((own.genres for own in named if own.genres), ())
    return tuple(sorted({_OLD_GENRES.get(genre, genre) for genre in first} & set(GENRES)))


def _twins(
    facts: Mapping[int, Facts], titles: Mapping[int, Title], sources: Sources
) -> dict[int, int]:
    """Films listed twice: from one id to the better one.

    Either both have one TMDB id, or one of them is withdrawn (M*A*S*H was 1294 and is 5060): the
    metadata table has no row for it, and only one film with its name and year.
    """
    current = sources.facts or facts
    groups: dict[object, list[int]] = defaultdict(list)
    for movie_id, own in facts.items():
        if own.tmdb_id is not None:
            groups[own.tmdb_id].append(movie_id)
        groups[fold(titles[movie_id].name), titles[movie_id].year].append(movie_id)
    twins: dict[int, int] = {}
    for group, films in groups.items():
        best = max(films, key=lambda film: (film in current, sources.ratings.get(film, 0), -film))
        same = [film for film in films if is_same_film(titles[film], titles[best])]
        if not isinstance(group, int):
            same = [film for film in same if film not in current] if len(films) == 2 else []
        twins |= {film: best for film in same if film != best}
    return twins


def _filled(facts: Facts, other: Facts) -> Facts:
    """The facts with the gaps filled from another id of the same film."""
    gaps = {
        part.name: getattr(other, part.name)
        for part in fields(Facts)
        if not getattr(facts, part.name)
    }
    return replace(facts, **gaps)


def _film(movie_id: int, title: Title, facts: Facts) -> Film:
    original = (facts.original_title or "",)
    return Film(
        id=movie_id,
        title=title.name,
        titles=distinct((*title.names, *original), without=title.name),
        year=title.year or _release_year(facts),
        runtime=facts.runtime,
        rating=facts.rating,
        votes=facts.votes,
        imdb_id=facts.imdb_id,
        tmdb_id=facts.tmdb_id,
        directors=facts.directors,
        cast=facts.cast,
        language=facts.language,
        poster=facts.poster,
        backdrop=facts.backdrop,
        trailer=facts.trailer,
    )


def _release_year(facts: Facts) -> int | None:
    return int(facts.release_date[:4]) if facts.release_date else None


def _genre_tags(films: Iterable[Film]) -> list[Tag]:
    counts = Counter(genre for film in films for genre in film.genres)
    return [Tag(id_, name, "genre", counts[name]) for id_, name in enumerate(GENRES, start=1)]


def write_catalogue(catalogue: Catalogue, folder: Path) -> None:
    """Write both files whole; equal catalogues give equal bytes."""
    write_gzip_lines(folder / TAGS, (_line(tag) for tag in catalogue.tags))
    write_gzip_lines(folder / MOVIES, (_line(film) for film in catalogue.films))


def _line(record: Film | Tag) -> str:
    values = asdict(record)
    if values.get("same_as", 0) is None:
        del values["same_as"]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
