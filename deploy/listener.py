"""The listening socket of the web process, opened by the supervisor and inherited by gunicorn.

Because the supervisor holds it, a port in use is found before anything is started, and a visitor
who comes while gunicorn restarts waits in the backlog instead of being refused.
"""

import errno
import socket

BACKLOG = 1024


class CannotListen(Exception):
    """The address cannot be had; the text says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A listening TCP socket that children can inherit; port 0 takes any free one."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise CannotListen(f"HOST={host} is not an address: {error.strerror}") from error
    listener = socket.socket(family, kind)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotListen(_why(error, host, port)) from error
    listener.set_inheritable(True)
    return listener


def url_of(listener: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _why(error: OSError, host: str, port: int) -> str:
    other = port + 1 if 1024 <= port < 65535 else 8001
    choose = f"choose another one, for example: make run PORT={other}"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is in use by another program; {choose}"
    if error.errno == errno.EACCES:
        return f"port {port} on {host} needs rights that this user does not have; {choose}"
    return f"cannot listen on HOST={host} PORT={port}: {error.strerror}"
