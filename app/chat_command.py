"""`whodunit chat`: starts Streamlit with the pages of `app.chat`, on this machine only unless told otherwise, and says where."""

import logging
import os
import socket
import threading
import time
from ipaddress import ip_address
from pathlib import Path

import click

from app.chat.theme import settings
from ingest.errors import WhodunitError

FIRST_PORT = 8501
LAST_PORT = 8599


class PortError(WhodunitError):
    """The page cannot be served where it was asked to be."""


class OpenToAllError(WhodunitError):
    """The page would be open to everybody who reaches the machine, and nobody said that it should be."""


def chat(index: Path, *, port: int | None = None, address: str = "127.0.0.1", without_sign_in: bool = False) -> None:
    """Serves the pages over `index` until interrupted; prints their address once they answer.

    port: the first free one from 8501 by default. On an address that is not this machine's own, every page asks who comes in, or with
    `without_sign_in` none does. The index and the embedding model are opened meanwhile, so that the first question need not
    wait. Raises PortError where the port is taken, OpenToAllError where everybody could come in.
    """
    guarded = not without_sign_in and not is_loopback(address)
    chosen = _free_port(address, port)
    options = settings(address=address, port=chosen)
    os.environ["WHODUNIT_INDEX"] = str(index.resolve())
    os.environ["WHODUNIT_SIGN_IN"] = "required" if guarded else "off"
    # All imports before the first thread: two threads that both import Streamlit for the first time were seen to block each other.
    from streamlit.web import bootstrap

    bootstrap.load_config_options(options)
    if guarded:
        _require_provider(address)
    from app.chat import charts
    from app.chat.resources import warm

    charts.load()

    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    threading.Thread(target=_announce, args=(address, chosen), daemon=True).start()
    threading.Thread(target=warm, args=(str(index.resolve()),), daemon=True).start()
    bootstrap.run(str(Path(__file__).parent / "chat" / "page.py"), False, [], options)


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach the address. A name other than "localhost" may be anybody's."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _require_provider(address: str) -> None:
    from streamlit.auth_util import is_authlib_installed

    from app.chat.sign_in import provider

    if provider() is None:
        raise OpenToAllError(
            f"At {address} everybody could read and ask: configure sign-in ([auth] in .streamlit/secrets.toml, see the README), or say --without-sign-in."
        )
    if not is_authlib_installed():
        raise OpenToAllError("Signing in needs Authlib: pip install 'whodunit[signin]'.")


def _free_port(address: str, port: int | None) -> int:
    for candidate in [port] if port else range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, candidate))
            except OSError:
                continue
            return candidate
    taken = f"Port {port}" if port else f"Every port from {FIRST_PORT} to {LAST_PORT}"
    raise PortError(f"{taken} at {address} is taken: give another with --port.")


def _announce(address: str, port: int) -> None:
    """Prints the address once the server accepts connections; gives up silently with it."""
    while True:
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
            continue
        host = f"[{address}]" if ":" in address else address
        click.echo(f"Whodunit is open at http://{host}:{port} — Ctrl+C ends it.")
        return
