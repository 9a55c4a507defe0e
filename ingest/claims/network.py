"""The claim network: the reader's encoder under two other heads, one that tags words and one that judges sentences.

Knows numbers only. Shapes: B windows in a batch, L tokens in the longest, S sentences in the one that has most.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ingest.reading.network import ReadingNetwork, Shape

SLOTS = ("attacker", "victim", "when", "asserted_by")
STANCES = ("asserted", "suspected", "denied", "disputed", "self_claimed", "unattributed")
KINDS = ("espionage", "phishing", "ransomware", "financial_theft", "data_breach", "other", "supply_chain", "destructive", "ddos", "influence")
_ENCODER = frozenset(["words", "positions", "kinds", "norm", "layers"])
TAGS = 3  # outside, first word of a span, further word of a span


@dataclass(frozen=True)
class ClaimScores:
    """Float32 logits. tags: (B, L, slots, TAGS). claim: (B, S) that a sentence holds a claim. stance: (B, S, stances). kind: (B, S, kinds)."""

    tags: Tensor
    claim: Tensor
    stance: Tensor
    kind: Tensor


class ClaimNetwork(ReadingNetwork):
    """The encoder with a tag head on every token and a sentence head on the mean of a sentence's tokens."""

    def __init__(self, shape: Shape, *, dropout: float = 0.0) -> None:
        super().__init__(shape, dropout=dropout)
        for head in {name for name, _ in self.named_children()} - _ENCODER:
            delattr(self, head)
        self.span = nn.Linear(shape.width, len(SLOTS) * TAGS)
        self.judge = nn.Linear(shape.width, shape.width)
        self.verdict = nn.Linear(shape.width, 1 + len(STANCES) + len(KINDS))

    def score(self, ids: Tensor, kinds: Tensor, lengths: Tensor, sentences: Tensor, *, chance: torch.Generator | None = None) -> ClaimScores:
        """Scores of a padded batch. sentences: (B, L) number of the sentence that a token belongs to, -1 where it belongs to none."""
        x = self.encode(ids, kinds, lengths, chance=chance)
        tags = self.span(x).float().unflatten(-1, (len(SLOTS), TAGS))
        count = max(1, int(sentences.max()) + 1)
        members = (sentences[:, None, :] == torch.arange(count)[None, :, None]).to(x.dtype)
        mean = torch.matmul(members, x) / members.sum(-1, keepdim=True).clamp(min=1)
        judged = self.verdict(torch.tanh(self.judge(mean))).float()
        claim, stance, kind = judged.split([1, len(STANCES), len(KINDS)], dim=-1)
        return ClaimScores(tags, claim.squeeze(-1), stance, kind)
