"""Calibration: from the network's relevance and its confidence in a span to the probability that a passage answers, on held-out training articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
from torch import Tensor

from ingest.reading.input import ReaderTokenizer
from ingest.reading.network import ReadingNetwork, Shape
from ingest.reading.reader import Calibration, Reader
from ingest.training.curriculum import Curriculum, Shares
from ingest.training.examples import Example

PLAIN = Calibration(0.0, 1.0, 0.0)
ROUNDS = 3


@dataclass(frozen=True)
class Calibrated:
    """pairs: bias and two weights a setting, as the config keeps them. told: what was measured on the held-out articles, for people."""

    pairs: dict[str, list[float]]
    told: str


def fitted(relevance: Tensor, span: Tensor, answers: Tensor) -> Calibration:
    """Logistic regression of `answers` (0.0 or 1.0) on relevance logits and ln span probabilities; a little ridge keeps the weights finite."""
    x = torch.stack([torch.ones_like(relevance), relevance, span], 1).double()
    w = torch.tensor([0.0, 1.0, 0.0], dtype=torch.double, requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, answers.double()) + 1e-3 * (w[1:] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return Calibration(*(float(v) for v in w.detach()))


def area_under_roc(scores: Sequence[float], answers: Sequence[bool]) -> float:
    """The chance that an answering passage scores above one that does not; ties count half. nan where one of the two is missing."""
    order = sorted(zip(scores, answers, strict=True))
    positives = sum(answers)
    negatives = len(answers) - positives
    if not positives or not negatives:
        return float("nan")
    wins, below = 0.0, 0
    for _, tied in groupby(order, key=lambda pair: pair[0]):
        same = [answer for _, answer in tied]
        wins += sum(same) * (below + (len(same) - sum(same)) / 2)
        below += len(same) - sum(same)
    return wins / (positives * negatives)


def calibrate(state: dict[str, Tensor], shape: Shape, tokenizer: ReaderTokenizer, checks: Curriculum) -> Calibrated:
    """Fit both settings on the held-out rounds of `checks`, read with the averaged weights in bfloat16, as they will be shipped."""
    network = ReadingNetwork(shape)
    network.load_state_dict(state)
    reader = Reader(network.to(torch.bfloat16), tokenizer, {"passage": PLAIN, "sentence": PLAIN})
    examples = [example for number in range(ROUNDS) for example in checks.fields(number, Shares(slots=0.2, fixed=0.4, misleading=1.0))]
    pairs: dict[str, list[float]] = {}
    told = []
    for setting, chosen in (
        ("passage", [e for e in examples if not e.kind.startswith("fixed")]),
        ("sentence", [e for e in examples if e.kind.startswith("fixed")]),
    ):
        fit, line = _one(reader, chosen)
        pairs[setting] = [fit.bias, fit.relevance, fit.span]
        told.append(f"held out, {setting}: {line}")
    return Calibrated(pairs, "\n".join(told))


def _one(reader: Reader, examples: Sequence[Example]) -> tuple[Calibration, str]:
    found = reader.look([e.question for e in examples], [e.passage for e in examples], [e.title for e in examples], spans=1)
    best = {i: max(seen, key=lambda f: f.relevance) for i, seen in found.items() if any(f.spans for f in seen)}
    numbers = [i for i in best if best[i].spans]
    if not numbers:
        return PLAIN, "nothing to calibrate on"
    answers = [examples[i].answer is not None for i in numbers]
    right: dict[str, list[bool]] = {}
    for i in numbers:
        gold = examples[i].answer
        if gold is None:
            continue
        first, last, _ = best[i].spans[0]
        offsets = best[i].window.offsets
        overlap = offsets[first][0] < gold[1] and offsets[last][1] > gold[0]
        right.setdefault(examples[i].kind, []).append(overlap)
    relevance = torch.tensor([best[i].relevance for i in numbers])
    span = torch.tensor([best[i].spans[0][2] for i in numbers])
    fit = fitted(relevance, span, torch.tensor([float(a) for a in answers]))
    scores = [fit.probability(best[i].relevance, best[i].spans[0][2]) for i in numbers]
    accuracy = ", ".join(f"{kind} {sum(hits) / len(hits):.2f}" for kind, hits in sorted(right.items()))
    return fit, f"overlap with the answer: {accuracy}; area under ROC {area_under_roc(scores, answers):.3f} of {len(numbers)}"
