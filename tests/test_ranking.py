"""The order in which found passages are read: `pytest tests/test_ranking.py`. Every expected value can be worked out in the head."""

import math
from dataclasses import replace
from datetime import date

from app.nouns import Hit, Question
from app.ranking import MISSING, Found, ranked, signs_of
from ingest.nouns import Article, Passage

TEXT = "Gray Heron broke into the port of Lysefjord. The police said so on Monday."
ARTICLE = Article("a", "a.md", ("a.md",), "reference", "Port hacked", TEXT, "kept", "", None, "Harbour News", None, date(2021, 6, 1), (), "a")
QUESTION = Question("Who hacked Lysefjord in 2021?", "Who hacked Lysefjord in 2021?")


def hit(number: str, text: str, article: Article = ARTICLE) -> Hit:
    return Hit(Passage(number, article.id, 0, len(text), text), article, 0.0)


def test_signs_are_what_they_say() -> None:
    other = replace(ARTICLE, id="b", title="Weather", published=date(2019, 1, 1), form="card")
    hits = [hit("p1", TEXT), hit("p2", "It rained in Lysefjord.", other)]
    found = {"p1": Found(0, None, 0.02), "p2": Found(None, 4, 0.01)}
    one, two = signs_of(QUESTION, hits, found, ["Heron"])
    assert (one.dense, one.lexical) == (-math.log1p(0), -math.log1p(MISSING))
    assert two.lexical == -math.log(5)
    assert (one.article, two.article) == (2.0, 1.0)
    assert (one.year, two.year) == (1.0, 0.0)
    assert (one.actor, two.actor) == (1.0, 0.0)
    assert (one.card, two.card) == (0.0, 1.0)
    assert one.within > two.within > 0, "the title says hacked"


def test_words_that_stand_together_count_more_than_words_far_apart() -> None:
    near = "Lysefjord was hacked. " + "Nothing else. " * 30
    far = "Lysefjord slept. " + "Nothing else. " * 30 + "Someone hacked a bakery."
    plain = replace(ARTICLE, title="News")
    hits = [hit("near", near, plain), hit("far", far, plain)]
    one, two = signs_of(QUESTION, hits, {"near": Found(0, 0, 0.01), "far": Found(0, 0, 0.01)}, [])
    assert one.within == two.within
    assert one.together > two.together
    assert one.actor == 0.5, "no actor is asked for"


def test_the_passage_that_says_what_is_asked_is_read_first_whatever_the_searches_say() -> None:
    hits = [hit("weather", "It rained all day over the hills."), hit("answer", "In 2021 Gray Heron hacked Lysefjord.")]
    found = {"weather": Found(0, 9, 0.03), "answer": Found(9, 0, 0.03)}
    assert [one.passage.id for one in ranked(QUESTION, hits, found, [])] == ["answer", "weather"]
