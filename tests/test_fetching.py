"""Fetching pages from a server on loopback: polite, patient, bounded, and nothing is asked for twice.

python -m pytest tests/test_fetching.py
"""

import gzip
import json
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from web_server import Reply, Request, WebServer

from ingest.errors import SourceError
from ingest.fetching.fetcher import FetchEvent, FetchLimits, SourceEntry, fetch, read_sources_file
from ingest.forms.recognising import read
from ingest.sources.finding import Source

QUICK = FetchLimits(delay=0.0, attempts=3, seconds=5, connect_seconds=2, read_seconds=2, page_bytes=200_000)
OPEN = Reply(b"", 404)
PAGE = Reply(b"<html><body><p>Burglars took the passenger list of a ferry line on Monday.</p></body></html>")


def get(
    server: WebServer,
    urls: Sequence[str],
    cache: Path,
    *,
    limits: FetchLimits = QUICK,
    slept: list[float] | None = None,
    events: list[FetchEvent] | None = None,
) -> list[Source]:
    pauses: list[float] = [] if slept is None else slept
    addresses = [url if "://" in url else server.url + url for url in urls]
    watch: Callable[[FetchEvent], None] = (lambda event: None) if events is None else events.append
    return list(fetch(addresses, cache=cache, allow_hosts=frozenset({server.host}), limits=limits, progress=watch, sleep=pauses.append))


def in_turn(*replies: Reply) -> Callable[[Request], Reply]:
    left = list(replies)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


def test_a_page_is_a_source_whose_path_is_its_address(tmp_path: Path) -> None:
    with WebServer({"/a": PAGE}) as server:
        (source,) = get(server, ["/a#part"], tmp_path)
    assert source == Source(f"{server.url}/a", PAGE.body)


def test_a_fetched_page_reads_as_an_article_with_its_address(tmp_path: Path) -> None:
    body = "<html><head><title>Ferry line robbed</title></head><body><article>" + "<p>Burglars took the list on Monday, it said.</p>" * 9
    with WebServer({"/a": Reply(body.encode())}) as server:
        (draft,) = read(get(server, ["/a"], tmp_path)[0])
    assert (draft.form, draft.url, draft.title) == ("html", f"{server.url}/a", "Ferry line robbed")


def test_one_bad_address_is_one_line_and_the_rest_goes_on_each_address_once(tmp_path: Path) -> None:
    events: list[FetchEvent] = []
    with WebServer({"/a": PAGE, "/b": PAGE}) as server:
        sources = get(server, ["/a", "/gone", "ftp://x.example/", "http://", "/a", "/b"], tmp_path, events=events)
        assert server.paths() == ["/a", "/gone", "/b"]
    assert [bool(source.problem) for source in sources] == [False, True, True, True, False]
    assert sources[1].problem == "404 Not Found"
    assert [(event.number, event.outcome) for event in events] == [(1, "fetched"), (2, "failed"), (3, "failed"), (4, "failed"), (5, "fetched")]


def test_nothing_is_asked_before_the_first_source_is_wanted(tmp_path: Path) -> None:
    with WebServer({"/a": PAGE}) as server:
        sources = fetch([f"{server.url}/a"], cache=tmp_path, allow_hosts=frozenset({server.host}), limits=QUICK)
        assert server.requests == []
        next(sources)
        assert server.paths() == ["/a"]


def test_robots_txt_is_read_once_and_obeyed(tmp_path: Path) -> None:
    rules = Reply(b"User-agent: *\nDisallow: /private/*.html$\nDisallow: /all\n\nUser-agent: whodunit\nDisallow: /not-you\n")
    with WebServer({"/robots.txt": rules, "/a": PAGE, "/not-you": PAGE, "/all": PAGE}) as server:
        sources = get(server, ["/a", "/not-you", "/all"], tmp_path)
        assert server.paths() == ["/a", "/all"]
        assert [request.path for request in server.requests].count("/robots.txt") == 1
    assert "robots.txt" in sources[1].problem


def test_robots_txt_is_obeyed_where_a_redirect_leads(tmp_path: Path) -> None:
    pages = {"/robots.txt": Reply(b"User-agent: *\nDisallow: /private"), "/a": Reply(b"", 302, {"Location": "/private/b"}), "/private/b": PAGE}
    with WebServer(pages) as server:
        assert "robots.txt" in get(server, ["/a"], tmp_path)[0].problem
        assert server.paths() == ["/a"]


@pytest.mark.parametrize("broken", [Reply(b"", 503), Reply(b"", 500), Reply(b"", 302, {"Location": "/robots.txt"})])
def test_a_site_whose_robots_txt_cannot_be_read_is_left_alone(broken: Reply, tmp_path: Path) -> None:
    with WebServer({"/robots.txt": broken, "/a": PAGE}) as server:
        assert "its robots.txt cannot be read" in get(server, ["/a"], tmp_path)[0].problem
        assert server.paths() == []


def test_a_huge_or_binary_robots_txt_is_cut_and_does_no_harm(tmp_path: Path) -> None:
    for body in (b"Disallow: /x\n" * 100_000, bytes(range(256)) * 100):
        with WebServer({"/robots.txt": Reply(b"User-agent: *\nDisallow: /b\n" + body), "/a": PAGE, "/b": PAGE}) as server:
            sources = get(server, ["/a", "/b"], tmp_path / str(len(body)))
        assert [bool(source.problem) for source in sources] == [False, True]


def test_requests_to_one_host_keep_their_distance_and_a_longer_one_if_the_site_wants_it(tmp_path: Path) -> None:
    slept: list[float] = []
    with WebServer({"/a": PAGE, "/b": PAGE}) as server:
        get(server, ["/a", "/b"], tmp_path / "1", limits=replace(QUICK, delay=3.0), slept=slept)
    assert len(slept) == 2
    assert all(2.5 < pause <= 6.0 for pause in slept)
    slept.clear()
    with WebServer({"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 7"), "/a": PAGE, "/b": PAGE}) as server:
        get(server, ["/a", "/b"], tmp_path / "2", slept=slept)
    assert max(slept) > 6.5


def test_a_site_that_wants_a_pause_of_hours_is_left_alone(tmp_path: Path) -> None:
    with WebServer({"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 9999"), "/a": PAGE}) as server:
        assert "9999 s between pages" in get(server, ["/a"], tmp_path)[0].problem


@pytest.mark.parametrize("dated", [False, True])
def test_a_server_that_asks_for_patience_gets_it(dated: bool, tmp_path: Path) -> None:
    slept: list[float] = []
    asked = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True) if dated else "9"
    with WebServer({"/a": in_turn(Reply(b"", 429, {"Retry-After": asked}), Reply(b"", 503), PAGE)}) as server:
        (source,) = get(server, ["/a"], tmp_path, slept=slept)
        assert server.paths() == ["/a"] * 3
    assert source.data == PAGE.body
    assert 7 <= max(slept) <= 9


def test_a_server_that_asks_for_an_hour_is_asked_no_more(tmp_path: Path) -> None:
    with WebServer({"/a": Reply(b"", 429, {"Retry-After": "3600"})}) as server:
        assert get(server, ["/a"], tmp_path)[0].problem == (
            "429 Too Many Requests: the server asks to come back in 3600 s; run the same command again then"
        )
        assert server.paths() == ["/a"]


def test_a_failure_that_stays_is_given_up_and_one_that_cannot_pass_is_not_repeated(tmp_path: Path) -> None:
    with WebServer({"/a": Reply(b"", 502), "/b": Reply(b"", 403)}) as server:
        sources = get(server, ["/a", "/b"], tmp_path)
        assert server.paths() == ["/a"] * 3 + ["/b"]
    assert [source.problem for source in sources] == ["502 Bad Gateway", "403 Forbidden"]


def test_a_fresh_page_is_not_asked_for_again_and_a_stopped_run_goes_on(tmp_path: Path) -> None:
    with WebServer({"/a": PAGE, "/b": PAGE, "/c": PAGE}) as server:
        addresses = [f"{server.url}/{name}" for name in "abc"]
        stopped = fetch(addresses, cache=tmp_path, allow_hosts=frozenset({server.host}), limits=QUICK)
        next(stopped), next(stopped)
        del stopped
        assert [source.data for source in get(server, addresses, tmp_path)] == [PAGE.body] * 3
        assert server.paths() == ["/a", "/b", "/c"]


def test_an_unchanged_page_is_asked_for_with_its_etag_and_not_sent_again(tmp_path: Path) -> None:
    def page(request: Request) -> Reply:
        same = request.headers.get("if-none-match") == '"v1"'
        return Reply(b"", 304) if same else replace(PAGE, headers={"ETag": '"v1"', "Last-Modified": "Fri, 05 Mar 2021 10:00:00 GMT"})

    events: list[FetchEvent] = []
    stale = replace(QUICK, fresh_seconds=0)
    with WebServer({"/a": page}) as server:
        for _ in range(2):
            assert get(server, ["/a"], tmp_path, limits=stale, events=events)[0].data == PAGE.body
        asked = [request for request in server.requests if request.path == "/a"]
    assert [event.outcome for event in events] == ["fetched", "unchanged"]
    assert "if-none-match" not in asked[0].headers
    assert asked[1].headers["if-modified-since"] == "Fri, 05 Mar 2021 10:00:00 GMT"


def test_a_changed_page_replaces_what_was_kept(tmp_path: Path) -> None:
    stale = replace(QUICK, fresh_seconds=0)
    with WebServer({"/a": in_turn(PAGE, Reply(b"new"))}) as server:
        assert [get(server, ["/a"], tmp_path, limits=stale)[0].data for _ in range(2)] == [PAGE.body, b"new"]


def test_a_page_that_fails_for_now_is_taken_from_before_and_one_that_is_gone_is_not(tmp_path: Path) -> None:
    events: list[FetchEvent] = []
    stale = replace(QUICK, fresh_seconds=0)
    with WebServer({"/a": in_turn(PAGE, Reply(b"", 503)), "/b": in_turn(PAGE, Reply(b"", 410))}) as server:
        get(server, ["/a", "/b"], tmp_path, limits=stale)
        kept, gone = get(server, ["/a", "/b"], tmp_path, limits=stale, events=events)
    assert (kept.data, kept.problem) == (PAGE.body, "")
    assert (events[0].outcome, events[0].detail) == ("kept", "503 Service Unavailable")
    assert gone.problem == "410 Gone"


def test_a_damaged_cache_is_as_good_as_none(tmp_path: Path) -> None:
    with WebServer({"/a": PAGE}) as server:
        get(server, ["/a"], tmp_path)
        for damage in (b"", b"[]", b'{"url": 1}', b"\xff"):
            for file in tmp_path.iterdir():
                file.write_bytes(damage)
            assert get(server, ["/a"], tmp_path)[0].data == PAGE.body
        assert len(server.paths()) == 5


def test_a_cache_that_cannot_be_made_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="cannot be made"):
        fetch([], cache=tmp_path / "file" / "cache")


def test_redirects_are_followed_and_a_circle_is_left(tmp_path: Path) -> None:
    moved = Reply(b"", 301, {"Location": "b?x=%C3%A9#part"})
    with WebServer({"/a": moved, "/b?x=%C3%A9": PAGE, "/loop": Reply(b"", 302, {"Location": "/loop"})}) as server:
        found, lost = get(server, ["/a", "/loop"], tmp_path)
    assert (found.path, found.data) == (f"{server.url}/a", PAGE.body)
    assert lost.problem == "more than 5 redirects"


@pytest.mark.parametrize(
    "location",
    ["ftp://x.example/", "javascript:alert(1)", "http://[", "http://u:p@x.example/", "http://x.example:99999/", "\\\\", "http://xn--/", "http:"],
)
def test_a_redirect_to_nowhere_is_one_line(location: str, tmp_path: Path) -> None:
    with WebServer({"/a": Reply(b"", 302, {"Location": location})}) as server:
        problem = get(server, ["/a"], tmp_path)[0].problem
    assert problem
    assert "\n" not in problem


def test_a_cookie_lives_as_long_as_its_page(tmp_path: Path) -> None:
    def gate(request: Request) -> Reply:
        return PAGE if "seen=1" in request.headers.get("cookie", "") else Reply(b"", 302, {"Location": "/a", "Set-Cookie": "seen=1"})

    with WebServer({"/a": gate, "/b": PAGE}) as server:
        assert get(server, ["/a", "/b"], tmp_path)[0].data == PAGE.body
        assert "cookie" not in server.requests[-1].headers


def chunked(pieces: Sequence[bytes], *, head: str = "", pause: float = 0.0) -> Reply:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n{head}\r\n".encode())
        for piece in pieces:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            handler.wfile.flush()
            time.sleep(pause)
        handler.wfile.write(b"0\r\n\r\n")

    return Reply(raw=send)


def raw(data: bytes, pause: float = 0.0) -> Reply:
    def send(handler: BaseHTTPRequestHandler) -> None:
        for piece in [data] if not pause else [data[at : at + 1] for at in range(len(data))]:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return Reply(raw=send)


BOMB = gzip.compress(b"\0" * 50_000_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"", headers={"Content-Length": "99999999999"}), "more than the 0.191 MB"),
        (chunked([b"x" * 50_000] * 9), "more than the 0.191 MB"),
        (chunked([BOMB], head="Content-Encoding: gzip\r\n"), "more than the 0.191 MB"),
        (Reply(b"not gzip", headers={"Content-Encoding": "gzip"}), "damaged compression"),
        (Reply(gzip.compress(b"x" * 999)[:-9], headers={"Content-Encoding": "gzip"}), "ends too early"),
        (Reply(b"x", headers={"Content-Encoding": "zstd"}), "compressed as 'zstd'"),
        (Reply(b"x", headers={"Content-Encoding": "gzip, gzip"}), "compressed as"),
        (Reply(b"\x89PNG", headers={"Content-Type": "image/png"}), "sent as 'image/png'"),
        (Reply(b""), "empty page"),
        (Reply(b"", 204), "204 No Content"),
        (Reply(b"", 999), "999"),
        (Reply(b"x", 304), "304 Not Modified"),
        (raw(HEAD + b"Content-Length: 100\r\n\r\ncut"), "connection failed"),
        (raw(b"SSH-2.0-OpenSSH_9\r\n"), "connection failed"),
        (raw(b""), "connection failed"),
        (raw(HEAD + b"X: " + b"y" * 300_000), "connection failed"),
        (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "connection failed"),
        (raw(HEAD + b"Content-Length: -1\r\n\r\n"), "connection failed"),
    ],
)
def test_whatever_a_server_sends_is_one_line(reply: Reply, said: str, tmp_path: Path) -> None:
    with WebServer({"/a": reply, "/b": PAGE}) as server:
        bad, good = get(server, ["/a", "/b"], tmp_path)
    assert said in bad.problem
    assert "\n" not in bad.problem
    assert good.data == PAGE.body


@pytest.mark.parametrize(
    "reply", [raw(HEAD + b"\r\n" + b"x" * 500, pause=0.05), chunked([b"x"] * 200, pause=0.05), raw(HEAD + b"X-A: " + b"y" * 500, pause=0.05)]
)
def test_a_server_that_dribbles_is_left_after_the_time_for_one_page(reply: Reply, tmp_path: Path) -> None:
    began = time.monotonic()
    with WebServer({"/a": reply}) as server:
        problem = get(server, ["/a"], tmp_path, limits=replace(QUICK, seconds=0.5, attempts=1))[0].problem
    assert "no answer in time" in problem
    assert time.monotonic() - began < 3


def test_a_server_that_says_nothing_is_left(tmp_path: Path) -> None:
    with WebServer({"/a": raw(b"H" * 20, pause=0.3)}) as server:
        assert "no answer in time" in get(server, ["/a"], tmp_path, limits=replace(QUICK, read_seconds=0.1, attempts=1))[0].problem


def test_gzip_is_undone(tmp_path: Path) -> None:
    with WebServer({"/a": Reply(gzip.compress(PAGE.body), headers={"Content-Encoding": "gzip"}), "/z": Reply(zlib.compress(b"x"))}) as server:
        assert get(server, ["/a"], tmp_path)[0].data == PAGE.body


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/html; charset=windows-1251", "<p>Паром</p>".encode("cp1251"), "<p>Паром</p>"),
        ("text/plain; charset=utf-8", "Fähre".encode("latin-1"), None),
        ("text/html; charset=no-such", "Fähre".encode("latin-1"), None),
        ("text/html; charset=utf-16", "Fähre".encode("utf-16"), "Fähre"),
        ("text/html; charset=latin-1", "Fähre".encode(), "Fähre"),
        ('text/html; charset="', b"plain", "plain"),
        ("", b"plain", "plain"),
    ],
)
def test_a_page_in_the_encoding_that_only_the_header_names_becomes_utf8(kind: str, body: bytes, text: str | None, tmp_path: Path) -> None:
    with WebServer({"/a": Reply(body, headers={"Content-Type": kind})}) as server:
        assert get(server, ["/a"], tmp_path)[0].data == (body if text is None else text.encode())


def test_a_source_list_says_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "sources.jsonl"
    full = {
        "title": "A\u2028B",
        "url": "https://a.example/1",
        "publisher": "Post",
        "author": "Lee",
        "published": "2021-03-05",
        "actor": "Quiet Heron",
    }
    path.write_text(json.dumps(full, ensure_ascii=False) + '\n\n{"url": "http://b.example/", "title": null}\n', encoding="utf-8")
    assert read_sources_file(path) == [
        SourceEntry("https://a.example/1", "A B", "Post", "Lee", date(2021, 3, 5), "Quiet Heron"),
        SourceEntry("http://b.example/"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"title": "x"}', '"url" must start'),
        ('{"url": "ftp://x"}', '"url" must start'),
        ('{"url": 5}', "'url' must be a string"),
        ('{"url": "http://x", "published": "soon"}', '"published" must be a day'),
        ('{"url": "http://x", "pubished": "2021-01-01"}', "unknown field 'pubished'"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_wrong_line_of_a_source_list_is_named(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.jsonl"
    path.write_text('{"url": "http://a.example/"}\n' + line)
    with pytest.raises(SourceError, match="line 2") as caught:
        read_sources_file(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_source_list_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"\xe9")
    (tmp_path / "empty").write_bytes(b"\n")
    for name, said in (("missing", "No such file"), ("latin", "UTF-8"), ("empty", "no line"), (".", "directory")):
        with pytest.raises(SourceError, match=said):
            read_sources_file(tmp_path / name)
