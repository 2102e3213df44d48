"""The page that a table is published on: where its numbers come from, and how to get them again."""

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

CPU_FACTS = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Origin:
    """What someone needs to make the same numbers: `command` with its variables, and the rest."""

    command: str
    machine: str
    date: str
    commit: str


def describe_origin(command: str) -> Origin:
    """The origin of what is computed now, here."""
    date = datetime.now(UTC).strftime("%Y-%m-%d")
    return Origin(command, describe_machine(), date, read_commit())


def describe_machine() -> str:
    """Processor, cores and system, as `Intel(R) Xeon(R), 2 cores, Linux, Python 3.11.14`."""
    facts = CPU_FACTS.read_text(encoding="utf-8") if CPU_FACTS.is_file() else ""
    names = [line.split(":", 1)[1].strip() for line in facts.splitlines() if "model name" in line]
    processor = names[0] if names else platform.machine()
    python = f"Python {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, {python}"


def read_commit() -> str:
    """The short hash of the checkout, `-dirty` where files differ; `unknown` outside git."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return answer.stdout.strip()


def describe_corpus(folder: Path, is_own: bool) -> str:
    """Whose ratings were measured, and whether the artifact may have learnt from them."""
    if is_own:
        return f"ratings: {folder}; the artifact learnt from its train people and from nobody else"
    return (
        f"ratings: {folder}; **the artifact learnt from other ratings, in which these people may "
        "stand too**, so its figures may flatter it; the baselines learnt from the train people "
        "of these ratings alone"
    )


def markdown_table(rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """Rows, the first of them the heads, as a Markdown table whose first `words` columns are
    words and whose others are figures."""
    heads, *lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "| --- " * words + "| ---: " * (len(rows[0]) - words) + "|"
    return "\n".join([heads, rule, *lines])


def render_page(title: str, table: str, notes: Sequence[str], origin: Origin) -> str:
    """A Markdown page: title, table, notes and origin."""
    facts = [
        f"command: `{origin.command}`",
        f"machine: {origin.machine}",
        f"date: {origin.date}, commit: {origin.commit}",
    ]
    listed = "\n".join(f"- {line}" for line in [*notes, *facts])
    return f"# {title}\n\n{table}\n\n{listed}\n"


def write_page(path: Path, page: str) -> None:
    """Write a page whole, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_text(page, encoding="utf-8")
    draft.replace(path)
