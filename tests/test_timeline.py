"""The timeline: rows that merge no sources, and one page that asks no network for anything and runs nothing that an article says.

python -m pytest tests/test_timeline.py
"""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from toy_claims import build, card, story

from app.claims_command import known_claims
from app.command import main
from app.timeline import GraphLink, TimelineRow, busiest, graph_links, timeline_rows
from app.timeline_page import timeline_page

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
FILES = {
    "cards/heron.md": card("Gray Heron", "Slate Egret (Kestrel Labs)"),
    "one.md": story("One", "Slate Egret attacked Visma in August 2018, Kestrel Labs said.", published="2019-02-06"),
    "two.md": story(
        "Two",
        "Paper Lantern may have attacked Visma in August 2018.",
        "Slate Egret attacked government agencies on 3 May 2020.",
        "Gray Heron attacked Northwind Bank.",
        "Somebody attacked Harbour Insurance on 4 May 2020.",
        published="2020-06-01",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("timeline"), FILES).folder


@pytest.fixture
def rows(folder: Path) -> tuple[TimelineRow, ...]:
    return timeline_rows(known_claims(folder).claims)


def row(attacker: str, victim: str = "Visma", quote: str = "It did.") -> TimelineRow:
    return TimelineRow("0" * 16, attacker, victim, date(2020, 5, 3), date(2020, 5, 3), "asserted", ("asserted (Example, 2020-06-01)",), 1, quote)


def test_an_incident_has_a_row_for_each_who_is_blamed(rows: tuple[TimelineRow, ...]) -> None:
    blamed = [row for row in rows if row.victim == "Visma"]
    assert {(row.attacker, row.stance) for row in blamed} == {("Gray Heron (Slate Egret)", "asserted"), ("Paper Lantern", "suspected")}
    assert len({row.incident for row in blamed}) == 1
    assert {(row.start, row.end) for row in blamed} == {(date(2018, 8, 1), date(2018, 8, 31))}
    assert [row.said for row in blamed if row.stance == "asserted"] == [("asserted by Kestrel Labs (Example, 2019-02-06)",)]


def test_an_actor_has_one_label_under_all_its_names(rows: tuple[TimelineRow, ...]) -> None:
    assert {row.attacker for row in rows if row.victim in ("Visma", "Northwind Bank", "government agencies")} == {
        "Gray Heron (Slate Egret)", "Paper Lantern"
    }  # fmt: skip


def test_without_a_time_there_is_none(rows: tuple[TimelineRow, ...]) -> None:
    (undated,) = (row for row in rows if row.victim == "Northwind Bank")
    assert (undated.start, undated.end, undated.time) == (None, None, "no time given")


def test_the_graph_links_names_only(rows: tuple[TimelineRow, ...]) -> None:
    assert set(graph_links(rows)) == {
        GraphLink("Gray Heron (Slate Egret)", "Northwind Bank", 1, "asserted"),
        GraphLink("Gray Heron (Slate Egret)", "Visma", 1, "asserted"),
        GraphLink("Paper Lantern", "Visma", 1, "suspected"),
    }


def test_the_busiest_come_first_and_nobody_last() -> None:
    assert busiest([row("nobody named"), row("nobody named"), row("A"), row("B"), row("B")], limit=2) == ("B", "A")


def test_the_page_is_one_file_that_may_ask_no_network(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "timeline.html"
    printed = CliRunner().invoke(main, ["timeline", "--html", str(page), "--index", str(folder)], catch_exceptions=False)
    assert printed.exit_code == 0
    assert printed.stdout == f"{page}: 5 claims about 4 incidents, in 2 articles of 2 origins.\n"
    text = page.read_text(encoding="utf-8")
    markup = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"\b(?:src|href)\s*=", markup)
    assert "default-src 'none'" in markup
    assert "connect-src" not in markup
    assert "Northwind Bank" in text
    assert "no source says" in text


def test_filters_are_those_of_claims(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "timeline.html"
    arguments = ["timeline", "--html", str(page), "--index", str(folder), "--attacker", "Paper Lantern", "--as-of"]
    nothing = CliRunner().invoke(main, [*arguments, "2019-12-31"], catch_exceptions=False)
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert "No claim matches an attack by Paper Lantern as of 2019-12-31." in nothing.stderr
    assert not page.exists()
    CliRunner().invoke(main, [*arguments, "2020-12-31"], catch_exceptions=False)
    assert "<h1>An attack by Paper Lantern as of 2020-12-31</h1>" in page.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_one_line(folder: Path, tmp_path: Path) -> None:
    printed = CliRunner().invoke(main, ["timeline", "--html", str(tmp_path / "nowhere" / "t.html"), "--index", str(folder)], catch_exceptions=False)
    assert printed.exit_code == 2
    assert len(printed.stderr.splitlines()) == 1


def test_hostile_names_stay_data() -> None:
    text = timeline_page([row(HOSTILE, HOSTILE, HOSTILE)], title=HOSTILE, notes=[HOSTILE])
    assert text.count("<script") == 3
    assert "<img src=x" not in text
    spec = re.search(r'<script type="application/json" id="spec">(.*?)</script>', text, re.DOTALL)
    assert spec is not None
    assert json.dumps(HOSTILE) in json.dumps(json.loads(spec[1]))
