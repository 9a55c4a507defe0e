"""Makes the screenshots of the documentation: every page, wide in light and dark, and narrow.

python tests/screenshots.py docs/screenshots [INDEX]     without INDEX, the starter corpus is indexed for it

What the pages show is made for it: an article that was uploaded, a quarantined page, and two runs of an evaluation. INDEX itself stays as it is.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from browsing import CHROMIUM, FLAGS, chat_command, serving
from conftest import reference
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from screenshot_runs import put_runs

from ingest.claims.reading import load_claim_reader
from ingest.embedding import load_embedder
from ingest.pipeline import ingest, roots_of

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"
QUESTION = "Who hacked Norway's government in 2018?"
WORDS = "Norway government"
ACTOR, AMBIGUOUS = "APT28", "Grizzly+Steppe"
DENIED = "Access Denied\n\nYou don't have permission to access this page on this server."
TORN = b"%PDF-1.4 torn off at "
UPLOAD = """# Lamps of {place} switched off

The lighthouse service of {place} said on 12 September 2023 that a group it calls Amber Petrel had switched off four of its lamps.
Investigators of {place} found that Amber Petrel had come in through a weather station whose password was printed on its lid.
"""
NIGHTS = [f"On night {night} the keeper of {{place}} lit the lamps by hand and noted two ships and a fishing boat." for night in range(2, 80)]
"""Long enough for a picture to catch what is not done yet."""
PLACES = iter(
    (("Tarnvik", "Holmsund", "Skarvik", "Ytterholm"), ("Nordvik", "Grenholm", "Ulvsund", "Langvik"), ("Sandholm", "Bratvik", "Kvalsund", "Utvik"))
)
"""Every colour scheme uploads others: what is known already is not embedded."""
WIDE, NARROW = ViewportSize(width=1280, height=860), ViewportSize(width=400, height=860)
SETTLED = 1500
"""Milliseconds after which nothing moves any more: the answer is told, the drawer has slid in."""
PATIENCE = 120_000

Snap = Callable[..., None]


def take(browser: Browser, address: str, out: Path, *, scheme: str, size: ViewportSize, ending: str) -> None:
    """One picture a page in one colour scheme and size: NAME-ENDING.png."""
    context = browser.new_context(viewport=size, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()

    def snap(name: str, *, at_once: bool = False) -> None:
        page.wait_for_timeout(0 if at_once else SETTLED)
        page.mouse.move(size["width"] - 5, size["height"] // 2)
        page.screenshot(path=out / f"{name}-{ending}.png")

    for pictures in (asking, timeline, actors, articles, adding, evaluation):
        pictures(page, snap)
    context.close()


def asking(page: Page, snap: Snap) -> None:
    """The empty page, an answer, and a citation opened in its article."""
    page.goto("/")
    expect(page.locator(".st-key-starters button").first).to_be_visible(timeout=PATIENCE)
    snap("empty")
    page.get_by_placeholder("Ask who attacked whom, and when").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".w-source").first).to_be_visible(timeout=PATIENCE)
    snap("chat")
    page.locator("a.w-cite").first.click()
    expect(page.locator("[data-testid=stDialog] #w-quote")).to_be_visible(timeout=30_000)
    snap("citation")


def timeline(page: Page, snap: Snap) -> None:
    """Attacks over time, and an incident with who says so."""
    page.goto("/timeline")
    expect(page.locator(".stVegaLiteChart svg.marks")).to_be_visible(timeout=PATIENCE)
    snap("timeline")
    # The first incident of the list that more than one claim tells of.
    page.goto("/timeline?actor=APT31")
    expect(page.locator(".stVegaLiteChart svg.marks")).to_be_visible(timeout=PATIENCE)
    several = page.locator("[class*='st-key-line-']", has_text="more claim")
    (several if several.count() else page.locator("[class*='st-key-line-']")).locator("a").first.click()
    expect(page.locator(".w-told").first).to_be_visible(timeout=30_000)
    page.locator(".w-chosen").evaluate("element => element.scrollIntoView({block: 'center'})")
    snap("incident")


def actors(page: Page, snap: Snap) -> None:
    """Who is named most, an actor, and a name that several have."""
    page.goto("/actors")
    expect(page.locator(".stVegaLiteChart svg.marks")).to_be_visible(timeout=PATIENCE)
    snap("actors")
    page.goto(f"/actors?actor={ACTOR}")
    expect(page.locator(".w-article-title")).to_be_visible(timeout=30_000)
    snap("actor")
    page.goto(f"/actors?actor={AMBIGUOUS}")
    expect(page.locator("[class*='st-key-candidate-']").first).to_be_visible(timeout=30_000)
    snap("candidates")


def articles(page: Page, snap: Snap) -> None:
    """A search, an article opened from it, and the quarantine."""
    page.goto(f"/articles?q={WORDS.replace(' ', '+')}")
    expect(page.locator(".w-snippet").first).to_be_visible(timeout=PATIENCE)
    snap("articles")
    page.locator("[class*='st-key-line-'] a").first.click()
    expect(page.locator(".w-read")).to_be_visible(timeout=30_000)
    snap("article")
    page.goto("/articles?status=Quarantined")
    expect(page.locator("[class*='st-key-line-']").first).to_be_visible(timeout=30_000)
    snap("quarantine")


def adding(page: Page, snap: Snap) -> None:
    """The form, the work while it goes on, and what came of it."""
    page.goto("/sources")
    expect(page.get_by_role("button", name="Add to the index")).to_be_visible(timeout=30_000)
    snap("sources")
    places = next(PLACES)
    reports = {f"lamps-of-{place.lower()}.md": "\n".join([UPLOAD, *NIGHTS]).format(place=place).encode() for place in places}
    left_out = {
        f"log-of-{places[0].lower()}.md": reference(f"Harbour log of {places[0]}", DENIED).encode(),
        f"scan-{places[1].lower()}.pdf": TORN + places[1].encode(),
    }
    files = [{"name": name, "mimeType": "text/markdown", "buffer": data} for name, data in {**reports, **left_out}.items()]
    page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    expect(page.get_by_role("button", name="Remove ")).to_have_count(len(files), timeout=30_000)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=PATIENCE)
    page.get_by_role("button", name="Add to the index").click()
    expect(page.locator(".w-results dt.w-kept").first).to_be_visible(timeout=PATIENCE)
    snap("adding", at_once=True)
    expect(page.get_by_role("button", name="Add more")).to_be_visible(timeout=PATIENCE)
    snap("added")
    page.get_by_role("button", name="Add more").click()
    expect(page.get_by_role("button", name="Add to the index")).to_be_visible(timeout=30_000)


def evaluation(page: Page, snap: Snap) -> None:
    """Figures and trend, and a failure with its evidence."""
    page.goto("/evaluation")
    expect(page.locator(".w-table")).to_be_visible(timeout=30_000)
    snap("evaluation")
    failure = page.get_by_test_id("stExpander").first
    failure.locator("summary").click()
    page.wait_for_timeout(500)
    failure.evaluate("element => element.scrollIntoView({block: 'start'})")
    snap("failure")


def main(out: Path, given: Path | None) -> None:
    """Makes all pictures over a copy of the given index, or over the starter corpus."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        if given:
            shutil.copytree(given, index)
        page = Path(folder) / "pages" / "Unknown" / "harbour-log.md"
        page.parent.mkdir(parents=True)
        page.write_text(reference("Harbour log of Skarholm", DENIED), encoding="utf-8")
        ingest(
            roots_of([page.parents[1]] if given else [CORPUS, page.parents[1]]),
            index,
            embedder=load_embedder(),
            claim_reader=load_claim_reader(),
            today=date.today(),
        )
        put_runs(index, until=datetime.now())
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
            with serving(chat_command(index)) as address:
                take(browser, address, out, scheme="light", size=WIDE, ending="light")
                take(browser, address, out, scheme="dark", size=WIDE, ending="dark")
                take(browser, address, out, scheme="light", size=NARROW, ending="narrow")
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
