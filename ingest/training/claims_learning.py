"""Learning of the claim network: what `ingest.training.learning` does, with the losses of tags, claims, stances and kinds.

A sentence that annotators left alone may hold a claim all the same. Where the network says so, its loss fades: the weight of such a negative falls
from one half to nothing as its probability rises from 0.4 to 0.8.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from ingest.claims.network import SLOTS, ClaimNetwork
from ingest.training.claims_examples import Labelled
from ingest.training.learning import Learner

TAGGING, STANCE, KIND = 0.15, 0.5, 0.3  # weights of the losses beside the claim's own, which is 1
SMOOTHING = 0.02


@dataclass(frozen=True)
class ClaimBatch:
    """The padded tensors of some windows; -1 stands where there is nothing to learn."""

    ids: Tensor
    kinds: Tensor
    lengths: Tensor
    sentences: Tensor
    tags: Tensor
    claims: Tensor
    weights: Tensor
    stances: Tensor
    kind: Tensor


def padded_claims(batch: Sequence[Labelled]) -> ClaimBatch:
    """The tensors of a batch."""
    longest = max(len(one.window.ids) for one in batch)
    most = max(len(one.claims) for one in batch)

    def wide(values: Sequence[int], fill: int) -> list[int]:
        return [*values, *(fill,) * (longest - len(values))]

    def each(values: Sequence[float], fill: float) -> list[float]:
        return [*values, *(fill,) * (most - len(values))]

    return ClaimBatch(
        ids=torch.tensor([wide(one.window.ids, 0) for one in batch]),
        kinds=torch.tensor([wide(one.window.kinds, 0) for one in batch]),
        lengths=torch.tensor([len(one.window.ids) for one in batch]),
        sentences=torch.tensor([wide(one.window.sentences, -1) for one in batch]),
        tags=torch.tensor([[wide(tags, -1) for tags in one.tags] for one in batch]).transpose(1, 2),
        claims=torch.tensor([each(one.claims, 0.0) for one in batch]),
        weights=torch.tensor([each(one.weights, 0.0) for one in batch]),
        stances=torch.tensor([each(one.stances, -1) for one in batch]).long(),
        kind=torch.tensor([each(one.kinds, -1) for one in batch]).long(),
    )


def claim_loss(network: ClaimNetwork, batch: ClaimBatch, *, chance: torch.Generator | None = None) -> Tensor:
    """The losses of a batch, summed."""
    scores = network.score(batch.ids, batch.kinds, batch.lengths, batch.sentences, chance=chance)
    tagged = F.cross_entropy(scores.tags.flatten(0, 2), batch.tags.reshape(-1), ignore_index=-1, reduction="sum")
    target = batch.claims * (1 - 2 * SMOOTHING) + SMOOTHING
    doubt = torch.where((batch.claims == 0) & (batch.weights < 1), ((0.8 - scores.claim.detach().sigmoid()) / 0.4).clamp(0, 1), 1.0)
    judged = (F.binary_cross_entropy_with_logits(scores.claim, target, reduction="none") * batch.weights * doubt).sum()
    stance = F.cross_entropy(scores.stance.flatten(0, 1), batch.stances.reshape(-1), ignore_index=-1, reduction="sum")
    kind = F.cross_entropy(scores.kind.flatten(0, 1), batch.kind.reshape(-1), ignore_index=-1, reduction="sum")
    return TAGGING * tagged + judged + STANCE * stance + KIND * kind


def masked(batch: ClaimBatch, share: float, mask: int, chance: torch.Generator) -> ClaimBatch:
    """The batch with `share` of the tokens that no tag marks hidden."""
    free = (batch.tags <= 0).all(-1) & (batch.ids > mask)
    ids = torch.where(free & (torch.rand(batch.ids.shape, generator=chance) < share), torch.tensor(mask), batch.ids)
    return ClaimBatch(**{**vars(batch), "ids": ids})


class ClaimLearner(Learner):
    """A `Learner` of a claim network; its batches are lists of `Labelled`."""

    network: ClaimNetwork

    def _backward(self, part: Sequence[Labelled], number: int, total: int, mask: int) -> float:  # type: ignore[override]
        chance = torch.Generator().manual_seed(hash((self.seed, self.step, number)) & 0x7FFFFFFF)
        batch = masked(padded_claims(part), self.recipe.masking, mask, chance)
        loss = claim_loss(self.network, batch, chance=chance) / total
        loss.backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())


__all__ = ["SLOTS", "ClaimBatch", "ClaimLearner", "claim_loss", "masked", "padded_claims"]
