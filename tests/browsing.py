"""What tests and screenshots need to look at the pages in a real browser: `whodunit chat` as a process of its own, and Debian's chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def serving(command: Sequence[str], *, folder: Path | None = None, seconds: float = 120) -> Iterator[str]:
    """Runs a server command, with a free loopback port as its last argument, until the block ends; yields its address. folder: where it runs."""
    port = free_port()
    home = str(Path(__file__).parents[1])
    environment = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join([home, os.environ.get("PYTHONPATH", "")]),
    }
    process = subprocess.Popen([*command, str(port)], env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + seconds
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise RuntimeError(f"no server at {address}: {process.communicate()[0]}")
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def chat_command(index: Path, *options: str) -> list[str]:
    """`whodunit chat` over an index; the port comes last."""
    return [sys.executable, "-c", "from app.command import main; main()", "chat", "--index", str(index), *options, "--port"]


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's chromium, headless, until the block ends. Without one the test is skipped, or fails where CI is set."""
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"no chromium at {CHROMIUM}: apt-get install chromium")
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
    yield browser
    browser.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def still(page: Page) -> None:
    """Waits until the page is drawn and no script runs for it."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=60_000)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=30_000)
    page.evaluate("Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished)).then(() => 1)")  # fmt: skip


def violations(page: Page) -> list[str]:
    """What axe-core holds for serious or critical, with the elements concerned."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
