"""Nobody named, and two sides: `pytest tests/test_blame.py`."""

from datetime import date

import pytest

from app.blame import dispute, nobody_named
from app.composing import compose
from app.nouns import Question, Slot
from app.selecting import NOTHING, Candidate
from ingest.actors.actor_index import ActorIndex
from ingest.nouns import Actor, ActorName, Article
from ingest.sentences import sentence_spans
from ingest.times.when import resolve

ACTORS = ActorIndex(
    [Actor("h", "Gray Heron", (ActorName("Gray Heron"), ActorName("TA9001")), None), Actor("l", "Paper Lantern", (ActorName("Paper Lantern"),), None)]
)
OUTAGE = "Otter Mills lost a week of orders. Its own staff noticed first. Who did it, the company cannot say. Gray Heron robbed a bank in May."
PORT = (
    "Gray Heron broke into the port of Lysefjord in June 2021. In March 2022 the port of Lysefjord was entered again. That intrusion has not been attributed to "
    "any known group."
)
DENIED = "Northwind Bank says that Gray Heron took its records. Gray Heron denied any involvement. The bank has sixty branches."
TWO = "Kestrel Labs laid the theft at Tern Airlines to Gray Heron. Marten Security blames Paper Lantern for it."


def told(text: str, *answers: tuple[str, float]) -> list[Candidate]:
    """The sentences of one article in which these words answer, with these probabilities."""
    article = Article(text[:8], "a.md", ("a.md",), "text", "T", text, "kept", "", None, "Harbour News", None, date(2022, 6, 18), (), "a")
    found = []
    for words, probability in answers:
        at = text.index(words)
        start, end = next((start, end) for start, end in sentence_spans(text) if start <= at < end)
        found.append(Candidate(article, start, end, at, at + len(words), NOTHING, probability))
    return found


def asked(text: str, slot: Slot = "attacker", *actors: str) -> Question:
    return Question(text, text, focus=text, slot=slot, actors=actors, when=resolve(text, date(2022, 7, 1)))


def test_nobody_is_named_where_the_article_says_so_beside_what_was_found() -> None:
    said = nobody_named(asked("Who attacked Otter Mills?"), told(OUTAGE, ("a week of orders", 0.6), ("Gray Heron", 0.2)), ACTORS)
    assert said
    assert said.text == "Who did it, the company cannot say."


def test_an_actor_who_was_found_is_not_unnamed_by_a_sentence_elsewhere() -> None:
    assert nobody_named(asked("Who broke into the port of Lysefjord in June 2021?"), told(PORT, ("Gray Heron", 0.9)), ACTORS) is None


def test_an_attack_at_one_time_is_not_answered_by_another_ones_attacker() -> None:
    said = nobody_named(asked("Who broke into the port of Lysefjord in March 2022?"), told(PORT, ("Gray Heron", 0.9)), ACTORS)
    assert said
    assert said.text.startswith("That intrusion has not been attributed")


def test_a_hacker_who_is_only_called_unknown_gives_way_to_one_who_is_named() -> None:
    text = "An unknown individual opened the account of Otter Mills. Moth took the credit for it on Monday."
    question = asked("Who hacked Otter Mills?")
    assert nobody_named(question, told(text, ("unknown individual", 0.5), ("Moth", 0.3)), ACTORS) is None
    assert nobody_named(question, told(text, ("unknown individual", 0.5)), ACTORS)


def test_a_denial_of_the_same_article_is_the_other_side() -> None:
    sides = dispute(
        asked("Was Gray Heron really behind the theft at Northwind Bank?", "detail", "Gray Heron"), told(DENIED, ("Gray Heron", 0.8)), ACTORS
    )
    assert sides
    assert (sides.held.text, sides.against.text) == ("Northwind Bank says that Gray Heron took its records.", "Gray Heron denied any involvement.")


@pytest.mark.parametrize(
    "question", ["Who robbed Tern Airlines, and do the accounts agree?", "Who robbed Tern Airlines, Gray Heron or Paper Lantern?"]
)
def test_two_who_are_blamed_are_two_sides_where_it_is_asked_whether_all_agree(question: str) -> None:
    answer = compose(asked(question), (), told(TWO, ("Gray Heron", 0.7), ("Paper Lantern", 0.2)), actors=ACTORS)
    assert answer.status == "disputed"
    assert answer.statements[0].text == "Accounts differ, as told by Harbour News (18 June 2022)."
    assert [citation.quote for citation in answer.citations] == TWO.replace("Heron. ", "Heron.\n").split("\n")


def test_what_an_actor_did_is_not_answered_by_an_article_that_never_names_it() -> None:
    found = told("On 3 May 2022 Gray Heron robbed Otter Mills.", ("3 May 2022", 0.9))
    stranger = compose(asked("When did Paper Lantern rob Otter Mills?", "when", "Paper Lantern"), (), found, actors=ACTORS)
    assert stranger.status == "not_in_corpus"
    assert stranger.statements[-1].text == "What comes nearest does not speak of Paper Lantern."
    assert compose(asked("When did TA9001 rob Otter Mills?", "when", "TA9001"), (), found, actors=ACTORS).status == "answered"


def test_a_list_begins_with_the_sentence_that_lists() -> None:
    text = "Three bakeries were robbed by Gray Heron. They are Otter Mills, Tern Bakers and Heath Loaves, all of Lysefjord."
    found = told(text, ("Three bakeries", 0.6), ("Otter Mills, Tern Bakers and Heath Loaves", 0.3))
    answer = compose(asked("Which three bakeries were robbed?", "list"), (), found, actors=ACTORS)
    assert answer.citations[0].quote.startswith("They are Otter Mills")


CONTRADICTED = "Harbour police say that the same crew robbed Tern Airlines.{}Kestrel Labs had laid the theft to Paper Lantern. It has nine planes."


@pytest.mark.parametrize("between", [" That contradicts an earlier finding. ", " But this account clashes with what others held. "])
def test_two_sentences_that_contradict_each_other_are_two_sides(between: str) -> None:
    sides = dispute(asked("Who robbed Tern Airlines?"), told(CONTRADICTED.format(between), ("Paper Lantern", 0.9)), ACTORS)
    assert sides
    assert sides.held.answer == "Paper Lantern"
    assert sides.against.text.startswith("Harbour police")


@pytest.mark.parametrize("between", [" ", " The airline disputes the bill for its hangar with the city. ", " It flies to Porto. "])
def test_what_does_not_say_so_parts_nobody(between: str) -> None:
    assert dispute(asked("Who robbed Tern Airlines?"), told(CONTRADICTED.format(between), ("Paper Lantern", 0.9)), ACTORS) is None


def test_whether_somebody_was_named_is_answered_from_anywhere_in_the_article() -> None:
    text = "Otter Mills was hit in May. It makes flour. It has a mill in Porto. It has a mill in Bergen. It has ships. The company did not name the attackers."
    found = told(text, ("hit in May", 0.8))
    said = nobody_named(asked("Has Otter Mills named those who attacked it?", "detail"), found, ACTORS)
    assert said
    assert said.text == "The company did not name the attackers."


def test_an_actor_whom_the_best_sentence_doubts_gives_way_to_one_that_names_nobody() -> None:
    text = "The theft cannot be linked to any known group. Some code looks like Gray Heron's, which could well be a false flag."
    said = nobody_named(asked("Who robbed Tern Airlines?"), told(text, ("Gray Heron", 0.9)), ACTORS)
    assert said
    assert said.text == "The theft cannot be linked to any known group."


def test_the_actor_that_the_question_names_is_no_answer_to_who_it_is() -> None:
    text = "The operators of Gray Heron robbed Tern Airlines. Gray Heron has not been attributed to any country."
    said = nobody_named(asked("Who is behind Gray Heron?", "attacker", "Gray Heron"), told(text, ("operators of Gray Heron", 0.9)), ACTORS)
    assert said
    assert said.text == "Gray Heron has not been attributed to any country."
    assert nobody_named(asked("Who robbed Tern Airlines?"), told(text, ("operators of Gray Heron", 0.9)), ACTORS) is None
