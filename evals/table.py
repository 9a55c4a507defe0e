"""The figures as a table for a terminal: one row a type, shares in per cent with their 95% interval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.figures import Figures
from evals.intervals import Estimate

NOTHING = "·"


@dataclass(frozen=True)
class Column:
    """A column: its head, what it means (for the page), and a row's cell."""

    head: str
    meaning: str
    cell: Callable[[Figures], str]


def percent(estimate: Estimate | None) -> str:
    """ "83 76–89": the share and its interval in per cent."""
    if estimate is None:
        return NOTHING
    return f"{100 * estimate.value:.0f} {100 * estimate.low:.0f}–{100 * estimate.high:.0f}"


def whole(estimate: Estimate | None) -> str:
    """The value as a whole number, without its interval."""
    return NOTHING if estimate is None else f"{estimate.value:.0f}"


COLUMNS: tuple[Column, ...] = (
    Column("n", "questions", lambda row: str(row.n)),
    Column("strict", "every fact within the first 60 words, no wrong string there", lambda row: percent(row.strict)),
    Column("supported", "strict, and every fact stands in the cited quotes too", lambda row: percent(row.supported)),
    Column("lenient", "every fact somewhere in the answer or its quotes", lambda row: percent(row.lenient)),
    Column("hit@1", "an article that answers is the first one retrieved", lambda row: percent(row.hit1)),
    Column("hit@5", "one is among the first five", lambda row: percent(row.hit5)),
    Column("hit@10", "one is among the first ten", lambda row: percent(row.hit10)),
    Column("rejected", "questions the corpus cannot answer, rejected", lambda row: percent(row.rejected)),
    Column("false abst.", "questions the corpus can answer, rejected all the same", lambda row: percent(row.false_abstention)),
    Column("status", "disputed or unattributed, and the answer's status says so", lambda row: percent(row.stance)),
    Column("p50 ms", "median milliseconds a question", lambda row: whole(row.p50)),
    Column("p95 ms", "95th percentile of milliseconds a question", lambda row: whole(row.p95)),
    Column("words", "median words of an answer", lambda row: whole(row.words)),
    Column("not verbatim", "quotes that are not their article's words, byte by byte", lambda row: f"{row.not_verbatim}/{row.quotes}"),
)


def as_table(rows: Sequence[Figures]) -> str:
    """The table, the row for all set apart, and a line on questions that could not be scored where there are any."""
    cells = [["type", *(column.head for column in COLUMNS)], *([row.type, *(column.cell(row) for column in COLUMNS)] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths) for row in cells]
    rule = "─" * len(lines[0])
    not_scored = rows[-1].not_scored
    warning = [f"{not_scored} of {rows[-1].n} could not be scored: asking failed (results.jsonl says how)."] if not_scored else []
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1], "", "Shares in per cent with 95% intervals.", *warning])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths, strict=True)))
