"""Cells that spreadsheets would compute leave as text, and come back as they were."""

import csv
import io

import pytest

from web.files.cells import neutral, restored, table

FORMULAS = [
    "=HYPERLINK(\"http://evil.example\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff201",
]  # fmt: skip
TEXTS = ["", "Alien", "'Round Midnight", "''", "1 + 1 = 2", " =1", "Amélie", 'Say "Uncle"', "a,b"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_as_a_formula_gets_an_apostrophe(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", TEXTS)
def test_other_texts_stay_as_they_are(text):
    assert neutral(text) == text
    assert restored(text) == text


@pytest.mark.parametrize("text", [*FORMULAS, *TEXTS, *("'" + text for text in FORMULAS)])
def test_every_text_comes_back(text):
    assert restored(neutral(text)) == text


def test_no_two_texts_leave_as_one():
    texts = [*FORMULAS, *("'" + text for text in FORMULAS), *("''" + text for text in FORMULAS)]
    assert len({neutral(text) for text in texts}) == len(texts)


def test_a_table_quotes_what_rfc_4180_says_and_ends_its_lines_so():
    written = table(("title", "year"), [('Say "Uncle", Sam', 1999), ("=1+1", None), ("a\nb", 2)])
    assert written == (
        "title,year\r\n"
        '"Say ""Uncle"", Sam",1999\r\n'
        "'=1+1,\r\n"
        '"a\nb",2\r\n'
    )  # fmt: skip
    assert next(csv.reader(io.StringIO(written, newline=""))) == ["title", "year"]
