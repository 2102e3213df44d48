"""The one error that every reader of data raises."""

from pathlib import Path


class DataError(Exception):
    """A file that cannot be used: which, on which line (from 1; None: all of it), and why."""

    def __init__(self, path: Path | str, line: int | None, problem: str) -> None:
        self.path, self.line, self.problem = str(path), line, problem
        where = str(path) if line is None else f"{path}, line {line}"
        super().__init__(f"{where}: {problem}")
