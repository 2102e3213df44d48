"""The films and tags of a catalogue folder as they stand there, read without the network."""

import json
from pathlib import Path
from typing import Any

from model_server.data.catalogue import MOVIES, TAGS
from model_server.data.files import read_gzip_lines

Film = dict[str, Any]
Tag = dict[str, Any]


def read_films(catalogue_folder: Path) -> list[Film]:
    """All films of a catalogue, also those that are not recommended."""
    return [json.loads(line) for _, line in read_gzip_lines(catalogue_folder / MOVIES)]


def read_tags(catalogue_folder: Path) -> list[Tag]:
    """All tags of a catalogue, genres among them."""
    return [json.loads(line) for _, line in read_gzip_lines(catalogue_folder / TAGS)]
