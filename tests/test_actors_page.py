"""The Actors page: any name finds its actor, ambiguous names show all of them and merge none, attacks lead to the words that tell of them.

python -m pytest tests/test_actors_page.py
"""

import pytest
from app_pages import links, over, page_at, shown
from hostile import HOSTILE
from toy_claims import build, card, story

from app.chat.actor_markup import chips_html, names_html
from ingest.actors.actor_index import Candidate
from ingest.index import Index
from ingest.nouns import Actor, ActorName

FILES = {
    "cards/heron.md": card("Gray Heron", "Slate Egret (Kestrel Labs)", "Marsh Bird"),
    "cards/lantern.md": card("Paper Lantern", "Marsh Bird", country="Lemuria"),
    "one.md": story("Egret at the ministry", "Slate Egret attacked Visma in August 2018, Kestrel Labs said.", published="2019-02-06"),
    "two.md": story(
        "Lantern at the bank", "Paper Lantern may have attacked Northwind Bank on 3 May 2020.", "Teal Otter attacked Marsh Clinic.", published="2020-06-01"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build(tmp_path_factory.mktemp("actors"), FILES)


@pytest.fixture
def index(built: Index, monkeypatch: pytest.MonkeyPatch) -> Index:
    over(built, monkeypatch)
    return built


def test_without_a_name_those_most_often_named_are_links_and_the_graph_is_drawn(index: Index) -> None:
    page = page_at("actors")
    assert not page.exception
    assert {label for label, where in links(page) if where.startswith("actor=")} == {
        "Gray Heron (Slate Egret) · 1", "Paper Lantern · 1", "Teal Otter · 1"
    }  # fmt: skip
    assert len(page.main.get("vega_lite_chart")) == 1


@pytest.mark.parametrize("name", ["Gray Heron", "slate egret", "GrayHeron", "Gray Heron (Slate Egret)"])
def test_any_name_finds_the_actor_with_its_names_country_attacks_and_articles(index: Index, name: str) -> None:
    page = page_at("actors", actor=name)
    assert not page.exception
    html = shown(page)
    assert '<h2 class="w-article-title">Gray Heron</h2>' in html
    assert 'Slate Egret <span class="w-chip-what">Kestrel Labs</span>' in html
    assert "Atlantis · 1 attack" in html
    assert "Visma" in html
    labels = [label for label, _ in links(page)]
    assert "Slate Egret → Visma" in labels
    assert any(label.startswith("Egret at the ministry · ") for label in labels)
    assert "Marsh Bird is also a name of Paper Lantern" in labels


def test_an_attack_leads_to_the_words_that_tell_of_it(index: Index) -> None:
    where = next(where for _, where in links(page_at("actors", actor="Gray Heron")) if "at=" in where)
    article, at = (part.partition("=")[2] for part in where.split("&"))
    assert "Slate Egret attacked Visma in August 2018" in shown(page_at("articles", article=article, at=at)).split('id="w-quote">')[1]


def test_a_shared_name_shows_all_who_have_it_apart(index: Index) -> None:
    page = page_at("actors", actor="Marsh Bird")
    html = shown(page)
    assert "Marsh Bird is a name of 2 actors" in html
    assert ">Gray Heron</h2>" in html
    assert ">Paper Lantern</h2>" in html
    assert "w-article-title" not in html
    ways = [where for label, where in links(page) if label == "Names, attacks and articles"]
    assert len(ways) == 2
    one = page_at("actors", actor="Marsh Bird", id=ways[1].partition("id=")[2])
    assert '<h2 class="w-article-title">Paper Lantern</h2>' in shown(one)
    assert "Visma" not in shown(one)
    assert "All who are called Marsh Bird" in [label for label, _ in links(one)]


def test_a_name_that_only_articles_know_has_its_attacks(index: Index) -> None:
    page = page_at("actors", actor="Teal Otter")
    assert "Articles blame it" in page.info[0].value
    assert "Teal Otter → Marsh Clinic" in [label for label, _ in links(page)]


def test_an_unknown_name_is_told_what_is_spelled_like_it(index: Index) -> None:
    page = page_at("actors", actor="Grey Herron")
    assert "Nobody is known" in page.info[0].value
    assert "Gray Heron" in [label for label, _ in links(page)]


def test_the_name_that_is_chosen_enters_the_address(index: Index) -> None:
    page = page_at("actors", actor="Marsh Bird", id="x")
    page.selectbox(key="actors-actor").select("Paper Lantern").run()
    assert (page.query_params["actor"], "id" in page.query_params) == ("Paper Lantern", False)
    assert '<h2 class="w-article-title">Paper Lantern</h2>' in shown(page)


def test_without_claims_the_page_still_knows_names(small_index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    over(small_index, monkeypatch)
    assert "not read for claims" in page_at("actors").info[0].value
    page = page_at("actors", actor="APT28")
    assert not page.exception
    assert "No article says that it attacked anybody" in shown(page)


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "a" * 5000, "\u202eabc", '" OR ( * NEAR', "[x](javascript:alert(1))"])
def test_a_hostile_name_in_the_address_is_a_name_that_nobody_has(index: Index, text: str) -> None:
    page = page_at("actors", actor=text)
    assert not page.exception
    assert "<img" not in shown(page)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_words(text: str) -> None:
    candidate = Candidate(Actor("1", text, ()), (ActorName(text, text),), ())
    html = names_html(candidate) + chips_html([text])
    for part in ("<div", "</div>", "<span", "</span>"):
        html = html.replace(part, "")
    assert "<" not in html
