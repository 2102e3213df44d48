"""The session taken out as a file and files brought in, over HTTP."""

import csv
import io

import msgspec
import pytest
from werkzeug.test import TestResponse, create_environ, run_wsgi_app
from werkzeug.wrappers import Request

from tests.web.films import FILMS
from web.api.session_files import FILE_COST
from web.files.reading import MAX_FILE_BYTES

EXPORT, IMPORT = "/api/v1/session/export", "/api/v1/session/import"
RATINGS = (
    "Date,Name,Year,Letterboxd URI,Rating\n"
    '2024-01-03,"Matrix, The",1999,https://boxd.it/a,5\n'
    "2024-01-01,Alien,1979,https://boxd.it/b,3.5\n"
    "2024-01-02,Dune,1984,https://boxd.it/c,1\n"
    "2024-01-04,Psycho,1999,https://boxd.it/d,3\n"
    "2024-01-05,No Such Film,2001,https://boxd.it/e,4\n"
    "2024-01-06,Psycho,,https://boxd.it/f,4\n"
)


@pytest.fixture
def send(client):
    """Sends a file as the body; gives the answer."""

    def send(content: str | bytes, **query) -> TestResponse:
        return client.post(IMPORT, data=content, query_string=query, content_type="text/csv")

    return send


@pytest.fixture
def chosen(click):
    """A session with some of everything."""
    click("like", 2571)
    click("dislike", tag_id=1005)
    click("dislike", 4973)
    click("seen", 300)
    click("save", 858)
    return click("save", 2571)


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def ids(session: dict, *lists: str) -> list[list[int]]:
    return [[item["id"] for item in session[name]] for name in lists or LISTS]


LISTS = ("liked", "disliked", "seen", "saved")


def in_a_form(content: bytes) -> bytes:
    """A file as a browser sends it."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    return head + content + b"\r\n--x--\r\n"


class TestExport:
    def test_a_table_of_everything(self, client, chosen):
        answer = client.get(EXPORT)
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="marquee-all.csv"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.data.startswith(b"\xef\xbb\xbftitle,year,")
        assert rows(answer) == [
            ["title", "year", "movielens_id", "imdb_id", "tmdb_id", "imdb_rating", "what",
             "position", "kind"],
            ["The Matrix", "1999", "2571", "tt0002571", "1002571", "8.7", "liked", "0", "movie"],
            ["robot", "", "", "", "", "", "disliked", "1", "tag"],
            ["Amelie", "2001", "4973", "tt0004973", "1004973", "8.3", "disliked", "2", "movie"],
            ["Unrated Film", "", "300", "tt0000300", "1000300", "", "seen", "0", "movie"],
            ["The Godfather", "1972", "858", "tt0000858", "1000858", "9.2", "saved", "0", "movie"],
            ["The Matrix", "1999", "2571", "tt0002571", "1002571", "8.7", "saved", "1", "movie"],
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("what", "said"),
        [("saved", ["saved", "saved"]), ("picks", ["liked", "disliked", "disliked"])],
    )
    def test_a_part_of_it(self, client, chosen, what, said):
        answer = client.get(EXPORT, query_string={"what": what})
        assert [row[6] for row in rows(answer)[1:]] == said
        assert f'filename="marquee-{what}.csv"' in answer.headers["Content-Disposition"]

    @pytest.mark.parametrize(
        ("what", "name", "films"),
        [
            ("picks", "ratings", [["The Matrix", "8"], ["Amelie", "3"]]),
            ("saved", "watchlist", [["The Godfather", ""], ["The Matrix", ""]]),
            ("all", "films", [["The Matrix", "8"], ["Amelie", "3"], ["Unrated Film", ""]]),
        ],
    )
    def test_letterboxds_columns(self, client, chosen, what, name, films):
        answer = client.get(EXPORT, query_string={"what": what, "format": "letterboxd"})
        header, *found = rows(answer)
        assert answer.data.startswith(b"tmdbID,imdbID,")
        assert header == ["tmdbID", "imdbID", "Title", "Year", "Directors", "Rating10"]
        assert [[row[2], row[5]] for row in found] == films
        assert f'"marquee-letterboxd-{name}.csv"' in answer.headers["Content-Disposition"]

    def test_json(self, client, chosen):
        answer = client.get(EXPORT, query_string={"format": "json"})
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="marquee-all.json"'
        matrix = {
            "kind": "movie", "id": 2571, "title": "The Matrix", "year": 1999,
            "imdb_id": "tt0002571", "tmdb_id": 1_002_571, "rating": 8.7, "liked": True,
        }  # fmt: skip
        assert (answer.json["format"], answer.json["version"]) == ("marquee", 1)
        assert answer.json["picks"][:2] == [
            matrix,
            {"kind": "tag", "name": "robot", "tag_kind": "keyword", "liked": False},
        ]
        assert [film["title"] for film in answer.json["seen"]] == ["Unrated Film"]
        assert answer.json["saved"][1] == {**matrix, "liked": None}

    @pytest.mark.parametrize("file_format", ["csv", "letterboxd", "json"])
    def test_a_stranger_gets_an_empty_file_and_no_cookie(self, client, file_format):
        answer = client.get(EXPORT, query_string={"format": file_format})
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        if file_format != "json":
            assert len(rows(answer)) == 1

    def test_a_wrong_question_is_refused_with_what_is_allowed(self, client):
        answer = client.get(EXPORT, query_string={"format": "xlsx"})
        assert answer.status_code == 400
        assert answer.json["detail"] == 'format must be one of csv, json, letterboxd, got "xlsx"'


class TestPreview:
    def test_it_says_what_the_file_would_do(self, send):
        answer = send(RATINGS, name="ratings.csv")
        assert answer.status_code == 200
        assert answer.json == {
            "applied": False,
            "format": "letterboxd",
            "unrated": "seen",
            "rows": 6,
            "matched": 4,
            "not_found": 2,
            "first_not_found": [
                {"row": 6, "title": "No Such Film", "year": 2001, "reason": "unknown"},
                {"row": 7, "title": "Psycho", "year": None, "reason": "ambiguous"},
            ],
            "liked": 2,
            "disliked": 1,
            "seen": 1,
            "saved": 0,
            "unchanged": 0,
            "left_over": {"picks": 0, "seen": 0, "saved": 0},
            "session": None,
        }

    def test_it_changes_nothing_and_makes_no_visitor(self, client, send):
        assert "Set-Cookie" not in send(RATINGS).headers
        assert ids(client.get("/api/v1/session").json) == [[], [], [], []]

    def test_it_counts_what_is_there_already(self, click, send):
        click("like", 2571)
        click("dislike", 1214)
        preview = send(RATINGS).json
        assert (preview["liked"], preview["disliked"], preview["unchanged"]) == (1, 1, 1)

    def test_fifty_films_that_were_not_found_are_named(self, send):
        films = "".join(f"Film {number},2001\n" for number in range(60))
        preview = send("Title,Year\n" + films + films).json
        assert (preview["rows"], preview["not_found"]) == (120, 60)
        assert [one["title"] for one in preview["first_not_found"]] == [
            f"Film {number}" for number in range(50)
        ]


class TestImport:
    def test_it_is_one_step_the_newest_rating_last(self, client, send):
        answer = send(RATINGS, apply="true")
        assert (answer.status_code, answer.json["applied"]) == (200, True)
        session = client.get("/api/v1/session").json
        assert answer.json["session"] == session
        assert [item["id"] for item in session["picks"]] == [1214, 2021, 2571]
        assert ids(session) == [[1214, 2571], [2021], [2389], []]
        undone = client.post("/api/v1/session/undo").json
        assert ids(undone) == [[], [], [], []]
        assert ids(client.post("/api/v1/session/redo").json) == ids(session)

    def test_it_goes_left_of_what_was_clicked(self, click, send):
        click("like", 1)
        session = send(RATINGS, apply="true").json["session"]
        assert [item["id"] for item in session["picks"]] == [1214, 2021, 2571, 1]

    def test_a_stranger_becomes_a_visitor(self, client, send):
        cookie = send(RATINGS, apply="true").headers["Set-Cookie"]
        assert cookie.startswith("session=")
        assert "HttpOnly" in cookie

    def test_a_file_that_changes_nothing_makes_no_visitor(self, send):
        answer = send("Title,Year\nNo Such Film,2001\n", apply="true")
        assert answer.json["applied"]
        assert ids(answer.json["session"]) == [[], [], [], []]
        assert "Set-Cookie" not in answer.headers

    def test_what_unrated_films_become_can_be_said(self, send):
        text = "Date,Name,Year,Letterboxd URI\n2024-01-01,Alien,1979,https://boxd.it/b\n"
        preview = send(text, name="watchlist.csv").json
        assert (preview["unrated"], preview["saved"]) == ("saved", 1)
        preview = send(text, name="watchlist.csv", unrated="liked").json
        assert (preview["unrated"], preview["liked"], preview["saved"]) == ("liked", 1, 0)

    def test_a_form_brings_the_files_name(self, client):
        text = "Date,Name,Year,Letterboxd URI\n2024-01-01,Alien,1979,https://boxd.it/b\n"
        form = {"file": (io.BytesIO(text.encode()), "watchlist.csv")}
        answer = client.post(IMPORT, data=form, content_type="multipart/form-data")
        assert answer.json["saved"] == 1

    def test_a_file_as_curl_sends_it_by_itself_is_read(self, client):
        answer = client.post(IMPORT, data=RATINGS, content_type="application/x-www-form-urlencoded")
        assert answer.json["matched"] == 4

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_titles_are_found_in_every_encoding(self, send, encoding):
        text = "Title,Year\nLe fabuleux destin d\u2019Amélie,2001\n"
        assert send(text.encode(encoding)).json["matched"] == 1


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "detail"),
        [
            (RATINGS.replace(",1\n", ",one\n"),
             'row 4, column "Rating": must be a number in 0.5..5, got "one"'),
            ('{"format": "marquee", "version": 2}', "version must be 1, got 2"),
            ('{"format": "trakt", "version": 1}',
             "the file is no session of Marquee: Invalid enum value 'trakt' - at `$.format`"),
            ('{"picks": [{"kind": "movie", "id": 1}]}',
             "picks[0].liked must be true or false, got null"),
            ('{"seen": [{"id": "1"}]}',
             "the file is no session of Marquee: Expected `int | null`, got `str` - at"
             " `$.seen[0].id`"),
            ('{"seen": [{"tmdb_id": 2147483648}]}',
             "the file is no session of Marquee: Expected `int` <= 2147483647 - at"
             " `$.seen[0].tmdb_id`"),
            ('{"seen": [', "the file is no session of Marquee: Input data was truncated"),
            (b"PK\x03\x04",
             "the file must be a table or JSON, got a zip archive; unpack it and send one of its"
             " files"),
        ],
    )  # fmt: skip
    def test_a_malformed_file(self, client, send, content, detail):
        answer = send(content, apply="true")
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
        assert answer.json["detail"] == detail
        assert client.get("/api/v1/session").json["can_undo"] is False

    @pytest.mark.parametrize("names", [[], ["attachment"], ["file", "file"]])
    def test_a_form_without_just_one_file(self, client, names):
        form = {
            name: [(io.BytesIO(b"Title,Year\n"), "a.csv")] * names.count(name) for name in names
        }
        answer = client.post(IMPORT, data=form, content_type="multipart/form-data")
        assert answer.status_code == 400
        assert answer.json["detail"] == (
            f"the form must hold one file, named file, got {names.count('file')} of them"
        )

    def test_a_file_as_long_as_allowed_is_read(self, send):
        assert send(b"Title,Year".ljust(MAX_FILE_BYTES, b"\n")).status_code == 200

    @pytest.mark.parametrize("length", [MAX_FILE_BYTES + 1, MAX_FILE_BYTES + 99_999])
    def test_a_file_that_is_too_long(self, send, length):
        answer = send(b"Title,Year".ljust(length, b"\n"))
        assert (answer.status_code, answer.content_type) == (413, "application/problem+json")
        assert answer.json["detail"] == (
            f"a file must be at most 5000000 bytes, got a body of {length}"
        )

    @pytest.mark.parametrize("length", [MAX_FILE_BYTES + 1, MAX_FILE_BYTES + 99_999])
    def test_a_file_of_a_form_that_is_too_long(self, client, length):
        form = in_a_form(b"Title,Year".ljust(length, b"\n"))
        answer = client.post(IMPORT, data=form, content_type="multipart/form-data; boundary=x")
        assert answer.status_code == 413
        assert answer.json["detail"] == (
            f"a file must be at most 5000000 bytes, got a body of {len(form)}"
        )

    @pytest.mark.parametrize(
        ("kind", "body", "status", "detail"),
        [
            ("text/csv", b" " * (MAX_FILE_BYTES + 10), 413,
             "a file must be at most 5000000 bytes, got more"),
            ("multipart/form-data; boundary=x", b"--x--\r\n", 400,
             "a form must say its length, got no Content-Length"),
        ],
    )  # fmt: skip
    def test_a_body_of_unknown_length(self, app, kind, body, status, detail):
        environ = create_environ(IMPORT, method="POST", data=body, content_type=kind)
        del environ["CONTENT_LENGTH"]
        environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
        answer = TestResponse(*run_wsgi_app(app, environ), Request(environ))
        assert (answer.status_code, answer.json["detail"]) == (status, detail)

    def test_a_form_with_much_beside_its_file(self, client):
        form = {"file": (io.BytesIO(b"Title,Year\n"), "a.csv")} | {
            f"field {number}": "x" for number in range(1_001)
        }
        answer = client.post(IMPORT, data=form, content_type="multipart/form-data")
        assert answer.status_code == 413
        assert answer.json["detail"] == (
            "the form must hold one file, named file, got much beside it"
        )

    def test_too_many_rows(self, send):
        answer = send("Title,Year\n" + "Alien,1979\n" * 20_001)
        assert answer.status_code == 413
        assert answer.json["detail"] == "a file must have at most 20000 rows, got more"

    def test_too_many_films_of_our_own(self, send):
        film = {"title": "Alien", "year": 1979}
        answer = send(msgspec.json.encode({"seen": [film] * 20_001}))
        assert answer.status_code == 413
        assert answer.json["detail"] == "a file must have at most 20000 films and tags, got 20001"

    def test_a_page_of_another_origin(self, client):
        answer = client.post(IMPORT, data=RATINGS, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403

    def test_files_cost_as_much_as_many_requests(self, make_app, configured):
        client = make_app(configured(address_limit=2 * FILE_COST + 3)).test_client()
        ask = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
        answers = [client.post(IMPORT, data=RATINGS, **ask).status_code for _ in range(3)]
        assert answers == [200, 200, 429]


@pytest.mark.parametrize("file_format", ["csv", "json"])
def test_what_is_taken_out_comes_in_the_same(make_app, config, client, chosen, file_format):
    file = client.get(EXPORT, query_string={"format": file_format}).data
    other = make_app(config).test_client()
    answer = other.post(IMPORT, data=file, query_string={"apply": "true"}).json
    session = {name: answer["session"][name] for name in ("picks", *LISTS)}
    assert session == {name: chosen[name] for name in ("picks", *LISTS)}
    assert (answer["format"], answer["not_found"]) == ("marquee", 0)


@pytest.mark.parametrize("name", ["ratings", "watchlist", "films"])
def test_what_is_taken_out_for_letterboxd_comes_in_the_same(make_app, config, client, chosen, name):
    what = {"ratings": "picks", "watchlist": "saved", "films": "all"}[name]
    file = client.get(EXPORT, query_string={"what": what, "format": "letterboxd"}).data
    form = {"file": (io.BytesIO(file), f"marquee-letterboxd-{name}.csv")}
    answer = make_app(config).test_client().post(
        IMPORT, data=form, query_string={"apply": "true"}, content_type="multipart/form-data"
    )  # fmt: skip
    expected = {
        "ratings": [[2571], [4973], [], []],
        "watchlist": [[], [], [], [858, 2571]],
        "films": [[2571], [4973], [300], []],
    }
    assert ids(answer.json["session"]) == expected[name]


def test_every_film_of_movielens_is_matched_by_its_id(send):
    ratings = "".join(f"7,{film[0]},{4.0},964982703\n" for film in FILMS)
    preview = send("userId,movieId,rating,timestamp\n" + ratings).json
    assert (preview["format"], preview["liked"], preview["not_found"]) == (
        "movielens",
        len(FILMS),
        0,
    )
