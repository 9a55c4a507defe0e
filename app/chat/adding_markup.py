"""The HTML of sources being added: the stages, how far each file is, and what became of it. Pure: every word through `app.plain`."""

from collections.abc import Sequence

from app.chat.file_progress import SETTLED, FileProgress
from app.chat.writer_process import Result, Step
from app.plain import as_html
from ingest.progress import FileState

SHOWN = 200
"""Lines shown at most; the articles page has them all."""
_STAGES = {
    "reading": ("Reading", "file"),
    "settling": ("Cleaning, dating, embedding", "article"),
    "claims": ("Reading who attacked whom", "article"),
    "publishing": ("Making them searchable", "passage"),
}
_VERDICTS = {"kept": "Added", "quarantined": "Quarantined", "unread": "Not read"}
_STATES: dict[FileState, str] = {
    "found": "Fetched", "reading": "Reading", "read": "Read", "embedding": "Embedding", "kept": "Embedded", "quarantined": "Quarantined",
    "unread": "Not read", "unchanged": "Unchanged",
}  # fmt: skip
_ACTIVE: tuple[FileState, ...] = ("reading", "embedding")


def many(count: int, unit: str) -> str:
    """ "1 file", "2 files"."""
    plural = f"{unit}es" if unit.endswith("s") else f"{unit}s"
    return f"{count:,} {unit if count == 1 else plural}"


# While it runs


def stages_html(steps: Sequence[Step]) -> str:
    """The stages so far, the one that goes on standing out."""
    if not steps:
        return '<ul class="w-steps"><li><b>Getting ready</b><span class="w-facts">loading the models</span></li></ul>'
    rows = [_stage_html(step, current=step is steps[-1]) for step in steps if step.total or step.stage == "reading"]
    return f'<ul class="w-steps" aria-label="Progress">{"".join(rows)}</ul>'


def _stage_html(step: Step, *, current: bool) -> str:
    name, unit = _STAGES.get(step.stage, (step.stage.capitalize(), "step"))
    count = f"{step.done:,} of {many(step.total, unit)}" if step.total else many(step.done, unit)
    passages = f", {many(step.passages, 'passage')}" if step.passages else ""
    said = f"<b>{as_html(name)}</b>" if current else f"<span>{as_html(name)}</span>"
    return f'<li{" aria-current=step" if current else ""}>{said}<span class="w-facts">{count}{passages}</span></li>'


def files_html(files: Sequence[FileProgress], *, running: bool) -> str:
    """A line for each that was given: its state, its name, and why it is left out. running: False where the work was broken off."""
    return _lines_html([_file_line(one, running=running) for one in files])


def _file_line(one: FileProgress, *, running: bool) -> str:
    waits = one.state is None or (one.state == "found" and not one.name.startswith(("http://", "https://")))
    if not running and one.state not in SETTLED:
        look, said = "waiting", "Not finished"
    elif waits or one.state is None:
        look, said = "waiting", "Waiting"
    else:
        said = _STATES[one.state]
        look = "active" if one.state in _ACTIVE else one.state if one.state in _VERDICTS else "waiting"
    facts = [one.name if one.title else "", one.reason, " · ".join(f"{count:,} {_STATES[state].lower()}" for state, count in one.parts)]
    return _line_html(look, said, one.title or one.name, facts)


# Afterwards


def summary(results: Sequence[Result]) -> str:
    """How many were added and how many left out."""
    counts = {status: sum(result.status == status for result in results) for status in _VERDICTS}
    said = [f"{many(counts['kept'], 'article')} added"]
    if counts["quarantined"]:
        said.append(f"{counts['quarantined']:,} quarantined")
    if counts["unread"]:
        said.append(f"{counts['unread']:,} not read")
    return ", ".join(said) + "."


def results_html(results: Sequence[Result]) -> str:
    """What was left out first: that is what the reader has to look at."""
    ordered = sorted(results, key=lambda result: list(_VERDICTS).index(result.status), reverse=True)
    return _lines_html(
        [_line_html(one.status, _VERDICTS[one.status], one.title or one.path, [one.path if one.title else "", one.reason]) for one in ordered]
    )


def _line_html(look: str, said: str, name: str, facts: Sequence[str]) -> str:
    more = as_html(" · ".join(fact for fact in facts if fact))
    return f'<div><dt class="w-{look}">{said}</dt><dd>{as_html(name)}<div class="w-facts">{more}</div></dd></div>'


def _lines_html(lines: Sequence[str]) -> str:
    more = f'<div class="w-count">and {len(lines) - SHOWN:,} more</div>' if len(lines) > SHOWN else ""
    return f'<dl class="w-results">{"".join(lines[:SHOWN])}</dl>{more}' if lines else ""
