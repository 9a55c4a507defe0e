"""Adding sources in the page: the form, the writer in its own process, what is kept of an upload; names that would leave the folder.

python -m pytest tests/test_adding_page.py
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from app_pages import links, over, page_at, press, shown
from conftest import HARBOUR, reference
from hostile import HOSTILE
from streamlit.testing.v1 import AppTest

from app.chat import resources
from app.chat.adding_markup import files_html
from app.chat.adding_page import _addresses
from app.chat.file_progress import FileProgress, Files
from app.chat.uploads import NAME_BYTES, keep, safe_name
from app.chat.writer_job import Writer
from app.chat.writer_process import UPLOADS, Outcome, Request, Result, Said, Step, from_line, to_line
from ingest.errors import IndexLockedError
from ingest.index import Index
from ingest.limits import Limits
from ingest.progress import FileStep
from ingest.store.health import check
from ingest.store.ledger import Ledger
from ingest.store.writer_lock import writer_lock

STEPS = (Step("reading", 2, 0), Step("settling", 1, 2, 7), Step("settling", 2, 2, 9), Step("embellishing", 1, 3), Step("publishing", 9, 9))
RESULTS = (
    Result("good.md", "kept", "", "A good one", "aa"),
    Result("denied.md", "quarantined", "access denied", "<b>Denied</b>", "bb"),
    Result("<img src=x>.pdf", "unread", "damaged"),
)
DONE = Outcome(RESULTS, passages=9, articles=5, seconds=1.5)


FILE_STEPS = (
    FileStep("good.md", "reading"), FileStep("good.md", "read"), FileStep("<img src=x>.pdf", "unread", "damaged"), FileStep("denied.md", "quarantined", "access denied", "<b>Denied</b>"),
    FileStep("good.md", "embedding"), FileStep("not/ours.md", "embedding"),
)  # fmt: skip


def saying(*said: Said, ending: str = "") -> tuple[str, ...]:
    """A command that says these lines, then runs `ending`."""
    lines = "\n".join(map(to_line, said))
    return (sys.executable, "-c", f"import sys, time; sys.stdin.readline(); print({lines!r}, flush=True) if {bool(said)} else 0; {ending or 'pass'}")


@pytest.fixture
def with_writer(small_index: Index, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Writer]:
    """Makes the writer of the pages one that runs a given command."""

    def use(*command: str) -> Writer:
        over(small_index, monkeypatch)
        writer = Writer(small_index.folder, command=command)
        monkeypatch.setattr(resources, "_writer", lambda _folder: writer)
        return writer

    return use


# The page


def test_the_form_asks_for_something_and_names_what_is_no_address(with_writer: Callable[..., Writer]) -> None:
    with_writer(*saying(DONE))
    page = page_at("sources")
    assert not page.exception
    press(page, "add")
    assert "first" in page.info[0].value
    page.text_area[0].set_value("https://news.example/a\njavascript:alert(1)").run()
    press(page, "add")
    assert "javascript" in page.error[0].value


def test_addresses_are_taken_and_the_stages_shown_until_it_is_done(with_writer: Callable[..., Writer], tmp_path: Path) -> None:
    go = tmp_path / "go"
    waiting = f"import os\nwhile not os.path.exists({str(go)!r}): time.sleep(0.02)\nprint({to_line(DONE)!r})"
    writer = with_writer(*saying(*STEPS, ending=f"exec({waiting!r})"))
    page = page_at("sources")
    page.text_area[0].set_value("https://news.example/a\n\nhttps://news.example/a").run()
    press(page, "add")
    assert writer.job is not None
    assert writer.job.request == Request(urls=("https://news.example/a",))
    waited = time.monotonic() + 10
    while len(writer.job.steps) < 4 and time.monotonic() < waited:
        time.sleep(0.02)
    html = shown(page_at("sources"))
    for said in ("2 files", "2 of 2 articles, 9 passages", "Embellishing", "1 of 3 steps", "9 of 9 passages", "1 address"):
        assert said in html
    go.touch()
    writer.wait()
    page = page_at("sources")
    html = shown(page)
    assert "1 article added, 1 quarantined, 1 not read." in html
    assert html.index("Not read") < html.index("Quarantined") < html.index("Added")
    assert "&lt;b&gt;Denied&lt;/b&gt;" in html
    assert "&lt;img src=x&gt;.pdf" in html
    assert ("See what was quarantined", "status=Quarantined") in links(page)
    press(page, "more")
    assert len(page.text_area) == 1


def lines_of(page: AppTest) -> list[tuple[str, str]]:
    """(state, what stands beside it) of every line of files."""
    found = re.findall(r"<dt[^>]*>(.*?)</dt><dd>(.*?)</div></dd>", shown(page))
    return [(state, re.sub(r"<[^>]+>", " ", said).strip()) for state, said in found]


def test_each_file_says_how_far_it_is_and_what_a_cancelled_run_left_undone(with_writer: Callable[..., Writer]) -> None:
    writer = with_writer(*saying(*STEPS[:2], *FILE_STEPS, ending="time.sleep(60)"))
    writer.start(Request(files=("good.md", "denied.md", "<img src=x>.pdf", "last.md")))
    while not any(one.state == "embedding" for one in writer.job.files):  # type: ignore[union-attr]
        time.sleep(0.02)
    page = page_at("sources")
    assert lines_of(page) == [
        ("Embedding", "good.md"),
        ("Quarantined", "&lt;b&gt;Denied&lt;/b&gt; denied.md · access denied"),
        ("Not read", "&lt;img src=x&gt;.pdf damaged"),
        ("Waiting", "last.md"),
    ]
    press(page, "cancel")
    page = page_at("sources")
    assert "Cancelled" in page.warning[0].value
    assert [state for state, _ in lines_of(page)] == ["Not finished", "Quarantined", "Not read", "Not finished"]


def test_an_archive_and_a_file_of_many_articles_count_what_they_hold() -> None:
    files = Files(("two.zip", "lines.jsonl", "C# notes.md", "https://a.example/x"))
    for path, state in (
        ("two.zip/a.md", "found"), ("two.zip/b.md", "found"), ("lines.jsonl", "found"), ("C# notes.md", "found"), ("two.zip/a.md", "reading"),
        ("two.zip/a.md", "read"), ("lines.jsonl", "reading"), ("lines.jsonl#1", "read"), ("lines.jsonl#2", "read"), ("two.zip/a.md", "kept"),
        ("https://a.example/x", "found"), ("lines.jsonl#2", "kept"), ("lines.jsonl#1", "quarantined"),
    ):  # fmt: skip
        files.note(FileStep(path, state))  # type: ignore[arg-type]
    assert files.told() == (
        FileProgress("two.zip", "found", parts=(("found", 1), ("kept", 1))),
        FileProgress("lines.jsonl", "kept", parts=(("quarantined", 1), ("kept", 1))),
        FileProgress("C# notes.md", "found"),
        FileProgress("https://a.example/x", "found"),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_about_files_are_shown_as_words(text: str) -> None:
    html = files_html((FileProgress(text, "quarantined", text, text),), running=True)
    assert set(re.findall(r"<[^>]*>", html)) <= {
        '<dl class="w-results">',
        "<div>",
        '<dt class="w-quarantined">',
        "</dt>",
        "<dd>",
        '<div class="w-facts">',
        "</div>",
        "</dd>",
        "</dl>",
    }


def test_a_failure_is_said_and_can_be_gone_on_from(with_writer: Callable[..., Writer]) -> None:
    writer = with_writer(*saying(ending="sys.exit(3)"))
    writer.start(Request(urls=("https://news.example/a",)))
    writer.wait()
    page = page_at("sources")
    assert "exit status 3" in page.error[0].value
    press(page, "go_on")
    writer.wait()
    assert writer.job is not None
    assert writer.job.number == 2


def test_an_uploaded_file_is_kept_in_the_index_folder_and_one_that_is_not_is_named(with_writer: Callable[..., Writer]) -> None:
    writer = with_writer(*saying(DONE))
    page = page_at("sources")
    page.file_uploader[0].set_value([("good.md", b"# Words", "text/markdown"), ("<b>empty.md", b"", "text/markdown")]).run()
    press(page, "add")
    assert writer.job is not None
    assert writer.job.request == Request(files=("good.md",))
    assert (writer.folder / UPLOADS / "good.md").read_bytes() == b"# Words"
    writer.wait()
    page.run()
    assert "empty file" in page.error[0].value


def test_another_writer_is_named(with_writer: Callable[..., Writer], small_index: Index) -> None:
    with_writer(*saying(DONE))
    page = page_at("sources")
    page.text_area[0].set_value("https://news.example/a").run()
    with writer_lock(small_index.folder):
        press(page, "add")
    assert "is being written by process" in page.error[0].value.replace("\\", "")
    assert page.text_area[0].value == "https://news.example/a"


def test_sources_can_be_added_where_there_is_no_index_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODUNIT_INDEX", str(tmp_path / "none"))
    st.cache_resource.clear()
    page = page_at("sources")
    assert not page.exception
    assert not page.error
    assert len(page.text_area) == 1
    asking = page_at("")
    assert ("Add sources here", "") in links(asking)


def test_addresses_are_told_from_other_lines() -> None:
    text = " https://a.example/x \nhttps://a.example/x\nfile:///etc/passwd\nhttps://user@evil.example/\nhttp://nodot/\nhttps://b.example/?q=1\n"
    assert _addresses(text) == (
        ["https://a.example/x", "https://b.example/?q=1"],
        ["file:///etc/passwd", "https://user@evil.example/", "http://nodot/"],
    )


# The writer


def test_two_jobs_at_once_are_refused_and_the_first_is_cancelled(tmp_path: Path) -> None:
    writer = Writer(tmp_path, command=saying(STEPS[0], ending="time.sleep(60)"))
    writer.start(Request(urls=("https://news.example/a",)))
    with pytest.raises(IndexLockedError, match="This page has been adding"):
        writer.start(Request(urls=("https://news.example/b",)))
    began = time.monotonic()
    writer.cancel()
    assert time.monotonic() - began < 5
    job = writer.wait()
    assert job is not None
    assert (job.running, job.cancelled, job.outcome) == (False, True, None)
    writer.put_away(job.number)
    assert writer.job is None


def test_what_is_said_arrives_as_it_was(tmp_path: Path) -> None:
    for said in (*STEPS, *FILE_STEPS, DONE, Request(files=("a.md",), urls=("u",), keep="k")):
        assert from_line(to_line(said)) == said
    with pytest.raises(ValueError, match="no line"):
        from_line('{"Other": {}}')
    writer = Writer(tmp_path, command=(sys.executable, "-c", "print('nonsense')"))
    writer.start(Request())
    job = writer.wait()
    assert job is not None
    assert "could not be followed" in job.error


def test_a_cancelled_run_leaves_a_sound_index_that_the_next_one_completes(tmp_path: Path) -> None:
    bodies = [HARBOUR.replace("two days", f"{n} days").replace("Lysefjord", f"Lysefjord {n}") for n in range(6)]
    files = {f"report {n}.md": reference(f"Report {n} on Lysefjord", body, url=f"https://paper{n}.example/") for n, body in enumerate(bodies)}
    names = tuple(keep(name, text.encode(), tmp_path).name for name, text in files.items())
    refused = keep("broken.pdf", b"%PDF-1.4 broken", tmp_path).name
    writer = Writer(tmp_path)
    writer.start(Request(files=names))
    while (job := writer.job) and job.running and not any(step.stage == "settling" for step in job.steps):
        time.sleep(0.02)
    writer.cancel()
    assert writer.job is not None
    assert writer.job.cancelled
    writer.start(Request(files=(*names, refused)))
    job = writer.wait(seconds=200)
    assert job is not None
    assert job.error == ""
    assert job.outcome is not None
    assert [result.status for result in job.outcome.results] == ["kept"] * 6 + ["unread"]
    assert {one.state for one in job.files[:6]} <= {"kept", "unchanged"}
    assert job.files[6].state in ("unread", "unchanged")
    assert {path for article in Ledger(tmp_path).articles() for path in article.paths} == set(names)
    assert check(tmp_path).problems == ()


# Uploads


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"), ("../../etc/passwd.md", "passwd.md"), ("C:\\Windows\\win.md", "win.md"), (".hidden.md", "hidden.md"), ("~$lock.docx", "lock.docx"),
        ("a/b/.md", "md"), ("..", "upload"), ("", "upload"), ("x\0y\n.md", "xy.md"), ("CON.md", "CON file.md"), ("a:b|c?.md", "a b c.md"), ("report.tar.gz", "report.tar.gz"),
    ],
)  # fmt: skip
def test_names_of_uploads_stay_in_their_folder(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize("given", HOSTILE)
def test_hostile_names_are_safe_names(given: str, tmp_path: Path) -> None:
    name = safe_name(given + ".md")
    assert 0 < len(name.encode()) <= NAME_BYTES + 1
    assert not set('/\\:*?"<>|\0\n') & set(name)
    assert not name.startswith((".", "~$"))
    kept = keep(given + ".md", b"text", tmp_path)
    assert (tmp_path / UPLOADS / kept.name).read_bytes() == b"text"


def test_the_same_file_is_kept_once_and_another_of_its_name_gets_a_number(tmp_path: Path) -> None:
    assert [keep("a.tar.gz", data, tmp_path).name for data in (b"1", b"2", b"1", b"3")] == ["a.tar.gz", "a (2).tar.gz", "a.tar.gz", "a (3).tar.gz"]
    assert sorted(file.name for file in (tmp_path / UPLOADS).iterdir()) == ["a (2).tar.gz", "a (3).tar.gz", "a.tar.gz"]


def test_a_link_in_the_folder_of_uploads_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / UPLOADS).mkdir()
    (tmp_path / UPLOADS / "a.md").symlink_to(tmp_path / "elsewhere.md")
    assert keep("a.md", b"text", tmp_path).name == "a (2).md"
    assert not (tmp_path / "elsewhere.md").exists()


def test_a_file_that_is_too_large_or_empty_is_refused_with_what_to_do(tmp_path: Path) -> None:
    limits = Limits(file_bytes=10, archive_bytes=20)
    assert "split it" in keep("a.md", b"x" * 11, tmp_path, limits=limits).problem
    assert "split it" in keep("a.zip", b"x" * 21, tmp_path, limits=limits).problem
    assert keep("a.zip", b"x" * 20, tmp_path, limits=limits).problem == ""
    assert "0 bytes" in keep("a.md", b"", tmp_path).problem
    assert not (tmp_path / UPLOADS / "a.md").exists()
