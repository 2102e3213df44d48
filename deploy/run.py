"""`make run`: the model server and the web server, kept running until Ctrl-C."""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping

from deploy.keeper import CannotStart, Program
from deploy.listener import CannotListen, listen, url_of
from deploy.supervisor import supervise
from web.config import Config

MODEL_COMMAND = ("-m", "model_server")
WEB_COMMAND = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "web.wsgi:app")


def programs(environ: Mapping[str, str], web_fd: int) -> list[Program]:
    """The two processes; gunicorn serves on the open socket `web_fd`."""
    on_socket = ("--bind", f"fd://{web_fd}")
    return [
        Program("model server", (sys.executable, *MODEL_COMMAND), environ),
        Program("web server", (sys.executable, *WEB_COMMAND, *on_socket), environ, (web_fd,)),
    ]


def main(environ: Mapping[str, str]) -> int:
    """Serve until told to stop; gives the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    # A pidfd for each child; the default of Python 3.11 is a thread for each, and forks beside it.
    asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
    try:
        config = Config.from_env(environ)
        with listen(config.host, config.port) as listener:
            stack = programs(environ, listener.fileno())
            asyncio.run(supervise(stack, url_of(listener), _announce))
    except (ValueError, CannotListen, CannotStart) as error:
        print(f"marquee: {error}", file=sys.stderr)
        return 1
    return 0


def _announce(url: str) -> None:
    print(f"Marquee is ready on {url} (Ctrl-C ends it)", flush=True)


if __name__ == "__main__":
    sys.exit(main(os.environ))
