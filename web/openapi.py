"""`python -m web.openapi` prints the OpenAPI document; no server, store or model is needed."""

import msgspec

from web import create_routes
from web.document import document


def main() -> None:
    """Print the document, keys in a fixed order, so that equal code gives equal text."""
    print(msgspec.json.format(msgspec.json.encode(document(create_routes())), indent=2).decode())


if __name__ == "__main__":
    main()
