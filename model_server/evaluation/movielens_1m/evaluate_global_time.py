"""The part `global-time`: protocol B on MovieLens 1M."""

import sys
from collections.abc import Mapping

from model_server.evaluation.movielens_1m import global_time
from model_server.evaluation.movielens_1m.compare import run_protocol
from model_server.evaluation.parts import Arguments, run_alone


def run(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure all engines, print the page, write it and its curves."""
    run_protocol(global_time, environ, arguments)


if __name__ == "__main__":
    sys.exit(run_alone(global_time.NAME, run))
