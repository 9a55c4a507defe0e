"""Training of the claim reader: `pytest tests/test_claims_training.py`. A tiny network and articles written here; nothing is downloaded."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from evals.claims import Case, measure
from evals.claims_match import GoldClaim, gold_when
from ingest.claims.model import MODEL as CLAIMS
from ingest.claims.network import SLOTS, ClaimNetwork
from ingest.nouns import Article, Claim
from ingest.reading.input import ReaderTokenizer
from ingest.reading.network import Shape
from ingest.reading.reader import MODEL
from ingest.training.claims_examples import FIRST, FURTHER, Labelled, Rounds, batches, read_notes
from ingest.training.claims_learning import ClaimLearner, padded_claims
from ingest.training.claims_weights import starting_claim_network
from ingest.training.learning import Recipe, teach

TEXT = "Lantern hacked Porto Lines and Turku Steel on 4 May 2021, police say. The weather stayed dry. The group stole some records from the harbour."
ARTICLE = Article("a" * 16, "x/a.md", ("x/a.md",), "reference", "Hack", TEXT, "kept", "", None, None, None, None, (), "a" * 16)
NOTE = {
    "path": "x/a.md",
    "claims": [
        {
            "quote": "Lantern hacked Porto Lines and Turku Steel on 4 May 2021, police say.", "attacker": "Lantern", "victim": "Porto Lines",
            "when": "4 May 2021", "asserted_by": "police", "stance": "asserted", "kind": "data_breach",
        }
    ],
}  # fmt: skip
TOKENIZER = ReaderTokenizer(MODEL / "tokenizer.json")


def labelled(tmp_path: Path, seed: int = 1, **known: Any) -> list[Labelled]:
    file = tmp_path / "notes.jsonl"
    file.write_text(json.dumps({**NOTE, **known}), encoding="utf-8")
    return Rounds(read_notes(file, {ARTICLE.path: ARTICLE}), TOKENIZER).round(random.Random(seed))


def test_tags_mark_the_words_of_each_slot(tmp_path: Path) -> None:
    one = next(one for one in labelled(tmp_path) if 1.0 in one.claims)
    for slot, words in (("attacker", "Lantern"), ("victim", "Porto Lines"), ("when", "4 May 2021"), ("asserted_by", "police")):
        tags = one.tags[SLOTS.index(slot)]
        marked = [one.window.offsets[i] for i, tag in enumerate(tags) if tag in (FIRST, FURTHER)]
        assert TEXT[marked[0][0] : marked[-1][1]] == words


def test_a_sentence_left_alone_is_a_sure_negative_only_where_all_claims_are_annotated(tmp_path: Path) -> None:
    for shown, weight in ((None, 0.5), (3, 1.0)):
        known = {} if shown is None else {"shown_sentences": shown}
        rounds = [one for seed in range(8) for one in labelled(tmp_path, seed, **known)]
        weights = [w for one in rounds for c, w in zip(one.claims, one.weights, strict=True) if c == 0.0]
        assert weights
        assert set(weights) == {weight}


def test_a_batch_learns_and_a_stopped_training_ends_in_the_same_weights(tmp_path: Path) -> None:
    made = labelled(tmp_path)
    given: Any = [batch for _ in range(4) for batch in batches(made, tokens=256, chance=random.Random(2))]

    def learner() -> ClaimLearner:
        torch.manual_seed(3)
        return ClaimLearner(ClaimNetwork(Shape(width=32, inner=64, heads=2, layers=2)), Recipe(), steps=len(given), seed=3, threads=1)

    whole = learner()
    teach(whole, given, out=tmp_path / "whole", every=99, mask=TOKENIZER.mask, quiet=True)
    first = learner()
    teach(first, given[:2], out=tmp_path / "parts", every=1, mask=TOKENIZER.mask, quiet=True)
    second = learner()
    assert second.resume(tmp_path / "parts")
    teach(second, given, out=tmp_path / "parts", every=99, mask=TOKENIZER.mask, quiet=True)
    assert all(torch.equal(whole.averaged()[name], value) for name, value in second.averaged().items())


def test_a_training_goes_on_from_a_claim_model_over_the_readers_tables() -> None:
    network = starting_claim_network(MODEL, weights=CLAIMS, dropout=0.0, seed=1)
    known = load_file(CLAIMS / "model.safetensors")
    assert torch.equal(network.span.weight, known["span.weight"].float())
    assert torch.equal(network.words.weight, load_file(MODEL / "model.safetensors")["words.weight"].float())


def test_padding_teaches_nothing(tmp_path: Path) -> None:
    batch = padded_claims(labelled(tmp_path))
    beyond = torch.arange(batch.ids.shape[1])[None, :] >= batch.lengths[:, None]
    assert (batch.tags[beyond] == -1).all()
    assert (batch.sentences[beyond] == -1).all()


def claim(attacker: str | None, victim: str) -> Claim:
    return Claim("a", attacker, (), victim, None, None, "asserted", "other", 0, 1, "x")


def test_matching_counts_each_gold_claim_once_and_nobody_only_as_nobody() -> None:
    gold = GoldClaim(("Fog Heron", "TA9911"), "Porto Lines", None, None, "asserted", "other")
    unblamed = replace(gold, names=(), victim="Turku Steel")
    found = measure([Case("a", (gold, unblamed), (claim("TA9911", "Porto Lines"), claim("TA9911", "Porto Lines"), claim("TA9911", "Turku Steel")))])
    assert len(found.matched) == 1
    assert (found.golds, found.claims) == (2, 3)


def test_gold_times_are_read_as_intervals() -> None:
    when = gold_when("2021-11/2022-03")
    assert when is not None
    assert (when.start.isoformat(), when.end.isoformat(), when.grain) == ("2021-11-01", "2022-03-31", "span")
    assert gold_when(None) is None
