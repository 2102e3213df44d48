"""The part `leave-one-out`: protocol A on MovieLens 1M."""

import sys
from collections.abc import Mapping

from model_server.evaluation.movielens_1m import leave_one_out
from model_server.evaluation.movielens_1m.compare import run_protocol
from model_server.evaluation.parts import Arguments, run_alone


def run(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure all engines, print the page, write it and its curves."""
    run_protocol(leave_one_out, environ, arguments)


if __name__ == "__main__":
    sys.exit(run_alone(leave_one_out.NAME, run))
