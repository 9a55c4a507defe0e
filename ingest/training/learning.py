"""Learning: AdamW in float32 over a bfloat16 network, layer-wise rates, averaged weights, checkpoints that resume to the same weights.

The word and position tables stay as they came: they are half of the parameters, 2,000 annotated questions touch few of them, and an optimiser
step without them is cheaper. Checkpoints are safetensors and JSON, never pickle.
"""

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional as F
from tqdm import tqdm

from ingest.reading.network import HEADS, ReadingNetwork
from ingest.training.batches import Batch, Sheet, padded


@dataclass(frozen=True)
class Recipe:
    """How to learn. rate: of the top layer, each lower one `decay` of the next; heads: rate of the heads; masking: share of words hidden;
    weighing: weight of the evidence loss; still: lowest layers that stay as they came."""

    rate: float = 1.2e-4
    heads: float = 4e-4
    decay: float = 0.9
    warmup: float = 0.05
    cooling: float = 0.4
    weight_decay: float = 0.01
    clip: float = 1.0
    masking: float = 0.04
    smoothing: float = 0.03
    judging: float = 1.0
    weighing: float = 1.0
    still: int = 0
    averaging: float = 0.995
    average_from: float = 0.5


def loss_of(network: ReadingNetwork, batch: Batch, recipe: Recipe, *, chance: torch.Generator | None = None) -> Tensor:
    """Span losses of the windows with an answer, relevance losses of all, and the evidence loss of every sheet, summed over the batch.

    A sheet's sentences compete with each other, over all its windows, and with silence (logit 0): the shared normalisation of Clark and Gardner,
    ACL 2018, for sentences.
    """
    scores = network(batch.ids, batch.kinds, batch.lengths, batch.sentences, chance=chance)
    place = torch.arange(batch.ids.shape[1])
    outside = (place[None, :] < batch.first[:, None]) | (place[None, :] > batch.last[:, None])
    span = torch.zeros(len(batch.spanned))
    for logits, gold in ((scores.start, batch.start), (scores.end, batch.end)):
        span = span + F.cross_entropy(logits.masked_fill(outside, -1e4), torch.where(batch.spanned > 0, gold, batch.first), reduction="none")
    target = batch.relevant * (1 - 2 * recipe.smoothing) + recipe.smoothing
    judged = F.binary_cross_entropy_with_logits(scores.relevance, target, reduction="none")
    return (span * batch.spanned + recipe.judging * judged).sum() + recipe.weighing * _competition(scores.evidence, batch).sum()


def _competition(evidence: Tensor, batch: Batch) -> Tensor:
    """(number of sheets,): minus the logarithm of the probability that a sheet gives to its golden sentences, to silence where it has none."""
    there = F.one_hot(batch.sentences + 1, evidence.shape[1] + 1)[..., 1:].sum(1) > 0
    counted = evidence.masked_fill(~there | (batch.muted > 0), -1e4)
    losses = []
    for number in range(int(batch.sheet.max()) + 1):
        own = counted[batch.sheet == number].flatten()
        golden = batch.golden[batch.sheet == number].flatten() > 0
        everything = torch.cat([own, own.new_zeros(1)]).logsumexp(0)
        losses.append(everything - own[golden].logsumexp(0) if bool(golden.any()) else everything)
    return torch.stack(losses)


def hidden(batch: Batch, share: float, mask: int, chance: torch.Generator) -> Batch:
    """The batch with `share` of its passage tokens outside the answers hidden."""
    place = torch.arange(batch.ids.shape[1])[None, :]
    free = (place >= batch.first[:, None]) & (place <= batch.last[:, None]) & ((place < batch.start[:, None]) | (place > batch.end[:, None]))
    ids = torch.where(free & (torch.rand(batch.ids.shape, generator=chance) < share), torch.tensor(mask), batch.ids)
    return Batch(**{**vars(batch), "ids": ids})


class Learner:
    """A network, its float32 master weights, their average and the optimiser."""

    def __init__(self, network: ReadingNetwork, recipe: Recipe, *, steps: int, seed: int, threads: int = 2) -> None:
        self.recipe, self.steps, self.step, self.seed, self.threads = recipe, steps, 0, seed, threads
        self.network = network.float()
        frozen = {name for name, _ in network.named_parameters() if self._still(name)}
        self._names = [name for name, _ in network.named_parameters() if name not in frozen]
        named = dict(network.named_parameters())
        self._master = {name: named[name].detach().clone() for name in self._names}
        self._average = {name: value.clone() for name, value in self._master.items()}
        for name in frozen:
            named[name].requires_grad_(False)
        self.network.to(torch.bfloat16)
        self._live = dict(self.network.named_parameters())
        groups = [
            {"params": [value], "base": self._rate_of(name), "lr": 0.0, "weight_decay": recipe.weight_decay if value.dim() > 1 else 0.0}
            for name, value in self._master.items()
        ]
        self._workers = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,))
        self._optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)

    def _still(self, name: str) -> bool:
        """Whether a parameter is never learnt."""
        if name in {"words.weight", "positions.weight"}:
            return True
        layer = int(name.split(".")[1]) if name.startswith("layers.") else -1
        return self.recipe.still > 0 and not name.startswith(HEADS) and layer < self.recipe.still

    def _rate_of(self, name: str) -> float:
        if name.startswith(HEADS):
            return self.recipe.heads
        layers = self.network.shape.layers
        depth = int(name.split(".")[1]) + 1 if name.startswith("layers.") else 0
        return float(self.recipe.rate * self.recipe.decay ** (layers - depth))

    def factor(self) -> float:
        """Share of the full rate at this step: rises over `warmup`, stays, falls over the last `cooling` of the steps."""
        done = self.step / self.steps
        return max(0.01, min(1.0, (self.step + 1) / (self.recipe.warmup * self.steps), (1 - done) / self.recipe.cooling))

    def learn(self, batch: Sequence[Sheet], *, mask: int) -> float:
        """One step; returns the loss, a mean over the batch.

        Each thread takes every n-th sheet with one core of its own and they meet once a step: where other jobs share the cores, threads that
        meet in every matrix product wait for each other.
        """
        factor = self.factor()
        for group in self._optimiser.param_groups:
            group["lr"] = group["base"] * factor
        self.network.train()
        parts = [part for part in (batch[i :: self.threads] for i in range(self.threads)) if part]
        loss = sum(self._workers.map(self._backward, parts, range(len(parts)), [len(batch)] * len(parts), [mask] * len(parts)))
        for name in self._names:
            live = self._live[name]
            self._master[name].grad = live.grad.float() if live.grad is not None else torch.zeros_like(self._master[name])
            live.grad = None
        torch.nn.utils.clip_grad_norm_(list(self._master.values()), self.recipe.clip)
        self._optimiser.step()
        with torch.no_grad():
            for name in self._names:
                self._live[name].copy_(self._master[name])
        self.step += 1
        self._remember()
        return loss

    def _backward(self, part: Sequence[Sheet], number: int, total: int, mask: int) -> float:
        chance = torch.Generator().manual_seed(hash((self.seed, self.step, number)) & 0x7FFFFFFF)
        loss = loss_of(self.network, hidden(padded(part), self.recipe.masking, mask, chance), self.recipe, chance=chance) / total
        loss.backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())

    def _remember(self) -> None:
        begun = self.step - int(self.recipe.average_from * self.steps)
        keep = min(self.recipe.averaging, begun / (begun + 10)) if begun > 0 else 0.0
        torch._foreach_lerp_(list(self._average.values()), list(self._master.values()), 1 - keep)

    def averaged(self) -> dict[str, Tensor]:
        """Every parameter of the network, the learnt ones averaged, float32."""
        return {name: self._average.get(name, self._live[name].detach().float()) for name in self._live}

    def save(self, folder: Path) -> None:
        """Write a checkpoint; it replaces the last one only when it is whole."""
        tensors = {f"master.{n}": v for n, v in self._master.items()} | {f"average.{n}": v for n, v in self._average.items()}
        for name in self._names:
            state = self._optimiser.state.get(self._master[name], {})
            tensors |= {f"{part}.{name}": state[part] for part in ("exp_avg", "exp_avg_sq", "step") if part in state}
        folder.mkdir(parents=True, exist_ok=True)
        about = {"step": str(self.step), "recipe": json.dumps(asdict(self.recipe))}
        save_file({name: value.contiguous() for name, value in tensors.items()}, folder / "checkpoint.new", about)
        (folder / "checkpoint.new").replace(folder / "checkpoint.safetensors")

    def resume(self, folder: Path) -> bool:
        """Go on from the checkpoint in `folder`, if there is one."""
        file = folder / "checkpoint.safetensors"
        if not file.is_file():
            return False
        tensors = load_file(file)
        for name in self._names:
            self._master[name].copy_(tensors[f"master.{name}"])
            self._average[name].copy_(tensors[f"average.{name}"])
            self._live[name].data.copy_(self._master[name])
            self._optimiser.state[self._master[name]] = {p: tensors[f"{p}.{name}"].clone() for p in ("step", "exp_avg", "exp_avg_sq")}
        self.step = int(tensors[f"step.{self._names[0]}"])
        return True


def teach(learner: Learner, given: Iterable[list[Sheet]], *, out: Path, every: int, mask: int, quiet: bool = False) -> float:
    """Learn from the batches of `given` that the learner has not had yet, with a checkpoint in `out` after every `every` of them and at the end.

    Returns the mean loss of the last batches (weights falling by 0.98 a batch).
    """
    mean: float | None = None
    with tqdm(total=learner.steps, initial=learner.step, unit="batch", mininterval=5, disable=quiet) as bar:
        for number, batch in enumerate(given):
            if number < learner.step:
                continue
            loss = learner.learn(batch, mask=mask)
            mean = loss if mean is None else 0.98 * mean + 0.02 * loss
            bar.update()
            bar.set_postfix(loss=f"{mean:.3f}", refresh=False)
            if learner.step % every == 0:
                learner.save(out)
    learner.save(out)
    return mean or 0.0
