"""`whodunit ingest --sources` against a server on loopback that serves pages of many shapes: what can be read is, the rest is one line each.

python -m pytest tests/test_source_lists.py
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import BANK, HARBOUR, MINISTRY, ToyEmbedder
from made_files import pdf_bytes
from toy_claims import ToyClaimReader
from web_server import Reply, Request, WebServer

from app.command import main
from ingest.fetching.fetcher import FetchLimits, fetch

LIMITS = FetchLimits(delay=0.0, attempts=1, seconds=1.0, connect_seconds=1, read_seconds=1, page_bytes=200_000)
CAPTCHA = "<html><head><title>Just a moment...</title></head><body><p>Verify that you are human to go on.</p></body></html>"
SHELL = '<html><head><title>Post</title><script src="/app.js"></script></head><body><div id="root"></div></body></html>'
MENU = "".join(f"<li><a href='/{number}'>Teaser {number}: another town hall was robbed</a></li>" for number in range(20))


def html(title: str, text: str, *, around: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.strip().splitlines())
    head = f"<html><head><title>{title}</title></head><body>{around}"
    return f"{head}<article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def tagged(body: bytes, kind: str = "text/html; charset=utf-8") -> Callable[[Request], Reply]:
    """A page with an ETag, sent again only to who does not have it."""

    def reply(request: Request) -> Reply:
        headers = {"Content-Type": kind, "ETag": '"v1"'}
        return Reply(b"", 304, headers) if request.headers.get("if-none-match") == '"v1"' else Reply(body, headers=headers)

    return reply


def dribble(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"<p>one more ")
        handler.wfile.flush()
        time.sleep(0.05)


# Texts that share no sentence: what several pages of one site share counts as furniture.
FERRY = """
The ferry line that runs between Fårö and the mainland took its booking system off the network on Tuesday after clerks saw tickets that nobody had sold.
A spokesman said that the intruders had come in through a supplier of printers in the spring, and that names and telephone numbers of passengers were copied.
Investigators of Kestrel Labs believe that a crew known as Quiet Heron is behind it, because the same tool was left behind at two shipyards last year.
Sailings went on with paper lists, and the line expects to sell tickets over the web again within a week.
"""
CLINIC = """
Doctors of the clinic in Nordfjord went back to pencil and paper for nine days in October 2022, when an unknown party scrambled the disks of its laboratory.
No group has taken the blame, and the county, which pays for the clinic, has said that it did not answer the note that was found on the screens.
Samples were driven to a hospital sixty kilometres away, and the head physician thanked the drivers by name in a letter to the local paper.
Restoring the records took until December, since the newest copies were kept in the same room as the machines that were attacked.
"""
RADIO = """
A community radio station in Kvitfjord fell silent for an hour on 2 March 2021, and listeners heard a poem about herons in place of the weather report.
The station says that a former volunteer still had a password, while the police speak of a foreign group and have published no evidence for either.
"""


READ = {
    "/plain": tagged(html("Harbour closed", HARBOUR)),
    "/menus": tagged(
        html("Bank robbed", BANK, around=f"<nav><ul>{MENU}</ul></nav><div class='cookie'>We use cookies. <button>Accept all</button></div>")
    ),
    "/moved": Reply(b"", 301, {"Location": "/here"}),
    "/report.pdf": tagged(pdf_bytes([[*MINISTRY.strip().splitlines()]], title="Wiper at the ministry"), "application/pdf"),
    "/note.txt": tagged(RADIO.strip().encode(), "text/plain"),
    "/charset": tagged(html("Ferry line in Fårö", FERRY).decode().encode("cp1252"), "text/html; charset=utf-8"),
}
QUARANTINED = {"/captcha-200": (Reply(CAPTCHA.encode()), "captcha")}
UNREAD = {
    "/gone": (Reply(b"<p>Not here</p>", 404), "404 Not Found"),
    "/captcha": (Reply(CAPTCHA.encode(), 403), "403 Forbidden"),
    "/slow": (Reply(raw=dribble), "no answer in time"),
    "/huge": (Reply(html("Huge", RADIO * 2000)), "more than"),
    "/private/x": (Reply(html("Private", RADIO)), "robots.txt"),
    "/clip": (Reply(b"\0\0\0\x18ftyp", headers={"Content-Type": "video/mp4"}), "no article"),
    "/shell": (Reply(SHELL.encode()), "without a main text"),
    "/busy": (Reply(b"", 503), "503 Service Unavailable"),
}


@pytest.fixture
def server() -> Iterator[WebServer]:
    pages = {**READ, **{path: page for path, (page, _) in {**QUARANTINED, **UNREAD}.items()}}
    extra = {"/here": tagged(html("Clinic in Nordfjord works on paper", CLINIC)), "/robots.txt": Reply(b"User-agent: *\nDisallow: /private")}
    with WebServer({**pages, **extra}) as running:
        yield running


@pytest.fixture
def ingest_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: WebServer) -> Callable[[], Result]:
    """Runs `whodunit ingest --sources` over a list of every page of the server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WHODUNIT_INDEX", raising=False)
    monkeypatch.setattr("ingest.pipeline.fetch", partial(fetch, limits=LIMITS))
    monkeypatch.setattr("app.ingest_command.load_embedder", ToyEmbedder)
    monkeypatch.setattr("app.ingest_command.load_claim_reader", ToyClaimReader)
    facts = {"publisher": "The Fjord Post", "published": "2023-05-08", "actor": "Gray Heron, Quiet Heron"}
    lines = [json.dumps({"url": f"{server.url}{path}#top", **facts}) for path in [*READ, *QUARANTINED, *UNREAD]]
    (tmp_path / "list.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return lambda: CliRunner().invoke(main, ["ingest", "--sources", "list.jsonl", "--allow-host", server.host])


def listed() -> dict[str, dict[str, object]]:
    """Article by the path of its URL."""
    lines = CliRunner().invoke(main, ["articles", "--json", "--text"]).stdout.splitlines()
    return {re.sub(r"^https?://[^/]+", "", article["path"]): article for article in map(json.loads, lines)}


def about(result: Result, path: str) -> list[str]:
    return [line for line in result.stdout.splitlines() if re.search(rf":\d+{re.escape(path)}(?![\w/.-])", line)]


def test_what_can_be_read_is_read_and_the_rest_is_one_line_each(ingest_list: Callable[[], Result], server: WebServer) -> None:
    began = time.monotonic()
    done = ingest_list()
    assert done.exit_code == 0, done.output
    assert time.monotonic() - began < 30
    articles = listed()
    assert {path for path, article in articles.items() if article["status"] == "kept"} == set(READ)
    assert {path for path, article in articles.items() if article["status"] == "quarantined"} == set(QUARANTINED)
    for path, (_, said) in {**QUARANTINED, **UNREAD}.items():
        (line,) = about(done, path)
        assert said in line, line
    assert [path for path in READ if about(done, path)] == []
    assert "/private/x" not in server.paths()
    assert f"now holds {len(READ)} articles" in done.stdout


def test_articles_are_their_text_and_have_the_facts_of_the_list(ingest_list: Callable[[], Result]) -> None:
    ingest_list()
    articles = listed()
    assert "Teaser" not in str(articles["/menus"]["text"])
    assert "cookies" not in str(articles["/menus"]["text"])
    assert "Northwind" in str(articles["/menus"]["text"])
    assert "Fårö" in str(articles["/charset"]["text"])
    assert "Nordfjord" in str(articles["/moved"]["text"])
    assert articles["/report.pdf"]["title"] == "Wiper at the ministry"
    for path in READ:
        assert articles[path]["published"] == "2023-05-08", path
        assert articles[path]["filed_under"] == ["Gray Heron", "Quiet Heron"], path
        assert articles[path]["publisher"] == "The Fjord Post", path


def test_a_second_run_asks_only_whether_pages_changed(ingest_list: Callable[[], Result], server: WebServer, tmp_path: Path) -> None:
    ingest_list()
    first = len(server.requests)
    for path in (tmp_path / ".whodunit" / "fetched").glob("*.json"):
        facts = json.loads(path.read_text())
        path.write_text(json.dumps(facts | {"fetched_at": facts["fetched_at"] - 2 * 86_400}))
    before = listed()
    done = ingest_list()
    assert done.exit_code == 0
    assert "0 new, 0 changed" in done.stdout
    assert "Embedded 0 passages" in done.stdout
    conditional = [request.path for request in server.requests[first:] if request.headers.get("if-none-match") == '"v1"']
    assert sorted(conditional) == sorted({*READ, "/here"} - {"/moved"})
    assert listed() == before


def test_a_run_on_the_same_day_asks_for_nothing_that_was_fetched(ingest_list: Callable[[], Result], server: WebServer) -> None:
    ingest_list()
    first = len(server.requests)
    assert ingest_list().exit_code == 0
    assert {request.path for request in server.requests[first:]} <= {*UNREAD, "/robots.txt"} - {"/shell"}


def test_a_page_that_dies_later_stays_in_the_index(ingest_list: Callable[[], Result], server: WebServer, tmp_path: Path) -> None:
    ingest_list()
    for path in (tmp_path / ".whodunit" / "fetched").glob("*"):
        path.unlink()
    server.pages["/plain"] = Reply(b"", 404)
    done = ingest_list()
    assert done.exit_code == 0
    assert len(about(done, "/plain")) == 1
    assert listed()["/plain"]["status"] == "kept"
