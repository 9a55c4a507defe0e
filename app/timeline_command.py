"""`whodunit timeline --html FILE`: attacks over time and who attacked whom, as one page."""

from pathlib import Path

import click

from app.claim_saying import total_line
from app.claims_command import describe, known_claims, notes
from app.timeline import timeline_rows
from app.timeline_page import timeline_page
from ingest.claims.selecting import ClaimFilter
from ingest.errors import WhodunitError


def run(index: Path, wanted: ClaimFilter, *, page: Path) -> None:
    """Writes the page and says where. Where no claim passes the filter, no page is written. Raises WhodunitError where the file cannot be."""
    known = known_claims(index)
    found = known.select(wanted)
    said = list(notes(known, wanted, found))
    for line in said:
        click.echo(line, err=True)
    if not found:
        return
    rows = timeline_rows(found)
    undated = sum(row.start is None for row in rows)
    facts = [total_line(found), *said]
    if undated:
        facts.append(f"When {undated} more attacks were, no source says: they are in the graph of who attacked whom, not on the timeline.")
    title = describe(wanted)
    title = "Attacks over time" if wanted == ClaimFilter() else title[:1].upper() + title[1:]
    text = timeline_page(rows, title=title, notes=facts)
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WhodunitError(f"{page} cannot be written ({error.strerror}): choose another file with --html.") from error
    click.echo(f"{page}: {total_line(found)}")
