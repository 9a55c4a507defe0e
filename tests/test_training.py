"""The reader's training: `pytest tests/test_training.py`. A tiny network on examples written for these tests; no run here takes ten seconds."""

import json
import random
from itertools import islice
from pathlib import Path

import pytest
import torch

from evals.reading_match import matches
from evals.reliability import bins, calibration_error
from ingest.reading.input import ReaderTokenizer
from ingest.reading.network import ReadingNetwork, Shape
from ingest.training.batches import batches, items, length_of, padded
from ingest.training.calibration import area_under_roc, fitted
from ingest.training.curriculum import Curriculum, Shares, place_of
from ingest.training.examples import Annotated, ClaimNote, Example, QuestionNote, Text, joined, named_paths, read_annotated
from ingest.training.learning import Learner, Recipe, loss_of, teach
from ingest.training.lists import Evidence, Listed, QuestionList, read_lists, sheet_of, sheets, write_lists
from ingest.training.misleading import WordSearch, misleads, runs
from ingest.training.stream import Plan, stream
from ingest.training.variation import Variation
from ingest.training.weights import tokenizer_file
from ingest.training.wordings import asked

TINY = Shape(width=32, inner=64, heads=2, layers=2)
BODY = (
    "The harbour authority of Lisbon lost its booking system on 4 May 2021. Police say that Fog Heron, a crew of extortionists, did it. "
    "The port of Porto saw nothing unusual. A week later the ferry line Atlantico was hit as well, this time by Tin Badger. "
) * 3
CLAIM = ClaimNote("Police say that Fog Heron, a crew of extortionists, did it.", "Fog Heron", None, None, "Police", "ransomware")
NOTE = Annotated(
    Text("a.md", "Lisbon harbour extorted (May 2021)", BODY),
    (CLAIM,),
    (
        QuestionNote("When did the harbour of Lisbon lose its booking system?", "4 May 2021", BODY.split(" Police")[0], "when"),
        QuestionNote("Who hit Atlantico?", "Tin Badger", "this time by Tin Badger.", "attacker"),
    ),
    ("How much ransom did Fog Heron ask for?",),
)
ASKED = "Who extorted the harbour of Lisbon?"
SAYING = "The port slept. Police say that Fog Heron did it. Nobody was hurt by Fog Heron or by others."
LIST = QuestionList(
    "q1",
    "attacker",
    "a.md",
    (
        Listed(ASKED, "Ferries", "Tin Badger hit the ferry line Atlantico. The sea was calm."),
        Listed(ASKED, "Lisbon", SAYING, (Evidence(16, 49, 32, 41),)),
        Listed(ASKED, "Porto", "Fog Heron was seen in Porto.", open=True),
    ),
)
UNANSWERED = QuestionList("q2", "none", "b.md", (Listed("Who hit Madeira?", "Ferries", "Tin Badger hit the ferry line Atlantico."),))
GROUPS = [["Fog Heron", "TA9001"], ["Tin Badger", "Meles"], ["Salt Otter", "Lutra"]]


@pytest.fixture(scope="module")
def tokenizer() -> ReaderTokenizer:
    return ReaderTokenizer(tokenizer_file())


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    other = Text("b.md", "Porto", "The port of Porto was quiet all of 2021, and Atlantico ran on time, said the harbour master of Lisbon. " * 4)
    return Curriculum([NOTE], search=WordSearch([NOTE.text, other]), variation=Variation(GROUPS), groups=GROUPS, seed=3)


def taught(tokenizer: ReaderTokenizer, curriculum: Curriculum, out: Path, *, steps: int, of: int) -> dict[str, torch.Tensor]:
    torch.manual_seed(5)
    learner = Learner(ReadingNetwork(TINY, dropout=0.1), Recipe(rate=1e-3), steps=of, seed=5)
    learner.resume(out)
    plan = Plan(0, of // 2, of - of // 2, 512, Shares(1.0, 1.0, 1.0), 5)
    given = stream(plan, tokenizer=tokenizer, curriculum=curriculum, pairs=[], variation=Variation(GROUPS), lists=[LIST, UNANSWERED])
    teach(learner, islice(given, steps), out=out, every=3, mask=tokenizer.mask, quiet=True)
    return learner.averaged()


def test_the_same_seed_gives_the_same_weights(tokenizer: ReaderTokenizer, curriculum: Curriculum, tmp_path: Path) -> None:
    one, two = (taught(tokenizer, curriculum, tmp_path / name, steps=6, of=6) for name in ("one", "two"))
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_a_run_that_was_stopped_goes_on_to_the_same_weights(tokenizer: ReaderTokenizer, curriculum: Curriculum, tmp_path: Path) -> None:
    whole = taught(tokenizer, curriculum, tmp_path / "whole", steps=8, of=8)
    taught(tokenizer, curriculum, tmp_path / "halves", steps=5, of=8)
    halves = taught(tokenizer, curriculum, tmp_path / "halves", steps=8, of=8)
    assert all(torch.equal(whole[name], halves[name]) for name in whole)


def test_learning_lowers_the_loss_and_leaves_the_word_table_alone(tokenizer: ReaderTokenizer, curriculum: Curriculum, tmp_path: Path) -> None:
    torch.manual_seed(5)
    network = ReadingNetwork(TINY)
    before = network.words.weight.detach().clone()
    learner = Learner(network, Recipe(rate=3e-3, masking=0.0), steps=40, seed=5)
    batch = items(tokenizer, curriculum.fields(0, Shares()))[:8]
    losses = [learner.learn(batch, mask=tokenizer.mask) for _ in range(40)]
    assert losses[-1] < 0.7 * losses[0]
    assert torch.equal(learner.averaged()["words.weight"], before.to(torch.bfloat16).float())


def test_every_answer_still_stands_where_its_example_says(curriculum: Curriculum) -> None:
    made = [example for number in range(12) for example in curriculum.fields(number, Shares(1.0, 1.0, 1.0))]
    names = {name for group in GROUPS for name in group}
    for example in made:
        if example.answer and example.kind == "attacker":
            assert example.passage[slice(*example.answer)] in names
    assert {e.passage[slice(*e.answer)] for e in made if e.answer and e.kind == "attacker"} > {"Fog Heron", "Tin Badger"}, "names are swapped"
    years = {e.passage[slice(*e.answer)][-4:] for e in made if e.answer and e.kind == "when"}
    assert len(years) > 3
    assert all(year.isdigit() for year in years), "years are swapped, answers stay whole"


def test_an_open_slot_has_no_answer_when_the_ledger_asks_for_it(curriculum: Curriculum) -> None:
    made = [e for e in curriculum.fields(1, Shares(0.0, 1.0, 0.0)) if e.kind.startswith("fixed")]
    assert {e.kind: e.answer is None for e in made} == {"fixed attacker": False, "fixed victim": True, "fixed when": True, "fixed asserted_by": False}


def test_a_misleading_passage_never_holds_the_answer_nor_its_other_name() -> None:
    words = "The crew TA9001, better known under another name, extorted the harbour of Lisbon on a Friday, as the police said there."
    run = runs(Text("c.md", "", words))[0]
    assert not misleads(run, "Who extorted Lisbon?", ["Fog Heron", "TA9001"], dated=False)
    assert misleads(run, "Who extorted Lisbon?", ["Tin Badger"], dated=False)
    assert not misleads(run, "When was the harbour of Lisbon extorted?", ["4 May 2021"], dated=True), "the day may be written otherwise"


def test_documents_of_question_sets_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text(json.dumps({"docs": ["a.md"], "quotes": [{"doc": "b.md"}]}) + "\n" + json.dumps({"path": "c.md"}) + "\n")
    (tmp_path / "d.md").write_text("**Title**: D\n**Source**: https://d.example/2021/05/d\n## Content\nFog Heron did it.")
    asked = {"question": "Who?", "answer": "Fog Heron", "quote": "Fog Heron did it.", "type": "attacker"}
    rows = [{"path": path, "claims": [], "none": [], "qa": [asked]} for path in ("a.md", "d.md")]
    (tmp_path / "notes.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    (tmp_path / "a.md").write_text("text")
    out = named_paths([tmp_path / "set.jsonl"])
    assert out == {"a.md", "b.md", "c.md"}
    assert [(n.text.path, n.text.title) for n in read_annotated(tmp_path / "notes.jsonl", tmp_path, out)] == [("d.md", "D (May 2021)")]


def test_a_wording_never_leaves_a_slot_unfilled() -> None:
    full = ClaimNote("", "Fog Heron", "Atlantico", "in May 2021", "Police", "ransomware")
    chance = random.Random(1)
    for slot in ("attacker", "victim", "when", "asserted_by"):
        for _ in range(200):
            words = asked(full, slot, chance)
            assert not ({"A", "V", "W", "S"} & set(words.replace("?", " ").replace("'s", " ").replace(",", " ").replace(":", " ").split())), words
            assert "[" not in words
            assert "in in" not in words


def test_answers_survive_the_way_into_tokens(tokenizer: ReaderTokenizer) -> None:
    passage = "Zwölf Häfen, sagt Fog-Heron 🦆, wurden am 4. Mai getroffen."
    place = place_of(passage, "Fog-Heron")
    assert place is not None
    (item,) = items(tokenizer, [Example("Who?", passage, "A title", place, "attacker")])[0]
    assert item.span is not None
    first, last = item.span
    assert passage[item.window.offsets[first][0] : item.window.offsets[last][1]] == "Fog-Heron"
    batch = padded([(item,)])
    assert int(batch.first[0]) + first == int(batch.start[0])


def test_batches_keep_every_item_and_their_size(tokenizer: ReaderTokenizer) -> None:
    made = items(tokenizer, [Example("Who?", "word " * n, "", None, "none") for n in range(1, 90)])
    grouped = batches(made, tokens=300, chance=random.Random(2))
    assert sorted(length_of(sheet) for b in grouped for sheet in b) == sorted(length_of(sheet) for sheet in made)
    assert all(len(b) * max(length_of(sheet) for sheet in b) <= 300 for b in grouped)


def test_a_sheet_marks_the_sentence_that_answers_and_learns_nothing_of_another_that_may(tokenizer: ReaderTokenizer) -> None:
    ferries, lisbon = sheet_of(LIST.passages[:2], tokenizer)
    assert (ferries.golden, ferries.span) == (frozenset(), None)
    assert (lisbon.golden, lisbon.muted) == ({1}, {2})
    assert lisbon.span is not None
    offsets = lisbon.window.offsets
    assert SAYING[offsets[lisbon.span[0]][0] : offsets[lisbon.span[1]][1]] == "Fog Heron"


def test_a_passage_that_may_answer_is_never_drawn_against_the_one_that_does(tokenizer: ReaderTokenizer) -> None:
    shown = {len(sheet) for number in range(30) for sheet in sheets([LIST], number, tokenizer=tokenizer, variation=Variation([]), seed=1)}
    assert shown == {1, 2}, "one without the passage that answers, as the corpus may lack it"


def test_the_evidence_loss_is_that_of_a_choice_among_all_sentences_and_silence(tokenizer: ReaderTokenizer) -> None:
    torch.manual_seed(2)
    network = ReadingNetwork(TINY).eval()
    recipe = Recipe(judging=0.0)
    for one in (LIST, UNANSWERED):
        batch = padded([sheet_of(one.passages[:2], tokenizer)])
        scores = network(batch.ids, batch.kinds, batch.lengths, batch.sentences).evidence
        offered = [scores[0, 0], scores[0, 1], scores[1, 0], scores[1, 1]] if one is LIST else [scores[0, 0]]
        choice = torch.stack([*offered, torch.tensor(0.0)]).softmax(0)
        expected = -choice[3 if one is LIST else 1].log()
        spans = loss_of(network, batch, Recipe(judging=0.0, weighing=0.0))
        assert torch.isclose(loss_of(network, batch, recipe) - spans, expected, atol=1e-4)


def test_lists_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_lists(tmp_path / "lists.jsonl", [LIST, UNANSWERED])
    assert read_lists(tmp_path / "lists.jsonl") == [LIST, UNANSWERED]


def test_treebank_tokens_become_plain_text_with_their_places() -> None:
    text, places = joined(["He", "-LRB-", "Liam", "-RRB-", "said", "``", "no", "''", "."])
    assert text == 'He (Liam) said " no ".'
    assert text[slice(*places[2])] == "Liam"


def test_area_under_roc_by_hand() -> None:
    assert area_under_roc([0.9, 0.4, 0.5, 0.1], [True, True, False, False]) == 0.75
    assert area_under_roc([0.5, 0.5], [True, False]) == 0.5


def test_calibration_recovers_the_odds() -> None:
    relevance = torch.tensor([-2.0] * 100 + [2.0] * 100)
    answers = torch.tensor([1.0] * 10 + [0.0] * 90 + [1.0] * 70 + [0.0] * 30)
    fit = fitted(relevance, torch.zeros(200), answers)
    assert abs(fit.probability(-2.0, 0.0) - 0.1) < 0.02
    assert abs(fit.probability(2.0, 0.0) - 0.7) < 0.02


def test_a_perfect_forecast_has_no_calibration_error() -> None:
    made = bins([0.25] * 4 + [1.0] * 2, [True, False, False, False, True, True])
    assert calibration_error(made) == 0.0
    assert [b.count for b in made if b.count] == [4, 2]


@pytest.mark.parametrize(
    ("pick", "right"),
    [("the Fog Heron crew", True), ("Fog Heron", True), ("Fog", False), ("", False), ("word " * 13 + "Fog Heron", False), ("Heron of Lisbon", True)],
)
def test_a_pick_must_be_the_fact_or_a_good_part_of_it(pick: str, right: bool) -> None:
    assert matches(pick, [["Fog Heron of Lisbon", "Fog Heron"]]) is right
    assert not matches("Fog", [["Fog Heron of Lisbon"]])
