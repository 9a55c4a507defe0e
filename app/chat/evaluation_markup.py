"""The HTML of an evaluation. Pure: figures and texts in, HTML out, every word of it through `app.plain`."""

from collections.abc import Sequence
from datetime import date

from app.evaluation_runs import Case, Evidence, Share, TypeFigures
from app.plain import as_html, day, link_html

_NOTHING = "·"


def table_html(rows: Sequence[TypeFigures]) -> str:
    """The figures by type, the row for all last; shares in per cent with their 95% interval."""
    heads = ("", "questions", "right", "supported", "article found", "rejected", "median ms", "p95 ms")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return f'<div class="w-scroll" tabindex="0" role="region" aria-label="Figures by type"><table class="w-table"><thead><tr>{head}</tr></thead><tbody>{"".join(map(_row, rows))}</tbody></table></div>'


def _row(row: TypeFigures) -> str:
    shares = "".join(f"<td>{_share(share)}</td>" for share in (row.right, row.supported, row.hit5, row.rejected))
    times = "".join(f"<td>{_NOTHING if value is None else f'{value:,.0f}'}</td>" for value in (row.p50, row.p95))
    return f"<tr><td>{as_html(row.type)}</td><td>{row.questions:,}</td>{shares}{times}</tr>"


def _share(share: Share | None) -> str:
    if share is None:
        return _NOTHING
    return f'{100 * share.value:.0f}<span class="w-range">{100 * share.low:.0f}–{100 * share.high:.0f}</span>'


def answer_html(case: Case) -> str:
    """What was answered, and why that is not all it should be."""
    earlier = "".join(f'<div class="w-facts">after: {as_html(turn)}</div>' for turn in case.history)
    reasons = "".join(f"<li>{as_html(reason)}</li>" for reason in case.reasons)
    listed = f'<ul class="w-facts-list w-unread">{reasons}</ul>' if reasons else ""
    facts = f"{as_html(case.id)} · {as_html(case.type)} · {as_html(case.verdict)} · {1000 * case.seconds:,.0f} ms"
    return f'{earlier}<p class="w-said">{as_html(case.answer or "No answer.")}</p><div class="w-facts">{facts}</div>{listed}'


def facts_html(case: Case) -> str:
    """The facts that a right answer states and where each stood, and what must not be said."""
    if not case.facts:
        return '<div class="w-heading">Expected</div><ul class="w-facts-list"><li>That the corpus does not say</li></ul>'
    rows = "".join(
        f'<li><b class="{"w-kept" if fact.early else "w-unread"}">{"✓" if fact.early else "✗"}</b> {as_html(fact.text)}'
        f' <span class="w-facts">{_stands(fact.early, fact.in_quotes)}</span></li>'
        for fact in case.facts
    )
    wrong = f'<div class="w-facts">must not say: {as_html(", ".join(case.wrong))}</div>' if case.wrong else ""
    return f'<div class="w-heading">Expected</div><ul class="w-facts-list">{rows}</ul>{wrong}'


def _stands(early: bool, in_quotes: bool) -> str:
    if early:
        return "said, and in a quote" if in_quotes else "said, in no quote"
    return "not said, though a quote has it" if in_quotes else "not said"


def _published(said: str | None) -> str:
    """The day as people write it; what is no ISO date, as it stands in the run's file."""
    try:
        return day(date.fromisoformat(said)) if said else ""
    except ValueError:
        return said or ""


def evidence_html(evidence: Evidence) -> str:
    """A citation: the quote, the file, the day, and the link."""
    facts = [as_html(evidence.article), as_html(_published(evidence.published)), link_html(evidence.url)]
    return (
        f'<div class="w-evidence"><blockquote><span class="w-number">{evidence.number}</span> {as_html(evidence.quote)}</blockquote>'
        f'<div class="w-facts">{" · ".join(fact for fact in facts if fact)}</div></div>'
    )
