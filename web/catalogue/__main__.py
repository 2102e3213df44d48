"""`python -m web.catalogue load` fills the catalogue at CATALOGUE_URL ahead of the first start."""

import argparse
import os

from web.catalogue.source import Source
from web.config import from_env
from web.stores.elastic_index import is_current, load, stamp_of
from web.stores.opening import elastic_client, sqlite_path
from web.stores.sqlite_catalogue_file import make_current


def main() -> None:
    """Make or load what is not current; say what was done."""
    parser = argparse.ArgumentParser(prog="python -m web.catalogue", description=__doc__)
    parser.add_argument("command", choices=["load"])
    parser.parse_args()
    config = from_env(os.environ)
    source = Source(config.catalogue_dir)
    is_embedded = config.catalogue_url.startswith("sqlite:")
    path = sqlite_path(config.catalogue_url) if is_embedded else config.state_dir / "catalogue.db"
    make_current(path, source)
    print(f"{path} is current")
    if not is_embedded:
        client, alias = elastic_client(config)
        if not is_current(client.options(request_timeout=60), alias, stamp_of(source)):
            load(client, alias, source)
        print(f"{alias} in Elasticsearch is current")
        client.close()


if __name__ == "__main__":
    main()
