"""The pages beside the chat in a real browser: upload and ask about it, keep what was quarantined, open an article from a search, go from the
timeline to the words of a claim; hostile titles; no serious violation that axe knows.

python -m pytest tests/test_browser_pages.py -m browser
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from browsing import chat_command, serving, still, violations
from conftest import ARTICLES, HARBOUR, reference, write_corpus
from playwright.sync_api import Browser, Page, expect

from ingest.claims.reading import load_claim_reader
from ingest.embedding import load_embedder
from ingest.pipeline import ingest, roots_of
from ingest.store.writer_lock import writer_lock

pytestmark = pytest.mark.browser
WRITING = 120_000
"""Milliseconds that the writer may take; 7 to 10 seconds on two cores that nothing else uses, most of them for loading the models."""
REMEMBER_STATES = """() => {
  window.states = [];
  new MutationObserver(() => window.states.push(...[...document.querySelectorAll(".w-results dt")].map((one) => one.textContent)))
    .observe(document.body, { subtree: true, childList: true });
}"""
"""Notes every state that a file is seen in: the short ones may be gone before the test looks."""
OWNED = "<img src=https://evil.example/pixel.png onerror=window.owned=1> [x](https://evil.example) :material/delete: $x$"
DENIED = "Access Denied\n\nYou don't have permission to access this page on this server."
LIGHTHOUSE = """
The lighthouse service of Tarnvik said on 12 September 2023 that a group it calls Amber Petrel had switched off four of its lamps.
Investigators of Tarnvik found that Amber Petrel had come in through a weather station whose password was printed on its lid.
The lamps of the Tarnvik lighthouse service were lit by hand for nine nights, and no ship was lost in the dark.
"""
FERRY = """
The ferry company Tarnlinjen said on Tuesday that its booking system had been encrypted on 3 May 2023.
Kestrel Labs attributed the attack on Tarnlinjen to the ransomware gang Black Basta, which had demanded 40 coins.
In February 2022 hackers of APT28 broke into the network of the Norwegian Maritime Agency, the police security service said.
Passengers of the ferry company were told to come to the counter with cash until the system had been rebuilt from backups.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where corpus and index are."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """`whodunit chat` over four articles and their claims, a hostile one and one that cleaning takes for an error page."""
    hostile = reference(OWNED, f"{HARBOUR.replace('Lysefjord', 'Vikhavn')}\n{OWNED} was the title of a leaflet, said the port authority of Vikhavn.")
    denied = reference("Harbour log of Skarholm", DENIED)
    ferry = reference("Ferries of Tarnlinjen stopped", FERRY, published="2023-05-10")
    corpus = write_corpus(
        folder / "corpus", {**ARTICLES, "Gray Heron/hostile.md": hostile, "Gray Heron/denied.md": denied, "Unknown/ferry.md": ferry}
    )
    ingest(roots_of([corpus]), folder / "index", embedder=load_embedder(), claim_reader=load_claim_reader(), today=date(2024, 6, 1))
    with serving(chat_command(folder / "index")) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh session; ends with the proof that nothing was asked of another host and no script of an article ran."""
    yield from _session(browser, address)


def _session(browser: Browser, address: str, *, width: int = 1280, scheme: str = "light") -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 860}, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    strangers: list[str] = []
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else strangers.append(request.url))
    yield page
    assert strangers == []
    assert page.evaluate("window.owned") is None
    context.close()


def test_an_article_is_found_by_its_words_and_opened_with_them_marked(page: Page) -> None:
    page.goto("/articles")
    search = page.get_by_placeholder("Words, a “phrase”, a publisher, an actor")
    expect(search).to_be_visible(timeout=25_000)
    search.fill("customs invoices")
    search.press("Enter")
    expect(page.locator(".w-count")).to_have_text("2 articles", timeout=30_000)
    expect(page.locator(".w-snippet mark").first).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Harbour of Lysefjord closed after intrusion").click()
    expect(page.locator(".w-article-title")).to_have_text("Harbour of Lysefjord closed after intrusion", timeout=30_000)
    expect(page.locator(".w-read mark").first).to_be_visible(timeout=30_000)
    assert {mark.lower() for mark in page.locator(".w-read mark").all_inner_texts()} == {"customs", "invoices"}
    page.reload()
    expect(page.locator(".w-article-title")).to_have_text("Harbour of Lysefjord closed after intrusion", timeout=30_000)
    page.get_by_role("link", name="All articles").click()
    expect(search).to_have_value("customs invoices", timeout=30_000)


def test_a_hostile_title_is_shown_as_words_in_the_list_and_over_its_article(page: Page) -> None:
    page.goto("/articles?q=leaflet")
    row = page.get_by_role("link", name="evil.example").first
    expect(row).to_be_visible(timeout=25_000)
    assert row.inner_text().replace("\u2060", "") == OWNED
    row.click()
    expect(page.locator(".w-article-title")).to_have_text(OWNED, timeout=30_000)
    assert page.locator(".stHtml img, .stHtml script, .stHtml iframe").count() == 0


def test_a_quarantined_article_is_kept_anyway_and_quarantined_again(page: Page) -> None:
    page.goto("/articles?status=Quarantined")
    expect(page.locator("[class*='st-key-line-']")).to_have_count(1, timeout=25_000)
    page.get_by_role("button", name="Keep anyway").click()
    expect(page.get_by_text("Kept on request")).to_be_visible(timeout=WRITING)
    assert "article=" in page.url
    page.get_by_role("button", name="Quarantine again").click()
    expect(page.get_by_text("No answer uses it")).to_be_visible(timeout=WRITING)
    page.get_by_role("link", name="All articles").click()
    page.get_by_text("Quarantined · 1").click()
    expect(page.get_by_role("link", name="Harbour log of Skarholm")).to_be_visible(timeout=30_000)


def open_the_form(page: Page) -> None:
    """The form for adding; what came of an earlier run is put away first."""
    page.goto("/sources")
    more = page.get_by_role("button", name=re.compile("Add (more|others)"))
    expect(page.locator("input[type=file]").or_(more)).to_be_attached(timeout=60_000)
    if more.count():
        more.click()
    expect(page.locator("input[type=file]")).to_be_attached(timeout=30_000)


def test_a_file_is_uploaded_and_asked_about(page: Page) -> None:
    open_the_form(page)
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "lighthouse.md", "mimeType": "text/markdown", "buffer": f"# Lamps of Tarnvik switched off\n\n{LIGHTHOUSE}".encode()},
            {"name": "denied.md", "mimeType": "text/markdown", "buffer": reference("A page of Skarholm", DENIED).encode()},
            {"name": "<img src=x onerror=window.owned=1>.md", "mimeType": "text/markdown", "buffer": b"PK\x03\x04 nothing"},
        ]
    )
    expect(page.get_by_text("lighthouse.md")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Add to the index").click()
    expect(page.locator(".w-steps")).to_be_visible(timeout=30_000)
    expect(page.locator(".w-results dt")).to_have_text(["Not read", "Quarantined", "Added"], timeout=WRITING)
    page.get_by_role("link", name="Ask about them").click()
    question = page.get_by_placeholder("Ask who attacked whom, and when")
    question.fill("Who switched off the lamps of the Tarnvik lighthouse service?")
    question.press("Enter")
    expect(page.locator(".w-answer").first).to_contain_text("Amber Petrel", timeout=25_000)
    expect(page.locator(".w-source").first).to_contain_text("Lamps of Tarnvik switched off")


def long_report(number: int) -> str:
    """Of which no two paragraphs are the same, so that each takes its time and a click comes before the end of eight."""
    paragraphs = (LIGHTHOUSE.replace("Tarnvik", f"Holm {number} {part}") for part in range(40))
    return "\n\n".join([f"# Lamps of Holm {number} switched off", *paragraphs])


@pytest.mark.timeout(600)
def test_each_of_several_files_says_how_far_it_is_until_the_reader_cancels_and_goes_on(page: Page) -> None:
    open_the_form(page)
    reports = [{"name": f"report-{n}.md", "mimeType": "text/markdown", "buffer": long_report(n).encode()} for n in range(8)]
    denied = {"name": "a-denied.md", "mimeType": "text/markdown", "buffer": reference("A second page of Skarholm", DENIED).encode()}
    page.locator("input[type=file]").set_input_files([*reports, denied])  # type: ignore[list-item]
    expect(page.get_by_text("a-denied.md")).to_be_visible(timeout=30_000)
    page.evaluate(REMEMBER_STATES)
    page.get_by_role("button", name="Add to the index").click()
    expect(page.locator(".w-results dt")).to_have_count(9, timeout=30_000)
    expect(page.locator(".w-results dt.w-active")).to_have_text(["Embedding"], timeout=WRITING)
    expect(page.locator(".w-results dt.w-kept").first).to_have_text("Embedded", timeout=WRITING)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled. What was finished is kept")).to_be_visible(timeout=60_000)
    expect(page.locator(".w-results dt", has_text="Not finished").first).to_be_visible()
    kept = page.locator(".w-results dt.w-kept").count()
    assert 0 < kept < 8
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".w-results dt")).to_have_text(["Quarantined", *["Added"] * 8], timeout=WRITING)
    assert {"Waiting", "Embedding", "Embedded"} <= set(page.evaluate("window.states"))
    expect(page.locator(".w-results > div", has_text="Quarantined")).to_contain_text("access denied")


def test_a_second_writer_is_told_who_holds_the_lock(page: Page, folder: Path) -> None:
    open_the_form(page)
    field = page.get_by_role("textbox", name="Web addresses")
    field.fill("https://news.example/a")
    field.press("Tab")
    with writer_lock(folder / "index"):
        page.get_by_role("button", name="Add to the index").click()
        expect(page.get_by_text("is being written by process")).to_be_visible(timeout=30_000)
    expect(field).to_have_value("https://news.example/a")


def test_a_mark_of_the_timeline_leads_to_its_claims_and_on_to_their_words_in_the_article(page: Page) -> None:
    page.goto("/timeline")
    marks = page.locator(".stVegaLiteChart .mark-rule.role-mark line")
    # A line has no height, which counts as hidden.
    expect(marks.first).to_be_attached(timeout=60_000)
    marks.first.click(force=True)
    told = page.locator(".w-told").first
    expect(told).to_be_visible(timeout=30_000)
    expect(told).to_be_in_viewport()
    assert "incident=" in page.url
    quote = told.locator("mark").inner_text()
    page.reload()
    expect(told.locator("mark")).to_have_text(quote, timeout=60_000)
    page.get_by_role("link", name="Read it in its article").first.click()
    expect(page.locator(".w-read #w-quote")).to_be_in_viewport(timeout=30_000)
    assert " ".join(page.locator(".w-read mark").all_inner_texts()) == quote


def test_a_name_that_is_typed_opens_its_actor(page: Page) -> None:
    page.goto("/actors")
    field = page.locator(".st-key-actors-actor input")
    expect(field).to_be_visible(timeout=60_000)
    field.fill("Fancy Bear")
    field.press("Enter")
    expect(page.locator(".w-article-title")).to_be_visible(timeout=30_000)
    expect(page.locator(".w-chip", has_text="Fancy Bear").first).to_be_visible()
    assert "actor=Fancy" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation_on_any_page(browser: Browser, address: str, scheme: str) -> None:
    found = []
    for page in _session(browser, address, scheme=scheme):
        for path, ready in (
            ("/timeline", ".stVegaLiteChart svg.marks"), ("/actors", ".stVegaLiteChart svg.marks"), ("/actors?actor=Grizzly+Steppe", ".w-section"),
            ("/articles?q=customs", ".w-snippet"), ("/sources", ".w-page"), ("/evaluation", ".w-page"),
        ):  # fmt: skip
            page.goto(path)
            expect(page.locator(ready).first).to_be_attached(timeout=60_000)
            still(page)
            found += [f"{path}: {one}" for one in violations(page)]
        page.goto("/timeline")
        page.locator("[class*='st-key-line-'] a").first.click(timeout=60_000)
        expect(page.locator(".w-told").first).to_be_visible(timeout=30_000)
        page.get_by_role("link", name="Read it in its article").first.click()
        expect(page.locator(".w-read #w-quote")).to_be_visible(timeout=30_000)
        still(page)
        found += [f"article: {one}" for one in violations(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["/articles?q=customs", "/sources", "/evaluation", "/timeline", "/actors", "/actors?actor=Grizzly+Steppe"])
def test_no_page_is_wider_than_400_pixels(browser: Browser, address: str, path: str) -> None:
    for page in _session(browser, address, width=400, scheme="dark"):
        page.goto(path)
        expect(page.locator(".w-page")).to_be_visible(timeout=25_000)
        still(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        assert page.evaluate("Math.max(...[...document.querySelectorAll('.stMain *')].map((e) => e.getBoundingClientRect().right))") <= 401
