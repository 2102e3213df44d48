"""`make run`: the model server and the web server, kept running until Ctrl-C."""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping

import model_server.config
import web.config
from deploy.keeper import CannotStart, Program
from deploy.listener import CannotListen, listen, url_of
from deploy.supervisor import supervise

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MODEL_COMMAND = ("-m", "model_server")
WEB_COMMAND = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "web.wsgi:app")
CONFIG_ERRORS = (web.config.ConfigError, model_server.config.ConfigError)


def main(environ: Mapping[str, str]) -> int:
    """Serve until told to stop; gives the exit status."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    # A pidfd for each child; the default of Python 3.11 is a thread for each, and forks beside it.
    asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
    try:
        config = web.config.from_env(environ)
        with listen(config.host, config.port) as listener:
            given = environ_of(environ, config, listener.getsockname()[1])
            model_server.config.from_env(given)  # refuse now what it would refuse at every start
            stack = programs(given, listener.fileno())
            asyncio.run(supervise(stack, url_of(listener), _announce))
    except (*CONFIG_ERRORS, CannotListen, CannotStart) as error:
        print(f"marquee: {error}", file=sys.stderr)
        return 1
    return 0


def environ_of(environ: Mapping[str, str], config: web.config.Config, port: int) -> dict[str, str]:
    """What both processes are started with: `environ`, and a socket between them of their own.

    Named after the port, so that two of us in one STATE_DIR do not take each other's model server.
    """
    between = f"ipc://{config.state_dir}/model-{port}.sock"
    chosen = {} if environ.get("MODEL_URL") else {"MODEL_URL": between}
    return {**environ, **chosen, "PORT": str(port)}


def programs(environ: Mapping[str, str], web_fd: int) -> list[Program]:
    """The two processes; gunicorn serves on the open socket `web_fd`."""
    on_socket = ("--bind", f"fd://{web_fd}")
    return [
        Program("model server", (sys.executable, *MODEL_COMMAND), environ),
        Program("web server", (sys.executable, *WEB_COMMAND, *on_socket), environ, (web_fd,)),
    ]


def _announce(url: str) -> None:
    print(f"Marquee is ready on {url} (Ctrl-C ends it)", flush=True)


if __name__ == "__main__":
    sys.exit(main(os.environ))
