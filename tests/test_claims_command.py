"""`whodunit claims` and `whodunit actor`: the right claims under every name, as of any day, with who says so; JSON, CSV and STIX that others can read.

python -m pytest tests/test_claims_command.py
"""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import stix2
from click.testing import CliRunner, Result
from conftest import ARTICLES, TODAY, ToyEmbedder, write_corpus
from toy_claims import build, card, story

from app.actor_profile import actor_report
from app.claim_saying import by_whom, claims_csv, span
from app.claims_command import KnownClaims, known_claims
from app.command import main
from app.stix_export import claims_as_stix
from ingest.actors.actor_index import ActorIndex
from ingest.actors.merging import known_actors
from ingest.claims.selecting import ClaimFilter
from ingest.index import Index
from ingest.nouns import Stance
from ingest.pipeline import ingest, roots_of
from ingest.store.ledger import Ledger

KEYS = "article attacker actors victim when asserted_by stance kind quote start end published incident".split()
FILES = {
    "cards/heron.md": card("Gray Heron", "Slate Egret (Kestrel Labs)", "Mottled Crake (Tidewater)"),
    "cards/lantern.md": card("Paper Lantern", "Mottled Crake (Others)", country="Lemuria"),
    "2019.md": story("Visma hit", "Gray Heron may have attacked Visma in August 2018, Kestrel Labs said.", published="2019-02-06"),
    "2021.md": story(
        "Who hit Visma",
        "Paper Lantern attacked Visma in August 2018, Tidewater Institute said.",
        "Gray Heron denied attacking Visma in August 2018.",
        published="2021-06-18",
    ),
    "bank.md": story(
        "Banks",
        "Slate Egret attacked Northwind Bank on 3 May 2023, Kestrel Labs said.",
        "Somebody attacked the Norwegian parliament in June 2023.",
        "Mottled Crake attacked Harbour Insurance.",
        published="2023-07-01",
    ),
    "boast.md": story("Boast", "Thin Reed claimed the attack on =Spreadsheet Ltd on 4 May 2023.", published="2023-05-05"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that only reads."""
    return build(tmp_path_factory.mktemp("claims"), FILES).folder


@pytest.fixture
def known(folder: Path) -> KnownClaims:
    return known_claims(folder)


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--index", str(folder)], catch_exceptions=False)


def found(folder: Path, *arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(folder, "claims", "--json", *arguments).stdout.splitlines()]


def victims(folder: Path, *arguments: str) -> list[object]:
    return [claim["victim"] for claim in found(folder, *arguments)]


def test_a_line_of_json_is_what_the_contract_says(folder: Path) -> None:
    claims = found(folder, "--attacker", "Gray Heron", "--stance", "suspected")
    (claim,) = claims
    assert list(claim) == KEYS
    assert claim["article"] == "2019.md"
    assert (claim["attacker"], claim["actors"], claim["victim"]) == ("Gray Heron", ["Gray Heron"], "Visma")
    assert claim["when"] == {"start": "2018-08-01", "end": "2018-08-31", "grain": "month", "text": "August 2018"}
    assert (claim["asserted_by"], claim["stance"], claim["published"]) == ("Kestrel Labs", "suspected", "2019-02-06")
    article = next(article for article in Ledger(folder).articles() if article.path == "2019.md")
    assert claim["quote"] == article.text[claim["start"] : claim["end"]]  # type: ignore[misc]


@pytest.mark.parametrize("name", ["Gray Heron", "gray heron", "Grey Heron", "Slate Egret", "the Slate Egret group"])
def test_every_name_of_an_actor_finds_the_same_attacks(folder: Path, name: str) -> None:
    assert victims(folder, "--attacker", name) == ["Visma", "Visma", "Northwind Bank", "Harbour Insurance"]


def test_an_ambiguous_name_lists_the_claims_of_each_and_says_so(folder: Path) -> None:
    printed = run(folder, "claims", "--attacker", "Mottled Crake")
    assert "Mottled Crake is a name of several actors" in printed.stderr
    assert "Gray Heron, Paper Lantern" in printed.stderr
    assert victims(folder, "--attacker", "Mottled Crake") == ["Visma", "Visma", "Visma", "Northwind Bank", "Harbour Insurance"]
    (claim,) = found(folder, "--victim", "Harbour Insurance")
    assert claim["actors"] == ["Gray Heron", "Paper Lantern"]


def test_names_are_not_followed_further_than_one_hop(folder: Path) -> None:
    assert "Northwind Bank" not in victims(folder, "--attacker", "Paper Lantern")
    assert "Harbour Insurance" in victims(folder, "--attacker", "Paper Lantern"), "Mottled Crake is one of its own names"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("Visma", 3), ("visma", 3), ("Nortwind Bank", 1), ("Norway", 1), ("parliament", 1), ("Northwind", 1), ("bank", 1), ("Nobody", 0)],
)
def test_victims_are_found_by_name_part_country_or_misspelling(folder: Path, asked: str, expected: int) -> None:
    assert len(victims(folder, "--victim", asked)) == expected


def test_as_of_hears_only_what_was_published_by_then(folder: Path) -> None:
    then = found(folder, "--victim", "Visma", "--as-of", "2019-03-01")
    later = found(folder, "--victim", "Visma", "--as-of", "2021-07-01")
    assert [(claim["attacker"], claim["stance"]) for claim in then] == [("Gray Heron", "suspected")]
    assert {(claim["attacker"], claim["stance"]) for claim in later} == {
        ("Gray Heron", "suspected"), ("Gray Heron", "denied"), ("Paper Lantern", "asserted")
    }  # fmt: skip
    assert len({claim["incident"] for claim in later}) == 1, "accounts that contradict each other are of one incident"


def test_since_and_until_are_of_the_event_and_publication_dates_nothing(folder: Path) -> None:
    assert victims(folder, "--since", "2023-05-01", "--until", "2023-05-31") == ["Northwind Bank", "=Spreadsheet Ltd"]
    assert victims(folder, "--since", "2018-08-15", "--until", "2018-08-20") == ["Visma"] * 3, "a month that overlaps"
    assert "Harbour Insurance" not in victims(folder, "--since", "2023-01-01")
    assert "Harbour Insurance" in victims(folder, "--until", "2023-12-31"), "it was told by then, so it had happened"
    assert "Harbour Insurance" not in victims(folder, "--until", "2023-06-30")
    assert "1 more claim gives no time and was left out" in run(folder, "claims", "--since", "2023-01-01").stderr


def test_lines_are_aligned_dated_and_cited_with_one_incident_together(folder: Path) -> None:
    printed = run(folder, "claims", "--victim", "Visma")
    lines = printed.stdout.splitlines()
    assert lines[0] == "• 2018-08  Gray Heron → Visma     suspected by Kestrel Labs        (Example, 2019-02-06)"
    assert lines[1] == "  2018-08  Paper Lantern → Visma  asserted by Tidewater Institute  (Example, 2021-06-18)"
    assert lines[2] == "  2018-08  Gray Heron → Visma     denied                           (Example, 2021-06-18)"
    assert lines[3] == "3 claims about 1 incident, in 2 articles of 2 origins."
    assert printed.exit_code == 0


def test_where_nothing_matches_one_line_says_what_was_looked_for(folder: Path) -> None:
    printed = run(folder, "claims", "--attacker", "Gray Herron", "--victim", "Atlantis", "--since", "2020-01-01")
    assert printed.exit_code == 0
    assert printed.stdout == ""
    assert printed.stderr.splitlines()[0] == "No claim matches an attack by Gray Herron on Atlantis since 2020-01-01."
    assert "Gray Heron" in printed.stderr.splitlines()[1]


def test_contradicting_options_are_refused(folder: Path) -> None:
    assert run(folder, "claims", "--json", "--csv").exit_code == 2
    assert "no day is in between" in run(folder, "claims", "--since", "2023-01-01", "--until", "2022-01-01").stderr


def test_an_index_that_was_never_read_for_claims_says_what_to_do(tmp_path: Path) -> None:
    ingest(roots_of([write_corpus(tmp_path / "c", ARTICLES)]), tmp_path / "index", embedder=ToyEmbedder(), today=TODAY)
    printed = run(tmp_path / "index", "claims")
    assert printed.exit_code == 2
    assert "whodunit ingest" in printed.stderr
    assert len(printed.stderr.splitlines()) == 1


def test_csv_holds_every_claim_and_no_cell_is_a_formula(folder: Path, known: KnownClaims) -> None:
    rows = list(csv.DictReader(io.StringIO(run(folder, "claims", "--csv").stdout)))
    assert len(rows) == 7
    assert {row["victim"] for row in rows} >= {"Visma", "'=Spreadsheet Ltd"}
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row.values() if cell)
    assert claims_csv(()).count("\n") == 1


def test_the_stix_bundle_validates_and_keeps_the_sides_apart(folder: Path) -> None:
    bundle = stix2.parse(run(folder, "claims", "--stix").stdout, allow_custom=False)
    there = {thing.id: thing for thing in bundle.objects}
    named = {thing.name: thing for thing in bundle.objects if thing.type == "intrusion-set"}
    assert set(named) == {"Gray Heron", "Paper Lantern", "Mottled Crake", "Thin Reed"}
    assert "Slate Egret" in named["Gray Heron"].aliases
    assert "Gray Heron, Paper Lantern" in named["Mottled Crake"].description, "an ambiguous name is merged with nobody"
    for thing in bundle.objects:
        refers = [*(thing.get("object_refs") or []), *(thing[end] for end in ("source_ref", "target_ref") if end in thing)]
        assert all(reference in there for reference in refers)
    (opinion,) = (thing for thing in bundle.objects if thing.type == "opinion")
    assert opinion.opinion == "disagree"
    assert there[opinion.object_refs[0]].target_ref == named["Gray Heron"].id
    campaigns = {thing.name: thing for thing in bundle.objects if thing.type == "campaign"}
    assert campaigns["Attack on Visma, 2018-08"].first_seen == datetime(2018, 8, 1, tzinfo=UTC)
    assert len([thing for thing in bundle.objects if thing.type == "report"]) == 4


def test_the_same_claims_have_the_same_stix_ids(known: KnownClaims) -> None:
    made = [claims_as_stix(known.claims, known.actors, made=datetime(2026, 5, day, tzinfo=UTC)) for day in (1, 2)]
    first, later = ([thing.id for thing in stix2.parse(text).objects] for text in made)
    assert first == later


def test_what_is_only_denied_is_no_attribution(tmp_path: Path) -> None:
    index = build(tmp_path, {"a.md": story("Denial", "Gray Heron denied attacking Visma on 3 May 2023.")})
    bundle = stix2.parse(claims_as_stix(index.claims(), index.actors))
    kinds = {thing.relationship_type for thing in bundle.objects if thing.type == "relationship"}
    assert kinds == {"related-to", "targets"}


def test_an_actor_is_shown_with_names_their_users_attacks_and_articles(folder: Path) -> None:
    printed = run(folder, "actor", "slate egret")
    assert printed.exit_code == 0
    assert printed.stdout.startswith("Gray Heron (Atlantis)\n")
    assert "Slate Egret (Kestrel Labs)" in printed.stdout
    assert "Mottled Crake is also a name of Paper Lantern" in printed.stdout
    assert "• 2023-05-03  Northwind Bank, asserted by Kestrel Labs, as “Slate Egret”" not in printed.stdout
    assert "• 2023-05-03  Northwind Bank, asserted by Kestrel Labs  (Example, 2023-07-01)" in printed.stdout
    assert "Harbour Insurance, asserted, as “Mottled Crake”, which may also be Paper Lantern" in printed.stdout
    assert "2021-06-18  Example · Who hit Visma" in printed.stdout
    assert "undated     actor card · Gray Heron" in printed.stdout


def test_an_ambiguous_name_shows_its_candidates_apart(folder: Path) -> None:
    printed = run(folder, "actor", "Mottled Crake").stdout
    assert printed.startswith("Mottled Crake is a name of 2 actors.")
    heron, lantern = printed.split("\n\n")[1:]
    assert "Northwind Bank" in heron
    assert "Northwind Bank" not in lantern
    said = json.loads(run(folder, "actor", "Mottled Crake", "--json").stdout)
    assert said["ambiguous"]
    assert [candidate["name"] for candidate in said["candidates"]] == ["Gray Heron", "Paper Lantern"]
    assert [candidate["country"] for candidate in said["candidates"]] == ["Atlantis", "Lemuria"]
    assert list(said["candidates"][0]["attacks"][0]) == KEYS


def test_an_actor_as_of_a_day(folder: Path) -> None:
    ledger = Ledger(folder)
    actors = ActorIndex(known_actors(ledger.actors()))
    claims = known_claims(folder).select(ClaimFilter(published_until=date(2019, 3, 1)))
    (profile,) = actor_report("Gray Heron", ledger=ledger, actors=actors, claims=claims, until=date(2019, 3, 1)).profiles
    assert [one.claim.victim for one in profile.attacks] == ["Visma"]
    assert [article.path for article in profile.articles] == ["2019.md"]


def test_an_unknown_name_is_said_to_be_one_with_names_like_it(folder: Path) -> None:
    assert run(folder, "actor", "Grey Herons").stdout.startswith("Nobody is known by the name Grey Herons. Spelled much like it: Gray Heron")
    blamed = run(folder, "actor", "Thin Reed").stdout
    assert "Articles blame it for attacks all the same: `whodunit claims --attacker 'Thin Reed'`." in blamed


def test_the_index_filters_as_the_command_does(folder: Path, known: KnownClaims) -> None:
    index = Index(folder, ToyEmbedder())
    for wanted in (ClaimFilter(), ClaimFilter(attacker="Slate Egret"), ClaimFilter(victim="Norway"), ClaimFilter(published_until=date(2021, 7, 1))):
        assert index.claims(wanted) == known.select(wanted)


def test_status_counts_claims_and_incidents(folder: Path) -> None:
    assert "7 claims about 5 incidents, read by toy-claims." in run(folder, "status").stdout
    said = json.loads(run(folder, "status", "--json").stdout)
    assert (said["claims"], said["incidents"], said["claim_reader"]) == (7, 5, "toy-claims")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2021-05-07", "2021-05-07", "2021-05-07"), ("2021-05-01", "2021-05-31", "2021-05"), ("2020-02-01", "2020-02-29", "2020-02"),
        ("2021-01-01", "2021-12-31", "2021"), ("2014-01-01", "2021-12-31", "2014 to 2021"), ("2019-03-01", "2019-05-31", "2019-03 to 2019-05"),
        ("2021-05-07", "2021-06-02", "2021-05-07 to 2021-06-02"),
    ],
)  # fmt: skip
def test_times_are_said_in_as_few_digits_as_say_them(start: str, end: str, said: str) -> None:
    assert span(date.fromisoformat(start), date.fromisoformat(end)) == said


@pytest.mark.parametrize(
    ("stance", "by", "said"),
    [
        ("asserted", "Kestrel Labs", "asserted by Kestrel Labs"), ("self_claimed", "the Gray Heron gang", "claimed by the attacker"),
        ("self_claimed", "Kestrel Labs", "claimed by the attacker according to Kestrel Labs"), ("unattributed", None, "nobody blamed"),
    ],
)  # fmt: skip
def test_stances_are_said_in_words(known: KnownClaims, stance: Stance, by: str | None, said: str) -> None:
    claim = known.claims[0].claim
    assert by_whom(type(claim)(**{**vars(claim), "attacker": "Gray Heron", "stance": stance, "asserted_by": by})) == said
