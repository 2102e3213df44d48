"""Which films of the SQLite file a query may mean; what it does mean is decided in `searching`.

Films are told by their standing: it counts from 1, the best known film first.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from web.searching import MIN_TOLERANT, RECALL, Query
from web.text import is_prefix_within_one_typo, is_within_one_typo, one_typo_away

ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
MAX_VARIANTS: Final = 400
MAX_FOREIGN: Final = 2_000

_AFTER: Final = "char(1114111)"  # comes after every letter

Rows = Callable[..., list[tuple[Any, ...]]]


class Recall:
    """Finds films in the tables `names`, `words` and `vocabulary`; `rows` runs a statement."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def standings(self, query: Query, is_tolerant: bool) -> list[int]:
        """The films that may be meant, each once: too many rather than too few."""
        found = self._nearly(query) if is_tolerant else self._as_typed(query)
        return list(dict.fromkeys(found))

    def _as_typed(self, query: Query) -> Iterator[int]:
        text = query.text
        yield from self._numbers(
            "SELECT standing FROM names WHERE name = ? ORDER BY standing LIMIT ?", text, RECALL
        )
        yield from self._numbers(
            "SELECT DISTINCT standing FROM names WHERE name >= ?1 AND name < ?1 ||"
            f" {_AFTER} ORDER BY standing LIMIT ?2",
            text,
            RECALL,
        )
        yield from self._holding(f"{_all_of(query.words)} OR {_begins(query.joined)}")
        if query.name is not None:
            yield from self._holding(_all_of(query.name.words), query.year)
            yield from self._holding(_all_of(query.name.words))

    def _nearly(self, query: Query) -> Iterator[int]:
        name = query.name or query
        yield from self._nearly_beginning(name.text)
        yield from self._holding(self._nearly_all_of(query.words))
        if query.name is not None:
            nearly = self._nearly_all_of(query.name.words)
            yield from self._holding(nearly, query.year)
            yield from self._holding(nearly)

    def _nearly_beginning(self, text: str) -> list[int]:
        """Films of which a name begins with the text but for one typo, a space perhaps."""
        if len(text) < MIN_TOLERANT:
            return []
        if not text.isascii():
            return self._nearly_beginning_abroad(text)
        return self._numbers(
            "SELECT DISTINCT standing FROM json_each(?) AS variant JOIN names"
            f" ON name >= variant.value AND name < variant.value || {_AFTER}"
            " ORDER BY standing LIMIT ?",
            self._variants("names", "name", text, f"{ALPHABET} "),
            RECALL,
        )

    def _nearly_beginning_abroad(self, text: str) -> list[int]:
        rows = self._abroad("SELECT standing, name FROM names", "name", text)
        return [row[0] for row in rows if is_prefix_within_one_typo(text, row[1])][:RECALL]

    def _nearly_all_of(self, words: Sequence[str]) -> str:
        *whole, last = words
        forms = [_any_of(self._known(word, is_prefix=False)) for word in dict.fromkeys(whole)]
        endings = [f"{one} *" for one in self._known(last, is_prefix=True)]
        forms.append(_any_of([*self._known(last, is_prefix=False), *endings]))
        return " AND ".join(forms)

    def _known(self, word: str, *, is_prefix: bool) -> list[str]:
        """The word, quoted, and those one typo away that are words of a name or begin one."""
        if len(word) < (4 if is_prefix else 3):
            return [_quoted(word)]
        if not word.isascii():
            return [_quoted(word), *map(_quoted, self._known_abroad(word, is_prefix))]
        beyond = f"variant.value || {_AFTER}" if is_prefix else "variant.value"
        rows = self._rows(
            "SELECT DISTINCT variant.value FROM json_each(?) AS variant WHERE EXISTS (SELECT 1"
            f" FROM vocabulary WHERE word >= variant.value AND word <= {beyond}) LIMIT ?",
            self._variants("vocabulary", "word", word, ALPHABET),
            MAX_VARIANTS,
        )
        return [_quoted(word), *(_quoted(row[0]) for row in rows)]

    def _known_abroad(self, word: str, is_prefix: bool) -> list[str]:
        is_near = is_prefix_within_one_typo if is_prefix else is_within_one_typo
        rows = self._abroad("SELECT word FROM vocabulary", "word", word)
        return [row[0] for row in rows if is_near(word, row[0])][:MAX_VARIANTS]

    def _abroad(self, select: str, column: str, text: str) -> list[tuple[Any, ...]]:
        """The rows in other scripts that hold a third of the text: one typo spares one of them.

        These scripts have too many letters to try each, but few names.
        """
        third = max(1, len(text) // 3)
        parts = (text[:third], text[third : 2 * third], text[2 * third :])
        return self._rows(
            f"{select} WHERE {column} >= char(128) AND"
            f" (instr({column}, ?) OR instr({column}, ?) OR instr({column}, ?))"
            " ORDER BY 1 LIMIT ?",
            *parts,
            MAX_FOREIGN,
        )

    def _variants(self, table: str, column: str, text: str, alphabet: str) -> str:
        """All texts one typo away, as JSON; the typo comes where the column stops to agree."""
        right, wrong = 0, len(text) + 1
        while right + 1 < wrong:
            middle = (right + wrong) // 2
            known = self._rows(
                f"SELECT 1 FROM {table} WHERE {column} >= ?1 AND {column} < ?1 || {_AFTER} LIMIT 1",
                text[:middle],
            )
            right, wrong = (middle, wrong) if known else (right, middle)
        return json.dumps(list(one_typo_away(text, alphabet, right)))

    def _holding(self, expression: str, year: int | None = None) -> list[int]:
        if year is None:
            return self._numbers(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?",
                expression,
                RECALL,
            )
        return self._numbers(
            "SELECT standing FROM words JOIN movies ON standing = words.rowid"
            " WHERE words MATCH ? AND year = ? ORDER BY words.rowid LIMIT ?",
            expression,
            year,
            RECALL,
        )

    def _numbers(self, statement: str, *values: object) -> list[int]:
        return [row[0] for row in self._rows(statement, *values)]


def _quoted(word: str) -> str:
    return f'"{word}"'  # folded words hold letters and digits only


def _begins(word: str) -> str:
    return f'"{word}" *'


def _any_of(forms: Sequence[str]) -> str:
    return f"({' OR '.join(forms)})"


def _all_of(words: Sequence[str]) -> str:
    return f"({' AND '.join([*map(_quoted, words[:-1]), _begins(words[-1])])})"
