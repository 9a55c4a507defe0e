"""A claim reader that can be computed in one's head, and indexes made with it.

"Gray Heron attacked Northwind Bank on 3 May 2023, Kestrel Labs said." is one claim; "may have attacked" is a suspicion, "denied attacking" a denial,
"Somebody attacked …" names nobody, and "claimed the attack on" is the attacker's own word.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY, ToyEmbedder, reference, write_corpus

from ingest.actors.actor_index import ActorIndex
from ingest.index import Index
from ingest.nouns import Article, Claim, Stance
from ingest.pipeline import ingest, roots_of
from ingest.sentences import sentence_spans
from ingest.times.when import find_times

_CLAIM = re.compile(
    r"(?P<attacker>[A-Z][\w$ ]*?) (?P<verb>attacked|may have attacked|denied attacking|claimed the attack on) (?P<victim>.+?)"
    r"(?P<when> (?:on|in|since|between) [^,]+)?(?:, (?P<by>[A-Z][\w ]+) said)?\.\Z"
)
_STANCES: dict[str, Stance] = {
    "attacked": "asserted", "may have attacked": "suspected", "denied attacking": "denied", "claimed the attack on": "self_claimed"
}  # fmt: skip


class ToyClaimReader:
    """See the module's text."""

    def __init__(self, fingerprint: str = "toy-claims") -> None:
        self.fingerprint = fingerprint
        self.articles = 0

    def read(self, article: Article, *, actors: ActorIndex) -> tuple[Claim, ...]:
        self.articles += 1
        found = (self._claim(article, start, end) for start, end in sentence_spans(article.text))
        return tuple(claim for claim in found if claim)

    def _claim(self, article: Article, start: int, end: int) -> Claim | None:
        quote = article.text[start:end]
        said = _CLAIM.search(quote)
        if not said:
            return None
        attacker = None if said["attacker"].endswith("Somebody") else said["attacker"]
        stance: Stance = _STANCES[said["verb"]] if attacker else "unattributed"
        times = find_times(said["when"], published=article.published) if said["when"] else []
        when = times[0].when if times else None
        return Claim(article.id, attacker, (), said["victim"], when, said["by"], stance, "other", start, end, quote)


FILLER = (
    "The rest of this page tells, at a length that no teaser has, how invoices were printed by hand and how long the queues at the counter were. "
)


def story(title: str, *sentences: str, published: str = "2023-06-01", actor: str = "Nobody in particular") -> str:
    """An article in the reference form that makes these claims."""
    return reference(title, f"{FILLER * 2}\n" + "\n".join(sentences) + f"\n{FILLER}", published=published, actor=actor)


def card(*names: str, country: str = "Atlantis") -> str:
    """An actor card; a name may say who uses it, "Slate Egret (Kestrel Labs)"."""
    digits = f"{sum(map(ord, ''.join(names))) % 10**12:012d}"
    return (
        f"# Threat actor: {names[0].partition(' (')[0]}\n\n**UUID**: 00000000-0000-4000-8000-{digits}\n\n**First seen**: 2019\n\n"
        f"## Threat actor aliases\n\n{', '.join(names)}\n\n## Description\n\n{FILLER * 3}\n\n## Country of origin\n\n{country}\n"
    )


MakeIndex = Callable[..., Index]


def build(folder: Path, files: dict[str, str], *, reader: ToyClaimReader | None = None) -> Index:
    """Writes the files and ingests them into `folder / "index"` with the toy embedder and the toy reader."""
    corpus = write_corpus(folder / "claims corpus", files)
    ingest(roots_of([corpus]), folder / "index", embedder=ToyEmbedder(), claim_reader=reader or ToyClaimReader(), today=TODAY)
    return Index(folder / "index", ToyEmbedder())


@pytest.fixture
def make_index(tmp_path: Path) -> MakeIndex:
    """`build` into the test's own folder."""

    def make(files: dict[str, str], *, reader: ToyClaimReader | None = None) -> Index:
        return build(tmp_path, files, reader=reader)

    return make
