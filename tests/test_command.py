"""The command line is a contract: formats, exit statuses and one clear line for every mistake.

python -m pytest tests/test_command.py
"""

import json
import os
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import HARBOUR, ToyEmbedder, reference, write_corpus
from toy_claims import ToyClaimReader, story

from app.command import main
from ingest.store.ledger import FILE


@pytest.fixture
def whodunit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command in `tmp_path` with the toy embedder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WHODUNIT_INDEX", raising=False)
    for module in ("app.asking", "app.ingest_command"):
        monkeypatch.setattr(f"{module}.load_embedder", ToyEmbedder)
    monkeypatch.setattr("app.ingest_command.load_claim_reader", ToyClaimReader)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def fails_in_one_line(result: Result, *words: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line.startswith("whodunit: ")]
    assert len(lines) == 1
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in lines[0]


def test_ingest_then_ask_then_list(whodunit: Callable[..., Result], corpus: Path) -> None:
    done = whodunit("ingest", corpus)
    assert done.exit_code == 0
    assert "3 new" in done.stdout
    answer = json.loads(whodunit("ask", "Which gang took records of Northwind Bank accounts?", "--json").stdout)
    assert answer["status"] != "not_in_corpus"
    assert answer["retrieved"][0] == "Paper Lantern/bank.md"
    assert {"number", "article", "quote", "start", "end", "url", "published"} <= answer["citations"][0].keys()
    listed = [json.loads(line) for line in whodunit("articles", "--json", "--text").stdout.splitlines()]
    texts = {article["path"]: article["text"] for article in listed}
    for citation in answer["citations"]:
        assert texts[citation["article"]][citation["start"] : citation["end"]] == citation["quote"]
    assert {"path", "paths", "status", "reason", "title", "author", "publisher", "published", "url", "filed_under", "origin", "text"} == listed[
        0
    ].keys()


def test_ingest_reads_claims_and_claims_lists_them(whodunit: Callable[..., Result], corpus: Path) -> None:
    write_corpus(corpus, {"visma.md": story("Visma hit", "Gray Heron attacked Visma in August 2018, Kestrel Labs said.")})
    whodunit("ingest", corpus)
    (claim,) = (json.loads(line) for line in whodunit("claims", "--json").stdout.splitlines())
    assert (claim["attacker"], claim["victim"], claim["asserted_by"]) == ("Gray Heron", "Visma", "Kestrel Labs")
    assert "1 claim about 1 incident" in whodunit("claims").stdout
    assert "1 claim about 1 incident, read by toy-claims." in whodunit("status").stdout


def test_a_human_sees_the_answer_and_its_sources(whodunit: Callable[..., Result], corpus: Path) -> None:
    whodunit("ingest", corpus)
    out = whodunit("ask", "Which gang took records of Northwind Bank accounts?").stdout
    assert "[1] Northwind Bank loses customer records · " in out
    assert "2022-04-20" in out


def test_status_counts_and_lists_the_quarantine(whodunit: Callable[..., Result], corpus: Path) -> None:
    write_corpus(corpus, {"X/denied.md": reference("Access Denied", "Access Denied\nYou don't have permission to access this page.")})
    assert "X/denied.md" in whodunit("ingest", corpus).stdout
    assert "X/denied.md" in whodunit("status").stdout
    counts = json.loads(whodunit("status", "--json").stdout)
    assert (counts["kept"], counts["quarantined"], counts["files"]) == (3, 1, 4)


def test_check_is_quiet_about_a_sound_index_and_fails_for_a_damaged_one(whodunit: Callable[..., Result], corpus: Path, tmp_path: Path) -> None:
    whodunit("ingest", corpus)
    assert whodunit("check").exit_code == 0
    for file in (tmp_path / ".whodunit").glob("chroma-*/chroma.sqlite3"):
        file.write_bytes(b"")
    assert whodunit("check").exit_code == 1
    assert whodunit("check", "--repair").exit_code == 0


def test_a_missing_path_is_one_line(whodunit: Callable[..., Result], tmp_path: Path) -> None:
    fails_in_one_line(whodunit("ingest", tmp_path / "invented.md"), "invented.md", "does not exist")


def test_a_folder_without_articles_is_one_line(whodunit: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    fails_in_one_line(whodunit("ingest", tmp_path / "empty"), "No articles")


@pytest.mark.parametrize("command", [("ask", "Who?"), ("status",), ("check",), ("articles",)])
def test_no_index_is_one_line(whodunit: Callable[..., Result], command: tuple[str, ...]) -> None:
    fails_in_one_line(whodunit(*command), "No index", "whodunit ingest")


@pytest.mark.parametrize("command", [("ask", "Who?"), ("status",), ("ingest", "corpus")])
def test_a_corrupt_index_is_one_line_and_stays_as_it_is(
    whodunit: Callable[..., Result], corpus: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / ".whodunit").mkdir()
    ledger = tmp_path / ".whodunit" / FILE
    ledger.write_bytes(b"no ledger" * 500)
    fails_in_one_line(whodunit(*command), "cannot be read")
    assert ledger.read_bytes() == b"no ledger" * 500


def test_another_models_index_is_one_line(whodunit: Callable[..., Result], corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whodunit("ingest", corpus)
    monkeypatch.setattr("app.asking.load_embedder", lambda: ToyEmbedder("another"))
    fails_in_one_line(whodunit("ask", "Who?"), "toy", "another")


def test_an_unreadable_file_is_listed_and_the_rest_is_ingested(whodunit: Callable[..., Result], corpus: Path) -> None:
    (corpus / "locked.md").write_text("secret")
    os.chmod(corpus / "locked.md", 0)
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    done = whodunit("ingest", corpus)
    assert done.exit_code == 0
    assert "broken.pdf" in done.stdout


def test_a_bad_day_is_refused(whodunit: Callable[..., Result]) -> None:
    result = whodunit("ask", "Who?", "--as-of", "yesterday")
    assert result.exit_code == 2
    assert "YYYY-MM-DD" in result.stderr


class Page(BaseHTTPRequestHandler):
    """One article at /story; everything else, robots.txt too, is not there."""

    def do_GET(self) -> None:
        found = self.path == "/story"
        body = (
            f"<html><head><title>Port closed</title></head><body><article><h1>Port closed</h1><p>{HARBOUR * 2}</p></article></body></html>".encode()
        )
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body if found else b"gone")

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_a_page_is_fetched_by_its_address_and_survives_a_dead_server(whodunit: Callable[..., Result]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/story"
    refused = whodunit("ingest", address)
    assert "127.0.0.1" in refused.stdout + refused.stderr
    done = whodunit("ingest", address, "--allow-host", "127.0.0.1")
    assert "now holds 1 articles" in done.stdout, done.stdout
    server.shutdown()
    server.server_close()
    assert "now holds 1 articles" in whodunit("ingest", address, "--allow-host", "127.0.0.1").stdout
