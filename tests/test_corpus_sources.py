"""The list of published reports behind the full corpus, and the tool that makes it: addresses, titles and names, and nothing else.

python -m pytest tests/test_corpus_sources.py
"""

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import reference, write_corpus

from ingest.fetching.fetcher import source_path
from ingest.fetching.source_list import SourceEntry, read_sources_file
from ingest.fetching.source_listing import clean_address, main, source_line, sources_of, title_of_report

ROOT = Path(__file__).parent.parent
LIST = ROOT / "corpus" / "sources.jsonl"
CARD = """# Threat actor: Gray Heron, Quiet Heron

## Reported hacking operations

2023-05: The port of Lysefjord
https://news.example/harbour-closed/
<https://other.example/a b?utm_source=mail#top>
"""
TEXT = "Somebody opened the cargo system of the port on Monday."


@pytest.fixture(scope="module")
def listed() -> list[SourceEntry]:
    return read_sources_file(LIST)


def test_the_list_has_a_thousand_reports_most_with_their_title(listed: list[SourceEntry]) -> None:
    assert len(listed) >= 1000
    assert sum(entry.title is not None for entry in listed) >= 900
    assert all(entry.actor for entry in listed)
    assert len({urlsplit(entry.url).hostname for entry in listed}) >= 200


def test_every_address_stands_once_is_fetched_as_it_stands_and_tells_of_no_visit(listed: list[SourceEntry]) -> None:
    bare = Counter(re.sub(r"^https?://(www\.)?", "", entry.url).rstrip("/") for entry in listed)
    assert [address for address, count in bare.items() if count > 1] == []
    assert [entry.url for entry in listed if clean_address(entry.url) != entry.url] == []


def test_no_field_holds_more_than_a_fact(listed: list[SourceEntry]) -> None:
    for entry in listed:
        assert len(entry.title or "") <= 250, entry
        assert len(entry.actor or "") <= 250, entry
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w", f"{entry.title} {entry.url} {entry.actor}"), entry
        assert urlsplit(entry.url).hostname not in {"localhost", None}
        assert not re.search(r"//(\d+\.){3}\d+|\.(local|internal|lan)(:\d+)?/", entry.url), entry


def test_the_list_is_sorted_and_as_the_tool_writes_it(listed: list[SourceEntry]) -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    assert [source_line(entry) for entry in listed] == lines
    assert sorted(listed, key=lambda entry: ((entry.actor or "").casefold(), entry.url)) == listed


def test_the_list_is_what_the_tool_makes_of_the_corpus(listed: list[SourceEntry]) -> None:
    archive = ROOT.parent / "shared" / "corpus.tar.xz"
    if not archive.exists():
        pytest.skip("the archive of published articles is not beside the repository")
    assert sources_of([archive]) == listed


def test_references_and_cards_give_one_line_a_report(tmp_path: Path) -> None:
    folder = write_corpus(
        tmp_path / "corpus",
        {
            "Gray Heron/1.md": reference(
                "Harbour closed", TEXT, actor="Gray Heron, Quiet Heron", url="https://news.example/harbour-closed/#comments"
            ),
            "Paper Lantern/1.md": reference("Harbour closed", TEXT, actor="Paper Lantern", url="http://www.news.example/harbour-closed"),
            "Paper Lantern/2.md": reference("429 Error | Post", TEXT, actor="Paper Lantern", url="https://post.example/2", published="2021-03-05"),
            "Paper Lantern/3.md": reference("The Post, a newspaper", TEXT, actor="Paper Lantern", url="https://post.example/3"),
            "Paper Lantern/4.md": reference("The Post, a newspaper", TEXT, actor="Paper Lantern", url="https://post.example/4"),
            "Paper Lantern/5.md": reference("No address", TEXT, actor="Paper Lantern", url="see the archive"),
            "cards/heron.md": CARD,
            "note.txt": "Not a reference, and no address: https://note.example/",
        },
    )
    assert [json.loads(source_line(entry)) for entry in sources_of([folder])] == [
        {"url": "https://other.example/a%20b", "actor": "Gray Heron"},
        {"title": "Harbour closed", "url": "https://news.example/harbour-closed/", "actor": "Gray Heron, Quiet Heron, Paper Lantern"},
        {"url": "https://post.example/2", "published": "2021-03-05", "actor": "Paper Lantern"},
        {"url": "https://post.example/3", "actor": "Paper Lantern"},
        {"url": "https://post.example/4", "actor": "Paper Lantern"},
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://a.example/x?id=7&utm_term=.87&ticket=ST-1#part", "https://a.example/x?id=7"),
        ("https://a.example/x?utm_source=mail", "https://a.example/x"),
        ("https://a.example/@name/x", "https://a.example/@name/x"),
        ("https://a.example/unsubscribe?who=ida@post.example", None),
        ("https://user:word@a.example/", None),
        ("ftp://a.example/x", None),
        ("a.example/x", None),
        ("", None),
    ],
)
def test_an_address_loses_what_a_visit_left_in_it(given: str, kept: str | None) -> None:
    assert clean_address(given) == kept
    assert kept is None or source_path(kept) == kept


@pytest.mark.parametrize("title", ["404", "403 Forbidden", "Access Denied", "Page not found | Post", "Attention Required! | Guard", "", " \n"])
def test_the_title_of_an_error_page_is_not_the_reports(title: str) -> None:
    assert title_of_report(title) is None


@pytest.mark.parametrize(
    "title", ["Burglars denied access to a ministry's vault for a week", "8220 Gang at it again", "Error in the till:\nbank pays twice"]
)
def test_a_report_about_errors_keeps_its_title(title: str) -> None:
    assert title_of_report(title) == " ".join(title.split())


def test_a_folder_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(tmp_path / "none")]) == 2
    assert main([]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 2
