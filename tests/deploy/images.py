"""Dockerfiles, read far enough to put together what an image holds, without Docker."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Image:
    """The last stage of a Dockerfile; `copies` are its COPY lines, sources before the target."""

    bases: tuple[str, ...]
    copies: tuple[tuple[str, ...], ...]
    runs: tuple[str, ...]
    environ: dict[str, str]
    entrypoint: list[str]
    command: list[str]


def read_image(name: str) -> Image:
    """The image that `deploy/<name>.Dockerfile` builds."""
    text = (REPOSITORY / "deploy" / f"{name}.Dockerfile").read_text().replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if re.match("[A-Z]+ ", line)]
    bases = tuple(rest.split()[0] for word, rest in lines if word == "FROM")
    last = max(place for place, (word, _) in enumerate(lines) if word == "FROM")
    stage = [(word, rest) for word, rest in lines[last + 1 :]]
    every = {word: [rest for found, rest in stage if found == word] for word, _ in stage}
    return Image(
        bases=bases,
        copies=tuple(tuple(rest.split()) for rest in every["COPY"]),
        runs=tuple(every["RUN"]),
        environ=dict(re.findall(r"(\w+)=(\S+)", " ".join(every["ENV"]))),
        entrypoint=json.loads(every["ENTRYPOINT"][0]),
        command=json.loads(every["CMD"][0]),
    )


def assemble(image: Image, folder: Path) -> None:
    """Copy into `folder` what the image copies into its working directory."""
    for words in image.copies:
        from_page = words[0] == "--from=page"
        *sources, target = words[1:] if from_page else words
        for source in sources:
            source = source.replace("/page/", "frontend/") if from_page else source
            copy(REPOSITORY / source, folder / target, into=target.endswith("/"))


def copy(source: Path, target: Path, into: bool) -> None:
    """As Docker copies: a folder's content into the target, a file under it or in its place."""
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignored)
        return
    target = target / source.name if into else target
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
