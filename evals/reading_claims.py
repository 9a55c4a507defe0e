"""The reader as extractor: the ledger's four fixed questions put to the quotes of annotated claims."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.matching import fold
from ingest.reading.reader import Reader
from ingest.training.wordings import FIXED

SLOTS = {"attacker": "attacker", "victim": "victim", "when": "when_text", "asserted_by": "asserted_by"}


@dataclass(frozen=True)
class SlotFigures:
    """One fixed question. stated: claims whose slot stands in the quote; found: of these, given at least the threshold; right: of those,
    picks that hold the gold words or are held by them; open: claims whose slot is null; invented: of these, given at least the threshold."""

    slot: str
    stated: int
    found: int
    right: int
    open: int
    invented: int

    @property
    def line(self) -> str:
        recall = self.right / self.stated if self.stated else 0.0
        precision = self.right / (self.found + self.invented) if self.found + self.invented else 0.0
        return (
            f"{self.slot:12s} stated {self.stated:3d}  recall {recall:.2f}  precision {precision:.2f}  "
            f"of those found, right {self.right / max(1, self.found):.2f}  invented where open {self.invented}/{self.open}"
        )


def measure_claims(reader: Reader, file: Path, *, threshold: float = 0.5) -> list[SlotFigures]:
    """The figures of every slot on a claims set (a JSON object a line with its `claims`)."""
    claims = [claim for line in file.read_text(encoding="utf-8").splitlines() for claim in json.loads(line)["claims"]]
    readings = reader.read_sentences([FIXED[slot] for slot in SLOTS], [claim["quote"] for claim in claims])
    figures = []
    for number, (slot, key) in enumerate(SLOTS.items()):
        stated = found = right = open_ = invented = 0
        for claim, read in zip(claims, readings, strict=True):
            reading = read[number]
            golds = [claim[key], *(claim.get("attacker_aliases", []) if slot == "attacker" else [])]
            present = [gold for gold in golds if gold and fold(gold) in fold(claim["quote"])]
            given = reading.probability >= threshold
            if present:
                stated += 1
                found += given
                right += given and alike(reading.text, present)
            elif not claim[key]:
                open_ += 1
                invented += given
        figures.append(SlotFigures(slot, stated, found, right, open_, invented))
    return figures


def alike(pick: str, golds: Sequence[str]) -> bool:
    """Whether the pick holds one of the golds or is at least half of one."""
    picked = fold(pick)
    return any(fold(gold) in picked or (picked in fold(gold) and 2 * len(picked) >= len(fold(gold))) for gold in golds if picked)
