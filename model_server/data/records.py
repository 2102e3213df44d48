"""What is known of a film, from one source or from all of them."""

from dataclasses import dataclass

NO_GENRES = "(no genres listed)"


@dataclass(frozen=True, slots=True)
class Named:
    """A film as a MovieLens file writes it: `title` in MovieLens's own form, year included."""

    title: str
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What MovieLens itself says a film is called elsewhere."""

    imdb_id: str | None
    tmdb_id: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source knows of a film. None and () mean: nothing.

    `names` are further names; the film's own title comes from MovieLens.
    """

    names: tuple[str, ...] = ()

    imdb_id: str | None = None
    tmdb_id: int | None = None
    rating: float | None = None
    votes: int | None = None
    original_title: str | None = None
    language: str | None = None
    release_date: str | None = None
    runtime: int | None = None
    poster: str | None = None
    backdrop: str | None = None
    keywords: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    trailer: str | None = None


@dataclass(frozen=True, slots=True)
class Film:
    """One film of the catalogue; the fields are those of a line of movies.jsonl.gz.

    `tags` are the ids of its keywords, most telling first. `rating` (0 to 10) and `votes` are
    IMDb's. `ratings` counts the people of the corpus who rated it. `same_as` is the id under
    which MovieLens lists this film as well, the one with more ratings.
    """

    id: int
    title: str
    titles: tuple[str, ...] = ()
    year: int | None = None
    runtime: int | None = None
    genres: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    rating: float | None = None
    votes: int | None = None
    ratings: int = 0
    imdb_id: str | None = None
    tmdb_id: int | None = None
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    language: str | None = None
    poster: str | None = None
    backdrop: str | None = None
    trailer: str | None = None
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A genre or a keyword, and how many films of the catalogue carry it."""

    id: int
    name: str
    kind: str
    movies: int
