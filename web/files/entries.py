"""Which site wrote a file, and what each of its rows says of a film."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from web.domain import MAX_ID, InvalidRequest, Kind
from web.files.reading import Row, Table, table
from web.files.shapes import MAX_TITLE, Opinion, Site, Unrated

LIKED_FROM: Final = 7  # of 10; 3.5 of 5
DISLIKED_TO: Final = 5  # of 10; 2.5 of 5

# The columns in which the sites write one thing, the better ones first.
TITLE: Final = ("title", "name")
YEAR: Final = ("year",)
MOVIE_ID: Final = ("movielens_id", "movieid", "movie_id")
IMDB_ID: Final = ("imdb_id", "imdbid", "const")
TMDB_ID: Final = ("tmdb_id", "tmdbid")
OF_TEN: Final = ("your rating", "rating10")
OF_FIVE: Final = ("rating",)
WHEN: Final = ("watched date", "watcheddate", "date rated", "date", "timestamp", "position")

_YEARS: Final = (1800, 2200)
_WITH_YEAR: Final = re.compile(r"(?P<title>.+?)\s*\((?P<year>[0-9]{4})\)")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a site writes a file: the columns by which it is known, and, where the file's kind says
    it, what films without a rating become. A list's films are saved, rated or not.
    """

    site: Site
    columns: frozenset[str]
    unrated: Unrated | None = None
    is_list: bool = False


LAYOUTS: Final = (
    Layout("marquee", frozenset({"title", "movielens_id", "what"})),
    Layout("imdb", frozenset({"const", "created"}), "saved", is_list=True),
    Layout("imdb", frozenset({"const", "your rating"})),
    Layout("movielens", frozenset({"userid", "movieid", "rating"})),
    Layout("movielens", frozenset({"movie_id", "imdb_id", "tmdb_id", "rating"})),
    Layout("movielens", frozenset({"movie_id", "imdb_id", "tmdb_id"}), "saved", is_list=True),
    Layout("letterboxd", frozenset({"name", "year", "letterboxd uri"})),
    Layout("letterboxd", frozenset({"position", "name", "year", "url"}), "saved", is_list=True),
    Layout("letterboxd", frozenset({"title", "year"})),  # what Letterboxd itself imports
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says of a film, or of a tag by its title. `rating` is of 10; `when` sorts the
    oldest first. `id` is MovieLens's.
    """

    row: int
    opinion: Opinion
    kind: Kind = "movie"
    title: str = ""
    year: int | None = None
    id: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None
    rating: float | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """What a file of `rows` rows says, in their order; `unrated` is what films became that it
    gives no rating.
    """

    site: Site
    unrated: Unrated
    rows: int
    entries: list[Entry] = field(repr=False)


def read_table(text: str, name: str, unrated: Unrated | None) -> Entries:
    """The entries of a table that one of the sites wrote.

    name: the file's, for Letterboxd's watched films, likes and watchlist differ by it alone.
    """
    found = table(text, [layout.columns for layout in LAYOUTS])
    layout = next(one for one in LAYOUTS if one.columns <= found.columns)
    becomes = unrated or layout.unrated or _by_name(name)
    _check_one_person(found)
    read = [one for row in found.rows for one in _read(row, layout, becomes)]
    return Entries(layout.site, becomes, len(found.rows), read)


def opinion_of(rating: float) -> Opinion:
    """What a rating of 10 says; one between a like and a dislike, that the film was seen."""
    if rating >= LIKED_FROM:
        return "liked"
    return "disliked" if rating <= DISLIKED_TO else "seen"


def _by_name(name: str) -> Unrated:
    stem = re.split(r"[/\\]", name.casefold())[-1].removesuffix(".csv")
    if "watchlist" in stem:
        return "saved"
    return "liked" if stem == "films" else "seen"  # likes/films.csv of Letterboxd


def _check_one_person(found: Table) -> None:
    """Ratings of many people, as MovieLens publishes them, are nobody's taste."""
    if "userid" in found.columns:
        for row in found.rows:
            if row.cells.get("userid") != found.rows[0].cells.get("userid"):
                first = found.rows[0].cells.get("userid", "")
                raise row.wrong("userid", f'must be the same person in every row, "{first}"')


def _read(row: Row, layout: Layout, unrated: Unrated) -> Iterator[Entry]:
    title, year = _named(row)
    links = (
        row.whole(MOVIE_ID, 1, MAX_ID),
        row.imdb_id(IMDB_ID),
        row.whole(TMDB_ID, 1, MAX_ID),
    )
    if not title and not any(links):
        raise InvalidRequest(f"row {row.number} must have a title or an id, got neither")
    rating = _rating(row)
    for opinion in _opinions(row, layout, unrated, rating):
        yield Entry(row.number, opinion, _kind(row), title, year, *links, rating, _when(row))


def _named(row: Row) -> tuple[str, int | None]:
    column, title = row.first(TITLE)
    if len(title) > MAX_TITLE:
        raise row.wrong(column, f"must be of at most {MAX_TITLE} characters")
    year = row.whole(YEAR, *_YEARS)
    if year is None and (found := _WITH_YEAR.fullmatch(title)):  # MovieLens: "Toy Story (1995)"
        return found["title"], int(found["year"])
    return title, year


def _rating(row: Row) -> float | None:
    rating = row.number_in(OF_TEN, 1, 10)
    if rating is not None:
        return rating
    stars = row.number_in(OF_FIVE, 0.5, 5)
    return None if stars is None else 2 * stars


def _opinions(
    row: Row, layout: Layout, unrated: Unrated, rating: float | None
) -> Sequence[Opinion]:
    if layout.site == "marquee":
        return (_said(row),)
    if rating is None:
        return (unrated,)
    return (opinion_of(rating), "saved") if layout.is_list else (opinion_of(rating),)


def _said(row: Row) -> Opinion:
    allowed: tuple[Opinion, ...] = get_args(Opinion)
    for opinion in allowed:
        if row.cells.get("what", "").casefold() == opinion:
            return opinion
    raise row.wrong("what", f"must be one of {', '.join(allowed)}")


def _kind(row: Row) -> Kind:
    return "tag" if row.cells.get("kind", "").casefold() == "tag" else "movie"


def _when(row: Row) -> str:
    """A date, or a number made as long as any; "" for what is neither."""
    _, cell = row.first(WHEN)
    if _DATE.match(cell):
        return cell
    return cell.zfill(18) if cell.isdigit() else ""
