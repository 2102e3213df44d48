"""A small catalogue of known films, in the layout of the starter's."""

import gzip
import json
from pathlib import Path

GENRES = ["Action", "Animation", "Comedy", "Crime", "Drama", "Horror", "Romance", "Sci-Fi"]
KEYWORDS = {1001: "dream", 1002: "space", 1003: "mafia", 1004: "time travel", 1005: "robot"}

# id, title, other names, year, genres, keywords, IMDb rating, how many people rated it
FILMS = [
    (1, "Toy Story", [], 1995, "Animation Comedy", [], 8.3, 4487),
    (47, "Seven", ["Se7en"], 1995, "Crime Drama", [], 8.6, 3252),
    (260, "Star Wars: A New Hope", ["Star Wars"], 1977, "Action Sci-Fi", [1002], 8.6, 5900),
    (858, "The Godfather", ["Godfather, The"], 1972, "Crime Drama", [1003], 9.2, 4367),
    (924, "2001: A Space Odyssey", [], 1968, "Drama Sci-Fi", [1002, 1005], 8.3, 2897),
    (1214, "Alien", [], 1979, "Horror Sci-Fi", [1002], 8.5, 3493),
    (1200, "Aliens", [], 1986, "Action Horror Sci-Fi", [1002], 8.4, 3120),
    (1219, "Psycho", [], 1960, "Horror Crime", [], 8.5, 2162),
    (2389, "Psycho", [], 1998, "Horror Crime", [], 4.6, 368),
    (2021, "Dune", [], 1984, "Sci-Fi", [1002, 1001], 6.3, 1149),
    (2571, "The Matrix", ["Matrix, The"], 1999, "Action Sci-Fi", [1001, 1005], 8.7, 5463),
    (4973, "Amelie", ["Le fabuleux destin d'Amélie"], 2001, "Comedy Romance", [], 8.3, 1295),
    (4896, "Harry Potter and the Sorcerer's Stone", [], 2001, "Drama", [], 7.6, 1008),
    (5349, "Spider-Man", [], 2002, "Action", [], 7.4, 1212),
    (60069, "WALL·E", [], 2008, "Animation Sci-Fi", [1002, 1005], 8.4, 918),
    (70000, "Pottersville", [], 2017, "Comedy", [], 5.2, 1),
    (79132, "Inception", [], 2010, "Action Sci-Fi", [1001], 8.8, 800),
    (195159, "Dune", ["Dune: Part One"], 2021, "Drama Sci-Fi", [1002], 8.0, 31),
    (300, "Unrated Film", [], None, "Drama", [], None, 0),
]  # fmt: skip

# directors and cast of some; the others share theirs
PEOPLE = {
    1214: (["Ridley Scott"], ["Sigourney Weaver", "Tom Skerritt"]),
    1200: (["James Cameron"], ["Sigourney Weaver"]),
    1219: (["Alfred Hitchcock"], ["Anthony Perkins"]),
    4973: (["Jean-Pierre Jeunet"], ["Audrey Tautou"]),
}
OTHERS = (["A Director"], ["An Actor", "Another"])


def movie_line(film) -> dict:
    """A film as a line of the catalogue's file."""
    movie_id, title, titles, year, genres, keywords, rating, ratings = film
    directors, cast = PEOPLE.get(movie_id, OTHERS)
    return {
        "id": movie_id,
        "title": title,
        "titles": titles,
        "year": year,
        "runtime": 120,
        "genres": genres.split(),
        "tags": keywords,
        "rating": rating,
        "votes": None if rating is None else 1000,
        "ratings": ratings,
        "imdb_id": f"tt{movie_id:07}",
        "tmdb_id": 1_000_000 + movie_id,
        "directors": directors,
        "cast": cast,
        "language": "en",
        "poster": "/poster.jpg",
        "backdrop": "/backdrop.jpg",
        "trailer": "abcdefghijk" if movie_id == 2571 else None,
    }


def tag_lines() -> list[dict]:
    """The tags as lines of the catalogue's file, with how many films carry each."""
    lines = [
        {
            "id": number,
            "name": name,
            "kind": "genre",
            "movies": sum(name in film[4].split() for film in FILMS),
        }
        for number, name in enumerate(GENRES, start=1)
    ]
    return lines + [
        {
            "id": number,
            "name": name,
            "kind": "keyword",
            "movies": sum(number in film[5] for film in FILMS),
        }
        for number, name in KEYWORDS.items()
    ]


def write_lines(path: Path, lines: list[dict]) -> None:
    """A file of the catalogue."""
    text = "".join(json.dumps(line) + "\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode(), 1))
