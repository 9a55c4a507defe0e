"""Exports: each form holds the answer and its quotes, can be read by those who read that form, and lets hostile text do nothing.

python -m pytest tests/test_exporting.py
"""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest
import stix2
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.exporting import FORMS, as_bibtex, as_csl, as_markdown
from app.nouns import Answer, AnswerStatus, Citation, Question, Statement
from app.stix_export import UNDATED, as_stix
from ingest.nouns import Article, Claim, When

MADE = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOSTILE = (
    "![x](https://evil.example/p.png) [click](javascript:alert(1)) <img src=x onerror=alert(1)> <b>bold</b> https://evil.example www.evil.example "
    "a@evil.example &lt;i&gt; `code` *em* __strong__ ~~gone~~ | $x$ # head\n# head\n- item\n1. one\n}, author = {Nobody}\n@misc{x, \\input{/etc/passwd} \\ ^ % & _"
    "\u202e[1]: https://evil.example\x00"
)  # fmt: skip


def article(number: int, text: str, *, title: str = "Port closed", published: date | None = date(2023, 5, 8), url: str | None = None) -> Article:
    key = f"{number:016x}"
    address = f"https://news.example/{number}" if url is None else url
    return Article(key, f"{key}.md", (f"{key}.md",), "text", title, text, "kept", "", address, "Tidewater Post", "Ada Strand", published, (), key)


def answer(*articles: Article, status: AnswerStatus = "answered", question: str = "Who did it?") -> Answer:
    citations = tuple(Citation(n, source, 0, len(source.text), source.text) for n, source in enumerate(articles, start=1))
    statements = tuple(Statement(" ".join(citation.quote.split()), (citation.number,)) for citation in citations)
    return Answer(Question(question, question), status, statements, citations)


def markdown_tokens(text: str) -> list[str]:
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    return [token.type for block in parsed for token in [block, *(block.children or [])]]


def test_markdown_has_the_answer_its_markers_and_its_sources() -> None:
    text = as_markdown(replace(answer(article(1, "Gray Heron broke in."), article(2, "It denied this.")), note="A note."))
    assert "Gray Heron broke in. [1] It denied this. [2]" in text
    assert "[1] Port closed · Tidewater Post · 8 May 2023 · <https://news.example/1>\n\n> Gray Heron broke in." in text
    assert "*A note.*" in text


def test_hostile_text_stays_text_in_markdown() -> None:
    text = as_markdown(answer(article(1, HOSTILE, title=HOSTILE, url="javascript:alert(1)"), question=HOSTILE))
    kinds = set(markdown_tokens(text))
    assert kinds <= {
        "heading_open",
        "heading_close",
        "inline",
        "paragraph_open",
        "paragraph_close",
        "blockquote_open",
        "blockquote_close",
        "text",
        "text_special",
    }
    assert "://" not in text
    assert "www." not in text
    shown = unescape(re.sub(r"<[^>]*>", "", MarkdownIt().render(text)))
    assert "![x](https://evil.example/p.png)" in shown


@given(st.text(max_size=60))
def test_no_text_makes_a_link_an_image_or_html_in_markdown(text: str) -> None:
    kinds = markdown_tokens(as_markdown(answer(article(1, text or "x", title=text, url=""), question=text)))
    assert not {"link_open", "image", "html_inline", "html_block", "fence", "code_block", "bullet_list_open", "ordered_list_open", "em_open"} & set(
        kinds
    )


def entries(text: str) -> list[str]:
    """The entries of a BibTeX file; fails where braces do not match."""
    found, depth, start = [], 0, 0
    for at, character in enumerate(text):
        escaped = at > 0 and text[at - 1] == "\\"
        if character == "{" and not escaped:
            start = text.rindex("@", 0, at) if not depth else start
            depth += 1
        elif character == "}" and not escaped:
            depth -= 1
            assert depth >= 0
            if not depth:
                found.append(text[start : at + 1])
    assert depth == 0
    return found


def test_bibtex_has_one_entry_for_each_article_with_its_quotes() -> None:
    source = article(1, "Gray Heron broke in.")
    twice = answer(source, source, article(2, "It denied this.", published=None))
    first, second = entries(as_bibtex(twice))
    assert first.startswith("@misc{tidewaterpost202300000000,")
    for field in ("title = {{Port closed}}", "author = {{Ada Strand}}", "year = {2023}", "month = may", "url = {https://news.example/1}"):
        assert field in first
    assert "year" not in second


@given(st.text(max_size=60))
def test_no_text_ends_a_bibtex_entry_or_speaks_to_tex(text: str) -> None:
    made = as_bibtex(answer(article(1, text or "x", title=text, url="https://news.example/{}\\%")))
    assert len(entries(made)) == 1
    title = re.search(r"title = \{\{(.*?)\}\},\n", made)
    commands = re.findall(r"\\([A-Za-z]+)", title[1]) if title else []
    assert set(commands) <= {"textbackslash", "textasciitilde", "textasciicircum"}


def test_hostile_text_stays_text_in_bibtex_and_csl() -> None:
    hostile = answer(article(1, HOSTILE, title=HOSTILE, url="javascript:alert(1)"))
    assert len(entries(as_bibtex(hostile))) == 1
    assert r"\input" not in as_bibtex(hostile)
    item = json.loads(as_csl(hostile))[0]
    assert not re.search(r"<[a-z/!]", item["title"] + item["note"])
    assert "URL" not in item


def test_csl_names_title_place_author_day_and_quote() -> None:
    item = json.loads(as_csl(answer(article(1, "Gray Heron broke in."))))[0]
    assert item["type"] == "webpage"
    assert item["title"] == "Port closed"
    assert item["container-title"] == "Tidewater Post"
    assert item["author"] == [{"literal": "Ada Strand"}]
    assert item["issued"] == {"date-parts": [[2023, 5, 8]]}
    assert item["URL"] == "https://news.example/1"
    assert item["note"] == "“Gray Heron broke in.”"


def stix_objects(text: str, kind: str) -> list[stix2.base._STIXBase]:
    return [thing for thing in stix2.parse(text, allow_custom=False).objects if thing.type == kind]


def test_a_stix_bundle_has_a_report_for_each_article_and_the_answer_as_a_note() -> None:
    source = article(1, "Gray Heron broke in.")
    text = as_stix(answer(source, source, article(2, "It denied this.", published=None)), made=MADE)
    reports = {report.external_references[0].url: report for report in stix_objects(text, "report")}
    assert set(reports) == {"https://news.example/1", "https://news.example/2"}
    assert reports["https://news.example/1"].published == datetime(2023, 5, 8, tzinfo=UTC)
    assert reports["https://news.example/2"].labels == [UNDATED]
    said, *quotes = stix_objects(text, "note")
    assert said.content == "Gray Heron broke in. [1] Gray Heron broke in. [2] It denied this. [3]"
    assert set(said.object_refs) == {report.id for report in reports.values()}
    assert [quote.content for quote in quotes] == ["Gray Heron broke in.", "It denied this."]
    creator = next(thing for thing in stix_objects(text, "identity") if thing.name == "Whodunit")
    assert all(report.created_by_ref == creator.id for report in reports.values())
    assert stix_objects(text, "opinion") == []


def test_a_dispute_takes_no_side_and_a_denial_is_the_deniers_opinion() -> None:
    disputed = answer(article(1, "Gray Heron broke in."), article(2, "Gray Heron denied this."), status="disputed")
    denial = Claim(f"{2:016x}", "Gray Heron", (), None, None, "Gray Heron", "denied", "intrusion", 0, 23, "Gray Heron denied this.")
    text = as_stix(replace(disputed, claims=(denial,)), made=MADE)
    ours, theirs = stix_objects(text, "opinion")
    first, second = (report.id for report in stix_objects(text, "report"))
    assert (ours.opinion, ours.object_refs) == ("neutral", [first, second])
    assert (theirs.opinion, theirs.object_refs, theirs.authors) == ("disagree", [first], ["Gray Heron"])


def test_the_same_answer_has_the_same_ids_whenever_it_is_exported() -> None:
    made = [as_stix(answer(article(1, "Gray Heron broke in.")), made=moment) for moment in (MADE, MADE, datetime(2026, 9, 1, tzinfo=UTC))]
    assert made[0] == made[1]
    first, later = (stix2.parse(text).objects for text in made[1:])
    assert [thing.id for thing in first] == [thing.id for thing in later]
    assert all(old.created == new.created and old.modified < new.modified for old, new in zip(first, later, strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_without_sources_is_exported_too(form: str) -> None:
    silent = Answer(Question("Who?", "Who?"), "not_in_corpus", (Statement("The articles do not say.", ()),))
    made = FORMS[form](silent)
    if form == "stix":
        assert stix_objects(made, "note")[0].content == "The articles do not say."
    elif form == "csl":
        assert json.loads(made) == []
    else:
        assert ("The articles do not say." in made) == (form == "markdown")


def test_hostile_text_is_a_valid_stix_bundle() -> None:
    text = as_stix(answer(article(1, HOSTILE, title=HOSTILE, url="javascript:alert(1)"), question=HOSTILE), made=MADE)
    (report,) = stix_objects(text, "report")
    assert "url" not in report.external_references[0]
    assert "\u202e" not in text


def test_an_answers_claims_come_along_with_attacker_victim_and_denial() -> None:
    told = answer(article(1, "Gray Heron hit Visma."), article(2, "Gray Heron denied this."), status="disputed")
    when = When(date(2018, 8, 1), date(2018, 8, 31), "month", "in August 2018")
    claims = (
        Claim(f"{1:016x}", "Gray Heron", ("Gray Heron",), "Visma", when, None, "asserted", "intrusion", 0, 21, "Gray Heron hit Visma.", "ab12"),
        Claim(
            f"{2:016x}", "Gray Heron", ("Gray Heron",), "Visma", None, "Gray Heron", "denied", "intrusion", 0, 23, "Gray Heron denied this.", "ab12"
        ),
        Claim("not among the articles", "Paper Lantern", (), "Visma", None, None, "asserted", "intrusion", 0, 1, "x", "ab12"),
    )
    text = as_stix(replace(told, claims=claims), made=MADE)
    (attacker,) = stix_objects(text, "intrusion-set")
    (campaign,) = stix_objects(text, "campaign")
    assert (attacker.name, campaign.name) == ("Gray Heron", "Attack on Visma, 2018-08")
    assert {(link.relationship_type, link.source_ref) for link in stix_objects(text, "relationship")} == {
        ("attributed-to", campaign.id), ("targets", campaign.id)
    }  # fmt: skip
    ours, theirs = stix_objects(text, "opinion")
    attribution = next(link for link in stix_objects(text, "relationship") if link.relationship_type == "attributed-to")
    assert (ours.opinion, theirs.opinion, theirs.object_refs) == ("neutral", "disagree", [attribution.id])
    assert all(campaign.id in report.object_refs for report in stix_objects(text, "report"))
