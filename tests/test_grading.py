"""python -m pytest tests/test_grading.py: an answer gets the grade it deserves, whatever its typography."""

import pytest

from evals.grading import grade
from evals.matching import first_words, fold, states, without_markers
from evals.results import CitedQuote, Result
from evals.sets import GoldQuestion


def question(*facts: tuple[str, ...], wrong: tuple[str, ...] = (), docs: tuple[str, ...] = ("a.md",)) -> GoldQuestion:
    return GoldQuestion(id="q", type="attacker" if facts else "unanswerable", question="Who?", facts=facts, wrong=wrong, docs=docs)


def result(answer: str, *quotes: str, status: str = "answered", retrieved: tuple[str, ...] = ("a.md",)) -> Result:
    cited = tuple(CitedQuote(n, "a.md", quote, 0, len(quote), None, None) for n, quote in enumerate(quotes, start=1))
    return Result(id="q", status=status, answer=answer, citations=cited, retrieved=retrieved, seconds=0.1)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Maze did it", "maze"),
        ("by MAZE.", "Maze"),
        ("(Maze)", "Maze"),
        ("the Maze-linked crew", "Maze"),
        ("**Maze** and _Maze_", "Maze"),
        ("only _Maze_ did", "Maze"),
        ("Maze's site, Maze’s site", "Maze's"),
        ("Maze’s site", "Maze"),
        ("a phishing wave", "phish"),
        ("a spear-phishing wave", "phish"),
        ("manufacturers", "manufactur"),
        ("trading companies", "trading compan"),
        ("Malaysian ministries", "Malaysia"),
        ("Israeli, Iranian and Japanese firms", "Iran"),
        ("Israeli, Iranian and Japanese firms", "Japan"),
        ("APT-31 was named", "APT\u201131"),
        ("APT\u201131 was named", "APT-31"),
        ("APT–31", "APT-31"),
        ("high‐tech firms", "high-tech"),
        ("Claire‘s shop", "Claire's"),
        ("the “Alder” mill", '"Alder" mill'),
        ("Alder\u00a0Mill", "Alder Mill"),
        ("Alder\n  Mill", "Alder Mill"),
        ("Al\u00adder Mi\u200bll", "Alder Mill"),
        ("on April 26, 2021", "April 26"),
        ("on April 26th", "April 26"),
        ("in the 1990s", "1990"),
        ("26.04.2021", "2021"),
        ("April 26,2021", "April 26"),
        ("paid $4.4 million", "$4.4 million"),
        ("paid $4.4 million", "4.4 million"),
        ("paid 4.4 million.", "4.4 million"),
        ("in the end 500, no more", "500"),
        ("version 2.", "2"),
        ("oil, gas and coal", ", gas"),
        ("said Ulm (PST) today", "(PST)"),
        ("Straße", "STRASSE"),
        ("NGOs and an NGO's staff", "NGO"),
        ("ＡＰＴ31", "APT31"),
    ],
)
def test_a_fact_is_found_whatever_its_typography(text: str, wording: str) -> None:
    assert states(text, (wording,))


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("they were amazed", "Maze"),
        ("the Mazes of Crete are Mazelike", "Mazel"),
        ("it continued for weeks", "Conti"),
        ("the continental market", "Conti"),
        ("undisputed", "disput"),
        ("April 26", "April 2"),
        ("APT10", "APT1"),
        ("APT310", "APT31"),
        ("xAPT31", "APT31"),
        ("17 May", "7 May"),
        ("$14.4 million", "4.4 million"),
        ("$4.4 million", "$4"),
        ("7,500 people", "500 people"),
        ("500,000 people", "500"),
        ("12018", "2018"),
        ("20180", "2018"),
        ("$40k", "$40"),
        ("an API was abused", "AP"),
        ("its staff", "IT"),
        ("Alder and Mill", "Alder Mill"),
        ("evil.com", "evil[.]com"),
        ("", "Maze"),
    ],
)
def test_a_fact_is_not_found_inside_other_words_and_numbers(text: str, wording: str) -> None:
    assert not states(text, (wording,))


def test_a_wording_is_never_read_as_a_pattern() -> None:
    assert not states("abc", ("a.c",))
    assert states("C++ (and $5) [x] *y*", ("c++ (and $5) [x] *y*",))


def test_folding_twice_is_folding_once() -> None:
    text = "“Ａ”—b\u00a0\u2011C’s ﬁle…\u200b"
    assert fold(fold(text)) == fold(text)


def test_only_numbers_in_brackets_are_markers() -> None:
    assert without_markers("Maze hit evil[.]com [1][12]. Twice [3].") == "Maze hit evil[.]com. Twice."


def test_strict_wants_every_fact() -> None:
    both = question(("Maze",), ("Alder Mill", "the mill"))
    assert grade(both, result("Maze hit the mill [1].")).strict
    assert not grade(both, result("Maze hit it [1].")).strict


def test_a_fact_counts_up_to_the_sixtieth_word_and_markers_are_no_words() -> None:
    filler = " ".join(["word"] * 59)
    assert grade(question(("Maze",)), result(f"{filler} Maze")).strict
    assert grade(question(("Maze",)), result(f"word [1] [2] {' '.join(['word'] * 58)} Maze [3].")).strict
    late = grade(question(("Maze",)), result(f"word {filler} Maze"))
    assert not late.strict
    assert late.lenient
    assert late.words == 61


def test_a_fact_that_the_sixtieth_word_cuts_in_two_is_late() -> None:
    assert not grade(question(("Alder Mill",)), result(" ".join(["word"] * 59) + " Alder Mill")).strict
    assert first_words("one  two\nthree", 2) == "one two"


def test_a_wrong_string_spoils_strict_only_within_the_first_sixty_words() -> None:
    wanted = question(("Maze",), wrong=("Ryuk",))
    early = grade(wanted, result("Maze, not Ryuk.", "Maze"))
    assert early.wrong == ("Ryuk",)
    assert not early.strict
    assert not early.supported
    assert early.lenient
    assert early.verdict == "wrong"
    assert grade(wanted, result("Maze. " + "word " * 60 + "Ryuk")).strict


def test_supported_wants_each_fact_whole_in_one_quote() -> None:
    wanted = question(("Maze",), ("Alder Mill",))
    answer = "Maze hit Alder Mill [1][2]."
    assert grade(wanted, result(answer, "Maze said so.", "The Alder Mill was hit.")).supported
    assert not grade(wanted, result(answer, "Maze said so.")).supported
    assert not grade(wanted, result(answer, "Maze hit Alder", "Mill")).supported
    assert not grade(wanted, result(answer)).supported


def test_supported_takes_another_wording_in_the_quote_than_in_the_answer() -> None:
    assert grade(question(("26 April", "April 26")), result("On 26 April [1].", "It began April 26.")).supported


def test_lenient_takes_facts_from_answer_and_quotes_together() -> None:
    wanted = question(("Maze",), ("Alder Mill",))
    graded = grade(wanted, result("Maze did it [1].", "Alder Mill was hit."))
    assert graded.lenient
    assert not graded.strict
    assert [(fact.early, fact.in_answer, fact.in_quotes) for fact in graded.facts] == [(True, True, False), (False, False, True)]


def test_an_abstention_on_an_answerable_question_earns_nothing_even_when_it_names_the_fact() -> None:
    graded = grade(question(("nobody",)), result("Nobody in the corpus says.", "nobody", status="not_in_corpus"))
    assert (graded.strict, graded.supported, graded.lenient) == (False, False, False)
    assert graded.verdict == "abstained"
    assert graded.abstained


def test_an_unanswerable_question_is_right_only_when_rejected() -> None:
    rejected = grade(question(), result("Nothing on that.", status="not_in_corpus"))
    assert rejected.verdict == "right"
    assert not rejected.strict
    for status in ("answered", "disputed", "unattributed"):
        assert grade(question(), result("Maze.", status=status)).verdict == "wrong"


def test_a_failed_question_is_not_scored_whatever_it_is() -> None:
    for asked in (question(("Maze",)), question()):
        graded = grade(asked, result("Maze", status="error"))
        assert graded.verdict == "not scored"
        assert not graded.scored
        assert not graded.strict
        assert not graded.lenient


def test_the_rank_is_that_of_the_first_article_that_answers() -> None:
    graded = grade(question(("x",), docs=("c.md", "b.md")), result("x", retrieved=("a.md", "b.md", "c.md")))
    assert graded.rank == 2
    assert [graded.hit(k) for k in (1, 2, 5)] == [False, True, True]
    assert grade(question(("x",), docs=("z.md",)), result("x")).rank is None
    assert not grade(question(("x",), docs=()), result("x")).hit(10)


def test_a_result_of_another_question_is_refused() -> None:
    with pytest.raises(ValueError, match="does not belong"):
        grade(question(("x",)), Result("other", "answered", "x", (), (), 0.0))
