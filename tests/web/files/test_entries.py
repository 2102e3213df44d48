"""Every site's files, as the sites write them."""

import pytest

from web.domain import InvalidRequest
from web.files.entries import Entry, opinion_of, read_table


def said(text: str, name: str = "", unrated=None) -> tuple[str, str, list[tuple]]:
    """The site, what is unrated, and opinion, title, year, rating of every entry."""
    read = read_table(text, name, unrated)
    entries = [(one.opinion, one.title, one.year, one.rating) for one in read.entries]
    return read.site, read.unrated, entries


LETTERBOXD = "Date,Name,Year,Letterboxd URI"
IMDB = (
    "Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,"
    "Release Date,Directors"
)
MATRIX = (
    "The Matrix,The Matrix,https://www.imdb.com/title/tt0133093/,Movie,8.7,136,1999,"
    '"Action, Sci-Fi",2000000,1999-03-31,"Lana Wachowski, Lilly Wachowski"'
)
ALIEN = "Alien,Alien,,Movie,8.5,117,1979,Horror,900000,1979-05-25,Ridley Scott"


@pytest.mark.parametrize(
    ("stars", "opinion"),
    [(0.5, "disliked"), (2.5, "disliked"), (3, "seen"), (3.5, "liked"), (5, "liked")],
)
def test_stars_become_opinions(stars, opinion):
    assert opinion_of(2 * stars) == opinion


@pytest.mark.parametrize(
    ("rating", "opinion"),
    [(1, "disliked"), (5, "disliked"), (6, "seen"), (7, "liked"), (10, "liked")],
)
def test_ratings_of_ten_become_opinions(rating, opinion):
    assert opinion_of(rating) == opinion


def test_ratings_of_letterboxd():
    text = f'{LETTERBOXD},Rating\n2024-01-02,"Crouching Tiger, Hidden Dragon",2000,https://boxd.it/2a,4.5\n2024-01-03,Alien,1979,https://boxd.it/2b,2\n'
    assert said(text, "ratings.csv") == (
        "letterboxd",
        "seen",
        [("liked", "Crouching Tiger, Hidden Dragon", 2000, 9), ("disliked", "Alien", 1979, 4)],
    )


@pytest.mark.parametrize(
    ("name", "opinion"),
    [
        ("watched.csv", "seen"),
        ("", "seen"),
        ("watchlist.csv", "saved"),
        ("letterboxd-ann-2024/Watchlist (1).csv", "saved"),
        ("likes/films.csv", "liked"),
        ("likes\\films.csv", "liked"),
        ("my films.csv", "seen"),
    ],
)
def test_letterboxds_files_without_ratings_differ_by_their_name(name, opinion):
    text = f"{LETTERBOXD}\n2024-01-02,Alien,1979,https://boxd.it/2a\n"
    assert said(text, name) == ("letterboxd", opinion, [(opinion, "Alien", 1979, None)])


def test_who_sends_a_file_can_say_what_films_without_a_rating_become():
    text = f"{LETTERBOXD}\n2024-01-02,Alien,1979,https://boxd.it/2a\n"
    assert said(text, "watched.csv", "saved") == (
        "letterboxd",
        "saved",
        [("saved", "Alien", 1979, None)],
    )


def test_a_diary_of_letterboxd_goes_by_the_day_of_watching():
    text = (
        f"{LETTERBOXD},Rating,Rewatch,Tags,Watched Date\n"
        '2024-02-02,Alien,1979,https://boxd.it/2a,5,Yes,"space, cats",2024-01-31\n'
        "2024-02-03,Heat,1995,https://boxd.it/2b,,,,\n"
    )
    read = read_table(text, "diary.csv", None)
    assert [(one.opinion, one.when) for one in read.entries] == [
        ("liked", "2024-01-31"),
        ("seen", "2024-02-03"),
    ]


def test_a_list_of_letterboxd_is_a_wish():
    text = (
        "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n"
        '2021-11-06,Mine,,https://boxd.it/l,"A list,\nover two lines."\n\n'
        "Position,Name,Year,URL,Description\n1,Alien,1979,https://boxd.it/2a,\n"
    )
    assert said(text, "mine.csv") == ("letterboxd", "saved", [("saved", "Alien", 1979, None)])
    assert read_table(text, "", None).entries[0].row == 6


def test_what_letterboxd_imports_is_read_too():
    text = (
        "tmdbID,imdbID,Title,Year,Directors,Rating10\n"
        "603,tt0133093,The Matrix,1999,Lana Wachowski,8\n"
        ",,Heat,1995,,\n"
    )
    read = read_table(text, "", None)
    assert read.entries == [
        Entry(2, "liked", "movie", "The Matrix", 1999, None, "tt0133093", 603, 8),
        Entry(3, "seen", "movie", "Heat", 1995),
    ]


def test_ratings_of_imdb():
    text = f"Const,Your Rating,Date Rated,{IMDB}\ntt0133093,9,2024-03-15,{MATRIX}\n"
    assert read_table(text, "ratings.csv", None).entries == [
        Entry(2, "liked", "movie", "The Matrix", 1999, None, "tt0133093", None, 9, "2024-03-15")
    ]


def test_films_of_a_watchlist_of_imdb_are_saved_and_rated_where_they_are():
    text = (
        f"Position,Const,Created,Modified,Description,{IMDB},Your Rating,Date Rated\n"
        f"1,tt0133093,2023-07-09,2023-07-09,,{MATRIX},4,2025-02-02\n"
        f"2,tt0078748,2023-07-11,2023-07-11,,{ALIEN},,\n"
    )
    assert said(text, "6c1fe.csv") == (
        "imdb",
        "saved",
        [
            ("disliked", "The Matrix", 1999, 4),
            ("saved", "The Matrix", 1999, 4),
            ("saved", "Alien", 1979, None),
        ],
    )


def test_ratings_of_a_movielens_release():
    text = "userId,movieId,rating,timestamp\n7,2571,4.0,964982703\n7,47,3.0,1112486027\n"
    read = read_table(text, "ratings.csv", None)
    assert read.entries == [
        Entry(2, "liked", id=2571, rating=8, when="000000000964982703"),
        Entry(3, "seen", id=47, rating=6, when="000000001112486027"),
    ]


def test_ratings_that_movielens_exports():
    text = (
        "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n"
        '2571,0133093,603,0.5,4.15,"Matrix, The (1999)"\n'
    )
    assert read_table(text, "movielens-ratings.csv", None).entries == [
        Entry(2, "disliked", "movie", "Matrix, The", 1999, 2571, "tt0133093", 603, 1)
    ]


def test_the_wishlist_that_movielens_exports():
    text = "movie_id,imdb_id,tmdb_id,average_rating,title\n1214,0078748,348,4.0,Alien (1979)\n"
    assert said(text) == ("movielens", "saved", [("saved", "Alien", 1979, None)])


def test_our_own_table():
    text = (
        "title,year,movielens_id,imdb_id,tmdb_id,imdb_rating,what,position,kind\n"
        "Alien,1979,1214,tt0078748,348,8.5,liked,1,movie\n"
        "robot,,,,,,disliked,0,tag\n"
        "Heat,1995,6,,,8.3,saved,0,movie\n"
    )
    read = read_table(text, "", None)
    assert (read.site, read.rows) == ("marquee", 3)
    assert [
        (one.opinion, one.kind, one.title, one.id, one.when.lstrip("0")) for one in read.entries
    ] == [
        ("liked", "movie", "Alien", 1214, "1"),
        ("disliked", "tag", "robot", None, ""),
        ("saved", "movie", "Heat", 6, ""),
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"{LETTERBOXD},Rating\n2024-01-02,Alien,1979,u,4\n2024-01-02,Heat,1995,u,6\n",
         'row 3, column "Rating": must be a number in 0.5..5, got "6"'),
        (f"{LETTERBOXD}\n2024-01-02,Alien,79,u\n",
         'row 2, column "Year": must be a whole number in 1800..2200, got "79"'),
        (f"{LETTERBOXD}\n2024-01-02,,1979,u\n", "row 2 must have a title or an id, got neither"),
        (f"Title,Year\n{'x' * 501},1999\n",
         f'row 2, column "Title": must be of at most 500 characters, got "{"x" * 60}…"'),
        ("Const,Your Rating,Title\ntt0133093,11,The Matrix\n",
         'row 2, column "Your Rating": must be a number in 1..10, got "11"'),
        ("Const,Your Rating,Title\n133093x,9,The Matrix\n",
         'row 2, column "Const": must be an id of a film such as tt0133093, got "133093x"'),
        ("userId,movieId,rating,timestamp\n1,0,4.0,9\n",
         'row 2, column "movieId": must be a whole number in 1..2147483647, got "0"'),
        ("userId,movieId,rating,timestamp\n1,1,4.0,9\n2,1,4.0,9\n",
         'row 3, column "userId": must be the same person in every row, "1", got "2"'),
        ("title,movielens_id,what\nAlien,1214,loved\n",
         'row 2, column "what": must be one of liked, disliked, seen, saved, got "loved"'),
        ("title,movielens_id,what\nAlien,1214\n",
         'row 2, column "what": must be one of liked, disliked, seen, saved, got ""'),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_refused_by_row_and_column(text, wrong):
    with pytest.raises(InvalidRequest) as refused:
        read_table(text, "", None)
    assert str(refused.value) == wrong
