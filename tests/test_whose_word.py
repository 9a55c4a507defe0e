"""Whose word an answer is.

python -m pytest tests/test_whose_word.py
"""

from dataclasses import replace
from datetime import date

import pytest

from app.nouns import Answer, Citation, Question, Statement
from app.whose_word import with_whose_word
from ingest.nouns import Article, Claim

TEXT = "The harbour police (HPO) said on Monday that Gray Heron broke into the port of Lysefjord."
ARTICLE = Article(
    "a", "a.md", ("a.md",), "reference", "Port entered", TEXT, "kept", "", None, "Fjord Post", None, date(2023, 5, 8), (), "a"
)  # fmt: skip
CLAIM = Claim("a", "Gray Heron", ("gray-heron",), "the port of Lysefjord", None, "The harbour police (HPO)", "asserted", "other", 0, len(TEXT), TEXT)
ANSWER = Answer(
    Question("Who broke into the port?", "Who broke into the port?", slot="attacker"),
    "answered",
    (Statement("Gray Heron, according to Fjord Post (8 May 2023).", (1,)), Statement(TEXT, (1,))),
    (Citation(1, ARTICLE, 0, len(TEXT), TEXT),),
    claims=(CLAIM,),
    short="Gray Heron",
)


def test_the_lead_names_who_says_so_and_who_tells_it() -> None:
    told = with_whose_word(ANSWER)
    assert told.statements[0].text == "Gray Heron, according to the harbour police (HPO), as told by Fjord Post (8 May 2023)."
    assert told.statements[1:] == ANSWER.statements[1:]


@pytest.mark.parametrize(
    "changed",
    [
        {"asserted_by": None},
        {"asserted_by": "Kestrel Labs"},
        {"asserted_by": "Fjord Post"},
        {"asserted_by": "The harbour police (HPO) said on Monday that Gray"},
        {"asserted_by": "Gray Heron"},
        {"stance": "self_claimed"},
        {"attacker": "Paper Lantern"},
        {"article_id": "b"},
    ],
)
def test_nobody_is_named_who_does_not_stand_in_the_quote_or_says_something_else(changed: dict[str, object]) -> None:
    answer = replace(ANSWER, claims=(replace(CLAIM, **changed),))  # type: ignore[arg-type]
    assert with_whose_word(answer) == answer
