"""The reading model's network: a six-layer BERT encoder with a span head, a relevance head and an evidence head, in plain torch.

It knows nothing about text, tokens' meaning or files: integers go in, scores come out. Written out rather than taken from a library because
fused query-key-value products, scaled-dot-product attention and bfloat16 weights keep reading fast, and because
the same lines then serve training and reading. Shapes: B inputs in a batch, L tokens in the longest of them.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

HEADS = ("span.", "judge.", "verdict.", "weighing.", "evidence.")
"""What the names of the heads' parameters begin with; every other parameter is the encoder's."""


@dataclass(frozen=True)
class Shape:
    """The sizes of the network; the defaults are those of MiniLM-L6 (22.7 million parameters with the heads)."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6


@dataclass(frozen=True)
class Scores:
    """start, end: (B, L) float32 logits that an answer starts or ends at a token; relevance: (B,) float32 logit that the passage answers.

    evidence: (B, S) float32 logit that a sentence is the one that answers, S sentences in the passage with the most of them. These are comparable
    between all the passages of one question; that none of them answers has the logit 0.
    """

    start: Tensor
    end: Tensor
    relevance: Tensor
    evidence: Tensor


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.dropout = dropout
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.out_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.down_norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None, chance: torch.Generator | None) -> Tensor:
        """x: (B, L, width); mask: (B, 1, 1, L), True where attention may look, or None where no input of the batch is padded."""
        b, n, width = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if self.training:  # at 200 tokens the fused kernel's backward pass takes twice as long as these three products
            reach = torch.matmul(q * (width // self.heads) ** -0.5, k.transpose(-1, -2))
            seen = torch.matmul((reach if mask is None else reach.masked_fill(~mask, -1e4)).softmax(-1), v)
        else:
            seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(b, n, width)
        x = self.out_norm(x + self._dropped(self.out(seen), chance))
        read: Tensor = self.down_norm(x + self._dropped(self.down(F.gelu(self.up(x))), chance))
        return read

    def _dropped(self, x: Tensor, chance: torch.Generator | None) -> Tensor:
        """Dropout of whole features of an input: drawing a number for every token took 7 % of a training step."""
        if not self.training or not self.dropout:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2], generator=chance) >= self.dropout
        return x * (kept.to(x.dtype) / (1 - self.dropout))


class ReadingNetwork(nn.Module):
    """The encoder and its three heads."""

    def __init__(self, shape: Shape, *, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.span = nn.Linear(shape.width, 2)
        self.judge = nn.Linear(shape.width, shape.width)
        self.verdict = nn.Linear(shape.width, 1)
        self.weighing = nn.Linear(2 * shape.width, shape.width)
        self.evidence = nn.Linear(shape.width, 1)

    def encode(self, ids: Tensor, kinds: Tensor, lengths: Tensor, *, chance: torch.Generator | None = None) -> Tensor:
        """(B, L, width) states of ids (B, L); kinds is 0 for the question and 1 for what is read; lengths (B,) counts tokens without padding.

        chance: draws the dropout in training, so that threads that learn side by side stay reproducible.
        """
        n = ids.shape[1]
        x: Tensor = self.norm(self.words(ids) + self.positions.weight[:n] + self.kinds(kinds))
        place = torch.arange(n)
        mask = None if bool((lengths == n).all()) else (place[None, :] < lengths[:, None])[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask, chance)
        return x

    def forward(self, ids: Tensor, kinds: Tensor, lengths: Tensor, sentences: Tensor, *, chance: torch.Generator | None = None) -> Scores:
        """Scores of a padded batch; places outside the passage are for the caller to rule out.

        sentences: (B, L), for every token of the passage the number of its sentence, -1 for all others.
        """
        x = self.encode(ids, kinds, lengths, chance=chance)
        start, end = self.span(x).float().unbind(-1)
        relevance = self.verdict(torch.tanh(self.judge(x[:, 0]))).float().squeeze(-1)
        return Scores(start, end, relevance, self._evidence(x, sentences))

    def _evidence(self, x: Tensor, sentences: Tensor) -> Tensor:
        """(B, S): each sentence by the mean of its tokens' states beside the state of the whole input."""
        count = int(sentences.max()) + 1 if sentences.numel() else 0
        within = F.one_hot(sentences + 1, max(count, 1) + 1)[..., 1:].to(x.dtype)
        mean = torch.matmul(within.transpose(1, 2), x) / within.sum(1).clamp(min=1)[..., None]
        beside = torch.cat([mean, x[:, :1].expand_as(mean)], -1)
        weighed: Tensor = self.evidence(F.gelu(self.weighing(beside))).float().squeeze(-1)
        return weighed


def from_bert(state: dict[str, Tensor], network: ReadingNetwork) -> None:
    """Copy the encoder of a BERT checkpoint (parameter names of the transformers library, float32) into `network`; the heads keep theirs."""
    own = {
        "words.weight": state["embeddings.word_embeddings.weight"],
        "positions.weight": state["embeddings.position_embeddings.weight"],
        "kinds.weight": state["embeddings.token_type_embeddings.weight"],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    for i in range(network.shape.layers):
        theirs = f"encoder.layer.{i}."
        for kind in ("weight", "bias"):
            own[f"layers.{i}.qkv.{kind}"] = torch.cat([state[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")])
            for name, where in (
                ("out", "attention.output.dense"),
                ("out_norm", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("down_norm", "output.LayerNorm"),
            ):
                own[f"layers.{i}.{name}.{kind}"] = state[f"{theirs}{where}.{kind}"]
    missing = network.load_state_dict(own, strict=False).missing_keys
    heads = [name for name in missing if not name.startswith(HEADS)]
    if heads:
        raise ValueError(f"the checkpoint lacks {', '.join(heads)}")
