"""`python -m model_server`: serve an artifact until SIGTERM, or make CURVE keys."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence

import zmq
from zmq.utils import z85

from model_server.artifact import ArtifactError, load_artifact
from model_server.config import Config, ConfigError, from_env
from model_server.endpoint import EndpointError
from model_server.engines.registry import Registry, offers_of
from model_server.protocol import Probe, Similar
from model_server.recommender import Recommender
from model_server.server import ModelServer

log = logging.getLogger("model_server")


def main(arguments: Sequence[str], environ: Mapping[str, str]) -> None:
    """Do what the command line says; a start that cannot be ends with a text that says why."""
    parser = argparse.ArgumentParser(prog="python -m model_server", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("serve", "keys"), default="serve")
    if parser.parse_args(arguments).command == "keys":
        print(key_pairs())
        return
    try:
        serve(from_env(environ))
    except (ConfigError, ArtifactError, EndpointError) as error:
        sys.exit(f"The model server cannot start: {error}")


def serve(config: Config) -> None:
    """Answer until SIGTERM or SIGINT; a line on stdout says when it is ready, and where."""
    logging.basicConfig(
        level=config.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    artifact = load_artifact(config.artifact)
    recommender = Recommender(artifact.catalogue, Registry(offers_of(artifact)), artifact.version)
    # One of each for real before we say that we are ready: the first one loads what it needs.
    recommender.answer([Probe(), Similar(int(artifact.catalogue.movies.ids[0]))])
    server = ModelServer(config.model_url, recommender.answer, config.keys)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    server.serve(lambda address: print(f"ready {address} {artifact.version}", flush=True))
    log.info("stopped: %s", server.metrics.snapshot())


def key_pairs() -> str:
    """New CURVE keys for both ends, as lines for the environment of each."""
    (server_public, server_secret), (client_public, client_secret) = (
        [z85.decode(key).hex() for key in zmq.curve_keypair()] for _ in range(2)
    )
    return (
        "# for the model server\n"
        f"MODEL_SERVER_SECRET={server_secret}\nMODEL_CLIENT_PUBLIC={client_public}\n"
        "# for web\n"
        f"MODEL_CLIENT_SECRET={client_secret}\nMODEL_SERVER_PUBLIC={server_public}"
    )


if __name__ == "__main__":
    main(sys.argv[1:], os.environ)
