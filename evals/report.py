"""report.html: a run on one self-contained page, with every question's evidence. Jinja2 stays behind this file.

Answers and quotes hold the words of strangers' pages, so the page trusts none of them: the template escapes everything, URLs stay plain
text, and a content security policy lets nothing run but the one script whose hash it names, and lets nothing be fetched at all.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.against import Comparison, points, shares
from evals.figures import ALL, Figures
from evals.grading import STRICT_WORDS, Grade
from evals.intervals import Estimate
from evals.sets import Field
from evals.table import COLUMNS, whole
from ingest.errors import WhodunitError

_HERE = Path(__file__).parent
_RETRIEVED_SHOWN = 10
_WORD = re.compile(r"\S+")
_MARKER_FIRST = re.compile(r"\[\d+\]")

# With JavaScript off every question is shown; the script only hides those that the two menus leave out.
SCRIPT = """
const menus = [...document.querySelectorAll("select")], questions = [...document.querySelectorAll("details.question")];
const show = () => {
  let shown = 0;
  for (const q of questions) {
    const fits = menus.every((m) => !m.value || q.dataset[m.name].split(" ").includes(m.value));
    q.hidden = !fits;
    shown += fits;
  }
  document.querySelector("output").textContent = shown + " of " + questions.length + " questions";
};
menus.forEach((m) => m.addEventListener("change", show));
show();
"""


@dataclass(frozen=True)
class Tile:
    """A headline figure. text: as shown; estimate: the share behind it where there is an interval to draw."""

    name: str
    text: str
    estimate: Estimate | None = None


@dataclass(frozen=True)
class Case:
    """A question as the page shows it.

    reasons: see `reasons`. early, late: the answer up to its 60th word, and the rest. flip: the verdicts before and now where they differ.
    """

    grade: Grade
    reasons: tuple[str, ...]
    early: str
    late: str
    flip: str

    @property
    def failed(self) -> bool:
        """Whether the answer is wrong, missing, without support or misquoted; how its articles ranked is another matter."""
        grade = self.grade
        return grade.verdict != "right" or (grade.strict and not grade.supported) or bool(grade.result.not_verbatim)


def render(title: str, rows: Sequence[Figures], grades: Sequence[Grade], comparison: Comparison | None = None, *, field: Field = "question") -> str:
    """The whole page as HTML. title: what was run on what. field: the wording that was asked and is shown."""
    flips = {flip.now.question.id: f"{flip.before} → {flip.now.verdict}" for flip in comparison.flips} if comparison else {}
    style = (_HERE / "report.css").read_text(encoding="utf-8")
    pages = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return pages.get_template("report.html").render(
        title=title,
        field=field,
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(SCRIPT)}; base-uri 'none'; form-action 'none'",
        # Our own files, not article text: the only two things on the page that are not escaped.
        style=Markup(style),
        script=Markup(SCRIPT),
        tiles=_tiles(rows[-1]),
        columns=COLUMNS,
        rows=rows,
        all=ALL,
        types=[row.type for row in rows[:-1]],
        verdicts=sorted({grade.verdict for grade in grades}),
        cases=[_case(grade, flips.get(grade.question.id, "")) for grade in grades],
        shown=_RETRIEVED_SHOWN,
        comparison=comparison,
        differences=[(name, points(value)) for name, value in shares(comparison)] if comparison else [],
    )


def write(path: Path, page: str) -> None:
    """Write the page; a file name that no UTF-8 text can hold is shown with escapes. Raises WhodunitError."""
    try:
        path.write_text(page, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise WhodunitError(f"Cannot write the report {path}: {error.strerror}.") from error


def reasons(grade: Grade) -> tuple[str, ...]:
    """Why an answer is not all that it should be, one sentence a reason; nothing where it is."""
    question, result = grade.question, grade.result
    if not grade.scored:
        return (f"Asking failed: {result.error}",)
    said: list[str] = []
    if question.answerable and grade.abstained:
        said.append("Rejected, although the corpus holds the answer.")
    if not question.answerable and not grade.abstained:
        said.append("Answered, although the corpus does not hold the answer.")
    if question.answerable and not grade.abstained:
        said += [_missing(fact.wordings[0], fact.in_answer, fact.in_quotes) for fact in grade.facts if not fact.early]
        said += [f"States “{string}”, which is wrong." for string in grade.wrong]
        said += [f"No quote supports “{fact.wordings[0]}”." for fact in grade.facts if fact.early and not fact.in_quotes]
    if question.docs and grade.rank is None:
        said.append("No article that answers was retrieved.")
    elif question.docs and grade.rank != 1:
        said.append(f"The first article that answers was retrieved at rank {grade.rank}.")
    if result.not_verbatim:
        said.append(f"Quotes that are not their article's words: {', '.join(map(str, result.not_verbatim))}.")
    return tuple(said)


def _missing(fact: str, in_answer: bool, in_quotes: bool) -> str:
    if in_answer:
        return f"“{fact}” stands only after the first {STRICT_WORDS} words."
    return f"“{fact}” stands in a quote but not in the answer." if in_quotes else f"“{fact}” stands neither in the answer nor in a quote."


def _case(grade: Grade, flip: str) -> Case:
    answer = grade.result.answer
    words = [word for word in _WORD.finditer(answer) if not _MARKER_FIRST.match(word.group())]
    cut = words[STRICT_WORDS].start() if len(words) > STRICT_WORDS else len(answer)
    return Case(grade=grade, reasons=reasons(grade), early=answer[:cut], late=answer[cut:], flip=flip)


def _tiles(total: Figures) -> list[Tile]:
    named = {
        "strict": total.strict,
        "supported": total.supported,
        "lenient": total.lenient,
        "hit@1": total.hit1,
        "hit@5": total.hit5,
        "rejected": total.rejected,
        "false abstention": total.false_abstention,
    }
    tiles = [Tile(name, f"{100 * estimate.value:.1f}%", estimate) for name, estimate in named.items() if estimate is not None]
    tiles += [Tile("median / p95", f"{whole(total.p50)} / {whole(total.p95)} ms"), Tile("median answer", f"{whole(total.words)} words")]
    tiles.append(Tile("quotes not verbatim", f"{total.not_verbatim} of {total.quotes}"))
    return [*tiles, Tile("not scored", str(total.not_scored))] if total.not_scored else tiles


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
