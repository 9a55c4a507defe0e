"""Makes the screenshots of the documentation: the empty page, an answer, and its citation opened in the article, in light and in dark.

python tests/screenshots.py docs/screenshots [INDEX]     without INDEX, the starter corpus is indexed for it
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

from browsing import CHROMIUM, FLAGS, chat_command, serving
from playwright.sync_api import Browser, expect, sync_playwright

from ingest.embedding import load_embedder
from ingest.pipeline import ingest, roots_of

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"
QUESTION = "Who hacked Norway's government in 2018?"
SIZE = {"width": 1280, "height": 860}
SETTLED = 1500
"""Milliseconds after which nothing moves any more: the answer is told, the drawer has slid in."""


def take(browser: Browser, address: str, out: Path, scheme: str) -> None:
    """Three pictures in one colour scheme: empty-, chat- and citation-SCHEME.png."""
    context = browser.new_context(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".st-key-starters button").first).to_be_visible(timeout=120_000)
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=out / f"empty-{scheme}.png")
    page.get_by_placeholder("Ask who attacked whom, and when").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".w-source").first).to_be_visible(timeout=60_000)
    page.wait_for_timeout(SETTLED)
    page.mouse.move(SIZE["width"] - 5, SIZE["height"] // 2)
    page.screenshot(path=out / f"chat-{scheme}.png")
    page.locator("a.w-cite").first.click()
    expect(page.locator("[data-testid=stDialog] #w-quote")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=out / f"citation-{scheme}.png")
    context.close()


def main(out: Path, index: Path) -> None:
    """Makes all pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        with serving(chat_command(index)) as address:
            for scheme in ("light", "dark"):
                take(browser, address, out, scheme)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        where = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "index"
        if len(sys.argv) <= 2:
            ingest(roots_of([CORPUS]), where, embedder=load_embedder(), today=date.today())
        main(Path(sys.argv[1]), where)
