"""The Timeline: attacks by actor, filters in the address, an incident with who says so and the way to the words; hostile words stay words.

python -m pytest tests/test_timeline_page.py
"""

from pathlib import Path

import pytest
from app_pages import links, over, page_at, shown
from conftest import ARTICLES
from hostile import HOSTILE
from toy_claims import MakeIndex, build, card, make_index, story

from app.chat.charts import graph_chart, timeline_chart, victims_chart
from app.chat.claim_markup import claim_html, incident_title, legend_html
from app.timeline import busiest, graph_links, timeline_rows
from ingest.claims.incidents import incidents
from ingest.index import Index

__all__ = ["make_index"]
FILES = {
    "cards/heron.md": card("Gray Heron", "Slate Egret (Kestrel Labs)"),
    "one.md": story("One", "Slate Egret attacked Visma in August 2018, Kestrel Labs said.", published="2019-02-06"),
    "two.md": story(
        "Two",
        "Paper Lantern may have attacked Visma in August 2018.",
        "Slate Egret attacked Harbour Insurance on 3 May 2020.",
        "Gray Heron attacked Northwind Bank.",
        "Somebody attacked Marsh Clinic on 4 June 2021.",
        published="2021-07-01",
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build(tmp_path_factory.mktemp("timeline"), FILES)


@pytest.fixture
def index(built: Index, monkeypatch: pytest.MonkeyPatch) -> Index:
    over(built, monkeypatch)
    return built


def titles(query: dict[str, str]) -> list[str]:
    page = page_at("timeline", **query)
    assert not page.exception
    return [label for label, where in links(page) if "incident=" in where]


def incident_of(index: Index, victim: str) -> str:
    return next(one.claim.incident for one in index.claims() if one.claim.victim == victim)


def test_attacks_are_drawn_and_listed_latest_first_and_those_without_a_time_last(index: Index) -> None:
    page = page_at("timeline")
    assert not page.exception
    assert len(page.main.get("vega_lite_chart")) == 1
    assert titles({}) == [
        "nobody named → Marsh Clinic",
        "Slate Egret → Harbour Insurance",
        "Slate Egret → Visma",
        "Gray Heron → Northwind Bank",
    ]
    assert "1 attack has no time and no place in the chart" in shown(page)


@pytest.mark.parametrize(
    ("query", "victims"),
    [
        ({"actor": "Gray Heron"}, {"Harbour Insurance", "Visma", "Northwind Bank"}), ({"actor": "Paper Lantern"}, {"Visma"}), ({"victim": "clinic"}, {"Marsh Clinic"}),
        ({"since": "2020-01-01"}, {"Marsh Clinic", "Harbour Insurance"}), ({"until": "2019-01-01"}, {"Visma"}), ({"as_of": "2019-12-31"}, {"Visma"}),
        ({"since": "nonsense"}, {"Marsh Clinic", "Harbour Insurance", "Visma", "Northwind Bank"}), ({"actor": "Nobody at all"}, set()),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(index: Index, query: dict[str, str], victims: set[str]) -> None:
    assert {title.partition(" → ")[2] for title in titles(query)} == victims


def test_what_is_chosen_enters_the_address_and_all_of_it_leaves_in_one_click(index: Index) -> None:
    page = page_at("timeline", incident=incident_of(index, "Visma"))
    page.selectbox(key="timeline-victim").select("Marsh Clinic").run()
    assert (page.query_params["victim"], "incident" in page.query_params) == ("Marsh Clinic", False)
    page.selectbox(key="timeline-actor").select("Paper Lantern").run()
    assert "No claim fits" in shown(page)
    page.button(key="timeline-reset").click().run()
    assert not dict(page.query_params)


def test_an_incident_shows_what_every_source_says_whomever_the_filter_asks_for(index: Index) -> None:
    page = page_at("timeline", actor="Paper Lantern", incident=incident_of(index, "Visma"))
    html = shown(page)
    assert "<mark>Slate Egret attacked Visma in August 2018, Kestrel Labs said.</mark>" in html
    assert "<mark>Paper Lantern may have attacked Visma in August 2018.</mark>" in html
    assert "Asserted by Kestrel Labs" in html
    assert "another name of Gray Heron" in html
    assert "August 2018" in html
    assert html.index("Slate Egret attacked") < html.index("Paper Lantern may have")
    back = next(where for label, where in links(page) if label == "All attacks")
    assert back == "actor=Paper+Lantern"


def test_a_claim_leads_to_its_words_in_the_article(index: Index) -> None:
    page = page_at("timeline", incident=incident_of(index, "Marsh Clinic"))
    (where,) = [where for label, where in links(page) if label == "Read it in its article"]
    article, at = (part.partition("=")[2] for part in where.split("&"))
    opened = page_at("articles", article=article, at=at)
    assert '<mark id="w-quote">' in shown(opened)
    assert "Somebody attacked Marsh Clinic on 4 June 2021." in shown(opened).split('<mark id="w-quote">')[1]


def test_other_names_that_count_are_said(index: Index) -> None:
    assert "Also counted: Slate Egret" in shown(page_at("timeline", actor="Gray Heron"))


def test_without_claims_the_page_says_what_to_do(small_index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    over(small_index, monkeypatch)
    page = page_at("timeline")
    assert not page.exception
    assert "not read for claims" in page.info[0].value
    assert "whodunit ingest" in page.code[0].value


def test_where_no_article_claims_anything_the_page_says_so(make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    over(make_index(ARTICLES), monkeypatch)
    page = page_at("timeline")
    assert "No article in this index says who attacked whom" in page.info[0].value
    assert "Add sources" in [label for label, _ in links(page)]


def test_without_an_index_the_way_to_one_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODUNIT_INDEX", str(tmp_path / "none"))
    page = page_at("timeline")
    assert not page.exception
    assert page.error
    assert "Add sources here" in [label for label, _ in links(page)]


# The parts


def test_the_chart_stays_the_same_when_an_incident_is_chosen(index: Index) -> None:
    rows = timeline_rows(index.claims())
    first, second = (timeline_chart(rows, attackers=busiest(rows, limit=9), ink="#000").to_dict() for _ in range(2))
    assert first == second
    assert {param["name"] for param in first["params"]} == {"chosen", "zoom"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_quotes_stay_words_in_html_and_data_in_charts(built: Index, text: str) -> None:
    from dataclasses import replace

    one = built.claims()[0]
    told = replace(one, claim=replace(one.claim, attacker=text, victim=text, asserted_by=text, quote=text, actors=(text,)))
    html = claim_html(told, again=False)
    for part in ("<div", "</div>", "<span", "</span>", "<blockquote", "</blockquote>", "<mark>", "</mark>", "<a class=", "</a>"):
        html = html.replace(part, "")
    assert "<" not in html
    (event,) = incidents([told])
    assert incident_title(event)
    rows = timeline_rows([told])
    for chart in (timeline_chart(rows, attackers=busiest(rows, limit=9), ink="#000"), *(draw(graph_links(rows), ink="#000") for draw in (graph_chart, victims_chart) if graph_links(rows))):  # fmt: skip
        chart.to_json()


def test_the_legend_has_the_colours_that_are_drawn() -> None:
    assert legend_html({"asserted"}).count("w-key") == 1
