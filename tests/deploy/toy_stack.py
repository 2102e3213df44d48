"""A supervisor over toy programs, run as a process of its own by the tests beside it.

Arguments: what the model server does (a snippet of Python) and what the web server does.
"""

import asyncio
import logging
import os
import sys

from deploy.keeper import CannotStart, Program
from deploy.listener import listen, url_of
from deploy.supervisor import supervise

WEB = """
import http.server, os, socket, socketserver, sys

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(os.getpid()).encode())

    def log_message(self, *args):
        pass

class Server(socketserver.ThreadingTCPServer):
    def server_bind(self):
        self.socket = socket.socket(fileno=int(sys.argv[1]))

    def server_activate(self):
        pass

Server(("", 0), Answer).serve_forever()
"""


def main(model: str, web: str = WEB) -> None:
    """Supervise the two snippets; the web server is given the number of its socket."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
    with listen("127.0.0.1", 0) as listener:
        fd = listener.fileno()
        programs = [
            Program("model server", (sys.executable, "-c", model), os.environ),
            Program("web server", (sys.executable, "-c", web, str(fd)), os.environ, (fd,)),
        ]
        try:
            asyncio.run(supervise(programs, url_of(listener), lambda url: print(url, flush=True)))
        except CannotStart as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
