"""All sources put together, film by film."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

from model_server.data.catalogue import GENRES, Catalogue, genre_tags
from model_server.data.joins import believable, is_same_film
from model_server.data.keywords import make_tags
from model_server.data.progress import progress
from model_server.data.records import Facts, Film, Link, Named
from model_server.data.titles import Title, distinct, fold, parse_title

# ml-1m and ml-100k write the genre otherwise.
_OLD_GENRES = {"Children's": "Children"}


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a catalogue is built from; every part may be missing.

    base: a catalogue to add to; its tags and what only it knows stay. named: a film's names and
    genres in each MovieLens file, the preferred file first. spare_names: for films that people
    rated and no other source names. facts: what the metadata table says. links: MovieLens's ids
    elsewhere. keywords, details: by TMDB id. trailers: YouTube ids. ratings: how many people of
    the corpus rated each film.
    """

    base: Catalogue = field(default_factory=Catalogue)
    named: tuple[Mapping[int, Named], ...] = ()
    spare_names: Mapping[int, Named] = field(default_factory=dict)
    facts: Mapping[int, Facts] = field(default_factory=dict)
    links: Mapping[int, Link] = field(default_factory=dict)
    keywords: Mapping[int, frozenset[str]] = field(default_factory=dict)
    details: Mapping[int, Facts] = field(default_factory=dict)
    trailers: Mapping[int, str] = field(default_factory=dict)
    ratings: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A film as one source lists it."""

    title: Title
    genres: tuple[str, ...]


def build_catalogue(sources: Sources) -> Catalogue:
    """Every film that a source lists or people rated, with all that can be believed of it."""
    entries = _entries(sources)
    titles = _titles(entries)
    ratings = {film.id: film.ratings for film in sources.base.films} | dict(sources.ratings)
    facts = _facts(sources, titles, ratings)
    twins = _twins(facts, titles, ratings, sources)
    for movie_id, other in twins.items():
        facts[other] = _filled(facts[other], facts[movie_id])
    facts |= {movie_id: _filled(facts[movie_id], facts[other]) for movie_id, other in twins.items()}
    kept = frozenset(tag.name for tag in sources.base.tags if tag.kind == "keyword")
    tags, own_tags = make_tags(_keywords(facts, sources), GENRES, kept)
    films = tuple(
        replace(
            _film(movie_id, titles[movie_id], facts[movie_id]),
            genres=_genres(entries[movie_id]),
            tags=own_tags[movie_id],
            ratings=ratings.get(movie_id, 0),
            trailer=sources.trailers.get(movie_id) or facts[movie_id].trailer,
            same_as=twins.get(movie_id),
        )
        for movie_id in sorted(entries)
    )
    return Catalogue(films, (*genre_tags(films), *tags))


def _entries(sources: Sources) -> dict[int, list[_Entry]]:
    entries: dict[int, list[_Entry]] = defaultdict(list)
    for film in sources.base.films:
        title = Title(film.title, film.year, film.titles)
        entries[film.id].append(_Entry(title, film.genres))
    for number, source in enumerate(sources.named, start=1):
        for movie_id, named in progress(source.items(), f"names, list {number}", "films"):
            entries[movie_id].append(_Entry(parse_title(named.title), named.genres))
    for movie_id, named in sources.spare_names.items():
        if movie_id in entries or movie_id in sources.ratings:
            entries[movie_id].append(_Entry(parse_title(named.title), named.genres))
    # MovieLens has withdrawn some ids with their names; a person who rated one may still pick it.
    for movie_id in sources.ratings.keys() - entries.keys():
        entries[movie_id].append(_Entry(Title(f"MovieLens film {movie_id}", None, ()), ()))
    return entries


def _titles(entries: Mapping[int, list[_Entry]]) -> dict[int, Title]:
    """Each film's title from its first source, with the names that all sources have.

    A later source's name that is another film's title of that year is a slip of that source:
    the trailer file calls GoldenEye "Sudden Death (1995)", which is the film on the line before.
    """
    firsts = {movie_id: own[0].title for movie_id, own in entries.items()}
    owners = {(fold(title.name), title.year): movie_id for movie_id, title in firsts.items()}
    titles = {}
    for movie_id, own in entries.items():
        right = [
            entry.title
            for entry in own
            if entry.title is firsts[movie_id]
            or owners.get((fold(entry.title.name), entry.title.year), movie_id) == movie_id
        ]
        names = (name for title in right for name in (*title.names, title.name))
        year = next((title.year for title in right if title.year), None)
        name = firsts[movie_id].name
        titles[movie_id] = Title(name, year, distinct(names, without=name))
    return titles


def _facts(
    sources: Sources, titles: Mapping[int, Title], ratings: Mapping[int, int]
) -> dict[int, Facts]:
    """What is believed of each film: the details, then the table, then what the base knows.

    MovieLens's links stand in for a film of which neither the table nor the base has a row.
    """
    known = {film.id: _known(film) for film in sources.base.films}
    facts = {movie_id: known.get(movie_id, Facts()) for movie_id in titles}
    for movie_id, link in sources.links.items():
        if movie_id in facts and not (facts[movie_id].imdb_id or facts[movie_id].tmdb_id):
            linked = Facts(imdb_id=link.imdb_id, tmdb_id=link.tmdb_id)
            facts[movie_id] = _filled(linked, facts[movie_id])
    links = {film.id: Link(film.imdb_id, film.tmdb_id) for film in sources.base.films}
    links = {film: link for film, link in links.items() if link.imdb_id or link.tmdb_id}
    told = {movie_id: own for movie_id, own in sources.facts.items() if movie_id in titles}
    for movie_id, own in believable(told, titles, links | dict(sources.links), ratings).items():
        facts[movie_id] = _filled(own, known.get(movie_id, Facts()))
    for movie_id, own in facts.items():
        if detail := sources.details.get(own.tmdb_id or 0):
            facts[movie_id] = _filled(detail, own)
    return facts


def _known(film: Film) -> Facts:
    return Facts(
        imdb_id=film.imdb_id,
        tmdb_id=film.tmdb_id,
        rating=film.rating,
        votes=film.votes,
        language=film.language,
        runtime=film.runtime,
        poster=film.poster,
        backdrop=film.backdrop,
        directors=film.directors,
        cast=film.cast,
        trailer=film.trailer,
    )


def _twins(
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    ratings: Mapping[int, int],
    sources: Sources,
) -> dict[int, int]:
    """Films listed twice: from one id to the better one.

    Either both have one TMDB id, or one of them is withdrawn (M*A*S*H was 1294 and is 5060): it
    has no row in the metadata table, and the one film with its name and year has no other IMDb id.
    """
    current = sources.facts or facts
    groups: dict[object, list[int]] = defaultdict(list)
    for movie_id, own in facts.items():
        if own.tmdb_id is not None:
            groups[own.tmdb_id].append(movie_id)
        groups[fold(titles[movie_id].name), titles[movie_id].year].append(movie_id)
    twins = {film.id: film.same_as for film in sources.base.films if film.same_as is not None}
    for group, films in groups.items():
        best = max(films, key=lambda film: (film in current, ratings.get(film, 0), -film))
        same = [film for film in films if is_same_film(titles[film], titles[best])]
        if not isinstance(group, int):
            imdb_ids = {facts[film].imdb_id for film in films} - {None}
            alone = len(films) == 2 and len(imdb_ids) < 2
            same = [film for film in same if alone and film not in current]
        twins |= {film: best for film in same if film not in (best, *twins)}
    return twins


def _filled(facts: Facts, other: Facts) -> Facts:
    """The facts with the gaps filled from another source or another id of the same film."""
    gaps = [part.name for part in fields(Facts) if not getattr(facts, part.name)]
    return replace(facts, **{name: getattr(other, name) for name in gaps})


def _keywords(facts: Mapping[int, Facts], sources: Sources) -> dict[int, frozenset[str]]:
    names = {tag.id: tag.name for tag in sources.base.tags}
    known = {film.id: frozenset(names[tag] for tag in film.tags) for film in sources.base.films}
    empty: frozenset[str] = frozenset()
    return {
        movie_id: known.get(movie_id, empty)
        | frozenset(own.keywords)
        | sources.keywords.get(own.tmdb_id or 0, empty)
        for movie_id, own in facts.items()
    }


def _genres(entries: Iterable[_Entry]) -> tuple[str, ...]:
    """The first source's genres that has any, in the alphabet's order."""
    first = next((entry.genres for entry in entries if entry.genres), ())
    return tuple(sorted({_OLD_GENRES.get(genre, genre) for genre in first} & set(GENRES)))


def _film(movie_id: int, title: Title, facts: Facts) -> Film:
    names = (*title.names, *facts.names, facts.original_title or "")
    return Film(
        id=movie_id,
        title=title.name,
        titles=distinct(names, without=title.name),
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
