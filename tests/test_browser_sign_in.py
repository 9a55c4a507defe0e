"""`whodunit chat --host` with an OpenID Connect provider, in a real browser: nobody is let in before signing in; then asked, kept apart, signed out.

python -m pytest tests/test_browser_sign_in.py -m browser
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from browsing import chat_command, serving, still
from conftest import ARTICLES, write_corpus
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ingest.embedding import load_embedder
from ingest.pipeline import ingest, roots_of

pytest.importorskip("authlib")
from oidc_provider import Provider, oidc_provider

pytestmark = pytest.mark.browser
QUESTION = "Who broke into the cargo system of Lysefjord?"
ASK = "Ask who attacked whom, and when"
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "thirty-two characters and no more"
client_id = "{client_id}"
client_secret = "{client_secret}"
server_metadata_url = "{metadata_url}"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with oidc_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[str]:
    """`whodunit chat` on every address of this machine, so that signing in is required, and the provider told of it."""
    folder = tmp_path_factory.mktemp("sign-in")
    ingest(roots_of([write_corpus(folder / "corpus", ARTICLES)]), folder / "index", embedder=load_embedder(), today=date(2024, 6, 1))
    secrets = folder / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text(
        SECRETS.format(client_id=provider.client_id, client_secret=provider.client_secret, metadata_url=provider.metadata_url), encoding="utf-8"
    )
    with serving(chat_command(folder / "index", "--host", "0.0.0.0"), folder=folder) as url:
        provider.redirect_uri = f"{url}/oauth2callback"
        yield url


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser that knows nobody."""
    context = browser.new_context(base_url=address)
    yield context
    context.close()


def sign_in(page: Page, name: str) -> None:
    """From the page that refuses, by the provider's own page, to the page that asks."""
    page.goto("/")
    page.get_by_role("button", name="Sign in").click(timeout=60_000)
    page.get_by_label("Name").fill(name, timeout=30_000)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_placeholder(ASK)).to_be_visible(timeout=60_000)


def ask(page: Page, question: str) -> None:
    page.get_by_placeholder(ASK).fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".w-source").first).to_be_visible(timeout=60_000)


@pytest.mark.parametrize(
    "path", ["/", "/?c=0123456789ab", "/articles", "/articles?status=Quarantined", "/sources", "/timeline", "/actors", "/evaluation"]
)
def test_no_page_shows_anything_before_signing_in(context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.goto(path)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=60_000)
    still(page)
    assert page.locator("input, textarea, .w-count, [class*='st-key-line-'], .w-table, .w-source, .st-key-pages").count() == 0
    assert not re.search("Lysefjord|Northwind|Fisheries|Harbour", page.content())


def test_signs_in_asks_reads_it_after_a_reload_and_signs_out(context: BrowserContext, provider: Provider) -> None:
    page = context.new_page()
    sign_in(page, "ada")
    expect(page.locator(".st-key-user")).to_contain_text("Signed in as ada@analysts.example")
    ask(page, QUESTION)
    conversation = page.url
    page.reload()
    expect(page.locator(".w-question")).to_have_text(QUESTION, timeout=60_000)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=60_000)
    page.goto(conversation)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=60_000)
    assert page.locator(".w-question").count() == 0
    assert provider.refused == []
    assert provider.tokens == [], "signed out at the provider too"


def test_who_is_denied_by_the_provider_stays_outside(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Sign in").click(timeout=60_000)
    page.get_by_role("button", name="Deny").click(timeout=30_000)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=60_000)
    assert page.get_by_placeholder(ASK).count() == 0


def test_two_who_are_signed_in_do_not_see_each_others_conversations(browser: Browser, context: BrowserContext, address: str) -> None:
    first = context.new_page()
    sign_in(first, "grace")
    ask(first, QUESTION)
    other = browser.new_context(base_url=address)
    second = other.new_page()
    sign_in(second, "edith")
    assert second.locator("[class*='st-key-conversation-']").count() == 0
    second.goto(first.url)
    expect(second.get_by_text("This conversation is not here")).to_be_visible(timeout=60_000)
    assert second.locator(".w-question, .w-answer").count() == 0
    other.close()


def test_two_of_whom_the_provider_gives_one_address_are_still_two(
    browser: Browser, context: BrowserContext, address: str, provider: Provider
) -> None:
    first = context.new_page()
    sign_in(first, "joan")
    ask(first, QUESTION)
    other = browser.new_context(base_url=address)
    second = other.new_page()
    provider.addresses["joan-of-another-team"] = "joan@analysts.example"
    sign_in(second, "joan-of-another-team")
    expect(second.locator(".st-key-user")).to_contain_text("Signed in as joan@analysts.example")
    assert second.locator("[class*='st-key-conversation-']").count() == 0
    other.close()


def test_a_cookie_that_was_not_signed_by_us_lets_nobody_in(context: BrowserContext, address: str) -> None:
    context.add_cookies([{"name": "_streamlit_user", "value": '"eyJpc19sb2dnZWRfaW4iOiB0cnVlfQ.forged"', "url": address}])
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=60_000)
    assert page.get_by_placeholder(ASK).count() == 0


def test_the_secret_of_the_client_never_reaches_the_browser(context: BrowserContext, provider: Provider, address: str) -> None:
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(f"{request.url} {request.post_data or ''}"))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: seen.append(repr(frame))))
    sign_in(page, "ada")
    ask(page, QUESTION)
    assert len(seen) > 10
    assert not [one for one in seen if provider.client_secret in one or "thirty-two characters" in one]
    assert all(urls.startswith((address, provider.issuer, "data:", "blob:")) for urls in seen if urls.startswith("http"))


def test_secrets_are_not_served(address: str, context: BrowserContext) -> None:
    for path in ("/.streamlit/secrets.toml", "/app/static/../.streamlit/secrets.toml", "/static/..%2f.streamlit%2fsecrets.toml"):
        reply = context.request.get(f"{address}{path}")
        assert "client_secret" not in reply.text()
