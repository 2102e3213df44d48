"""The page's types are made from frontend/openapi.json, so that file must be what web serves."""

from pathlib import Path

import pytest

from web.openapi import main

KEPT = Path(__file__).parents[2] / "frontend" / "openapi.json"


def test_the_page_is_built_on_the_contract_that_web_serves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main()
    assert KEPT.read_text() == capsys.readouterr().out, (
        "python -m web.openapi > frontend/openapi.json && npm --prefix frontend run types"
    )
