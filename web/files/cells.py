"""Tables that spreadsheets open: a cell that one of them would compute is written as text.

OWASP, CSV Injection: https://owasp.org/www-community/attacks/CSV_Injection. An apostrophe before
the cell is what it advises; the characters are those that it lists, full-width ones too.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

Cell = str | int | float | None

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]")


def neutral(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet might compute it.

    A text that only its own apostrophes keep from being computed gets one more, so that
    `restored` gives every text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as RFC 4180 has them, texts neutral; None is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    for row in rows:
        writer.writerow(neutral(cell) if isinstance(cell, str) else cell for cell in row)
    return written.getvalue()
