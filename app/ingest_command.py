"""`whodunit ingest`: the pipeline with a progress bar before it and a summary after it. tqdm stands behind this file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Never

import click
from tqdm import tqdm

from app.saying import excluded_lines
from ingest.claims.reading import load_claim_reader
from ingest.embedding import load_embedder
from ingest.fetching.source_list import SourceEntry, read_sources_file
from ingest.pipeline import IngestReport, ingest, roots_of, web_root
from ingest.progress import Progress, Stage

_UNITS: dict[Stage, str] = {"reading": "file", "settling": "article", "claims": "article", "publishing": "passage"}


class Bars:
    """One progress bar a stage, with rate and time left, on stderr."""

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._bar: tqdm[Never] | None = None

    def __call__(self, progress: Progress) -> None:
        """Shows how far a stage has come; a new stage gets a new bar."""
        if progress.total == 0 and progress.stage != "reading":
            return
        if progress.stage != self._stage:
            self.close()
            self._stage = progress.stage
            total = progress.total or None
            self._bar = tqdm(total=total, desc=progress.stage, unit=f" {_UNITS[progress.stage]}s", smoothing=0.1, dynamic_ncols=True)
        if self._bar is not None:
            if progress.passages:
                seconds = self._bar.format_dict["elapsed"] or 1.0
                self._bar.set_postfix_str(f"{progress.passages} passages, {progress.passages / seconds:.0f}/s", refresh=False)
            self._bar.update(progress.done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def run(paths: Sequence[str], index: Path, *, sources: Path | None, allow_hosts: frozenset[str], keep: bool, prune: bool) -> None:
    """Ingests and prints what was done and what was left out. A path that begins with http:// or https:// is fetched."""
    addresses = [path for path in paths if path.startswith(("http://", "https://"))]
    roots = roots_of([Path(path) for path in paths if path not in addresses])
    entries = [SourceEntry(url) for url in addresses] + (read_sources_file(sources) if sources else [])
    if entries:
        roots.append(web_root(entries, index, allow_hosts=allow_hosts))
    bars = Bars()
    try:
        report = ingest(
            roots, index, embedder=load_embedder(), claim_reader=load_claim_reader(), today=date.today(), keep=keep, prune=prune, watch=bars
        )
    finally:
        bars.close()
    for line in summary(report, index):
        click.echo(line)


def summary(report: IngestReport, index: Path) -> list[str]:
    """The last lines of a run."""
    rate = f" ({report.passages / report.seconds:.0f} a second)" if report.passages else ""
    return [
        *excluded_lines(list(report.quarantined), list(report.unread)),
        f"Files: {report.new} new, {report.changed} changed, {report.unchanged} unchanged, {report.removed} removed.",
        f"Embedded {report.passages} passages in {report.seconds:.1f} s{rate}. {index} now holds {report.articles} articles.",
    ]
