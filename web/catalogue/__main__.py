"""`python -m web.catalogue load` fills the catalogue at CATALOGUE_URL ahead of the first start."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from web.catalogue.source import Source, SourceError
from web.config import Config, ConfigError, from_env
from web.domain import StoreUnavailable
from web.stores.elastic_index import load_if_old
from web.stores.opening import elastic_client, sqlite_path
from web.stores.sqlite_catalogue_file import make_current


def main(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Make or load what is not current; say what is in one line, or in one what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m web.catalogue", description=__doc__)
    parser.add_argument("command", choices=["load"])
    parser.parse_args(arguments)
    try:
        return _load(from_env(environ))
    except (ConfigError, SourceError, StoreUnavailable) as error:
        raise SystemExit(str(error)) from error


def _load(config: Config) -> str:
    source = Source(config.catalogue_dir)
    if config.catalogue_url.startswith("sqlite:"):
        path = sqlite_path(config.catalogue_url)
        make_current(path, source)
        return f"{path} is current"
    make_current(config.state_dir / "catalogue.db", source)  # the stand-in
    client, alias = elastic_client(config)
    with client:
        load_if_old(client, alias, source)
    return f"{alias} in Elasticsearch is current"


if __name__ == "__main__":
    print(main(sys.argv[1:], os.environ))
