"""A GGUF file served on this machine by llama.cpp: its `llama-server`, or the server of llama-cpp-python, whichever is installed.

Starts the process, waits until it answers and ends it. Knows nothing about what is asked of the model.
"""

import atexit
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from ingest.errors import ModelMissingError

STARTING_SECONDS = 180.0
"""Reading a few gigabytes from a slow disk takes that long."""
CONTEXT_TOKENS = 8192
_LOOPBACK = "127.0.0.1"
_GRACE_SECONDS = 5.0


class LlamaServer:
    """A running server; `url` is where OpenAI's protocol is spoken. Ends with the program, if not closed before."""

    def __init__(self, gguf: Path, *, seconds: float = STARTING_SECONDS) -> None:
        """Returns when the model answers. Raises ModelMissingError where the file or a server program is missing, or it does not start."""
        if not gguf.is_file():
            raise ModelMissingError(f"There is no model file {gguf}: give the path of a .gguf file.")
        port = _free_port()
        self.url = f"http://{_LOOPBACK}:{port}/v1"
        self._process = subprocess.Popen(
            _command(gguf, port), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )  # fmt: skip
        atexit.register(self.close)
        try:
            self._wait(gguf, seconds)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends the server; a second call does nothing."""
        atexit.unregister(self.close)
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _wait(self, gguf: Path, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        opener = build_opener(ProxyHandler({}))
        while time.monotonic() < deadline:
            if (status := self._process.poll()) is not None:
                raise ModelMissingError(f"llama.cpp's server ended with status {status} instead of serving {gguf}: is it a GGUF model that it knows?")
            try:
                with opener.open(f"{self.url}/models", timeout=2) as reply:
                    if reply.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.1)
        raise ModelMissingError(f"llama.cpp's server did not serve {gguf} within {seconds:.0f} seconds.")


def _command(gguf: Path, port: int) -> list[str]:
    place = ["--host", _LOOPBACK, "--port", str(port)]
    if program := shutil.which("llama-server"):
        return [program, "--model", str(gguf), "--ctx-size", str(CONTEXT_TOKENS), *place]
    if find_spec("llama_cpp") is not None:
        return [sys.executable, "-m", "llama_cpp.server", "--model", str(gguf), "--n_ctx", str(CONTEXT_TOKENS), *place]
    raise ModelMissingError("A GGUF model needs llama.cpp: put its llama-server on the PATH, or pip install 'llama-cpp-python[server]'.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])
