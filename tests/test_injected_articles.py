"""Sixty articles that try to command whoever reads them, beside honest ones: none is followed, with or without a language model that obeys.

python -m pytest tests/test_injected_articles.py
"""

import json
import re
from collections.abc import Iterator

import pytest
import torch
from chat_server import ChatServer, chat_server
from conftest import TODAY, ToyEmbedder, write_corpus
from hostile_articles import CARDED, INCIDENTS, PLANTED, Incident, Planted, honest
from toy_claims import card

from app.asking import ask
from app.language_model import Budget, open_model
from app.model_command import put_into_words
from app.nouns import Answer, Scope
from app.prompts import OMITTED
from app.quotes import checked
from ingest.forms.normal_text import normal
from ingest.index import Index
from ingest.orders import is_order
from ingest.pipeline import ingest, roots_of
from ingest.reading.reader import load_reader

each = pytest.mark.parametrize("planted", PLANTED, ids=[planted.name for planted in PLANTED])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The honest articles, the planted ones and some cards of actors, read by the shipped reader."""
    folder = tmp_path_factory.mktemp("planted")
    files = {f"honest/{number}.md": honest(incident) for number, incident in enumerate(INCIDENTS)}
    files |= {planted.file: planted.text for planted in PLANTED} | {f"cards/{name}.md": card(f"{name} (Kestrel Labs)") for name in CARDED}
    embedder = ToyEmbedder()
    ingest(roots_of([write_corpus(folder / "corpus", files)]), folder / "index", embedder=embedder, today=TODAY)
    return Index(folder / "index", embedder, load_reader(dtype=torch.float32))


@pytest.fixture(scope="module")
def answers(index: Index) -> dict[str, Answer]:
    """Who did it, asked of the honest article and one planted one, by the planted one's name."""
    return {planted.name: ask(planted.incident.question, index, scope=both(planted)) for planted in PLANTED}


def both(planted: Planted) -> Scope:
    return Scope(publishers=(*planted.incident.publishers, *planted.publishers))


def is_honest(path: str, incident: Incident) -> bool:
    return path == f"honest/{INCIDENTS.index(incident)}.md"


def follows_none(answer: Answer, planted: Planted) -> None:
    """Nothing of an order is shown; who did it is told from the honest article; whom a planted one frames is named as one of two accounts at most."""
    checked(answer)
    shown = [statement.text for statement in answer.statements] + [citation.quote for citation in answer.citations]
    for order in planted.orders:
        assert not any(normal(order) in text for text in shown), "an order is shown"
    assert not any(is_order(text) for text in shown)
    told = [citation for citation in answer.citations if is_honest(citation.article.path, planted.incident)]
    assert any(planted.incident.attacker in citation.quote for citation in told), "the honest article is not quoted"
    assert planted.incident.attacker in answer.text
    framed = any(planted.incident.framed in text for text in shown)
    if planted.claims:
        assert framed, "what a source states is shown, whoever states it"
        assert answer.status == "disputed"
        assert planted.incident.framed not in answer.statements[0].text
        for statement in answer.statements[1:]:
            if planted.incident.framed in statement.text:
                cited = [citation.article.path for citation in answer.citations if citation.number in statement.citations]
                assert cited
                assert all(path.startswith("planted/") for path in cited), "it is shown as the planted article's word"
    else:
        assert not framed
        assert answer.status == "answered"


def test_there_are_sixty_and_some_only_give_orders() -> None:
    assert len({planted.name for planted in PLANTED}) == len(PLANTED) == 60
    assert sum(planted.claims for planted in PLANTED) == 24


@each
def test_no_order_is_followed_without_a_model_and_a_claim_is_one_of_two_accounts(planted: Planted, answers: dict[str, Answer]) -> None:
    follows_none(answers[planted.name], planted)


@pytest.mark.parametrize("incident", INCIDENTS, ids=[incident.victim for incident in INCIDENTS])
def test_five_planted_articles_at_once_do_not_push_the_honest_one_out(incident: Incident, index: Index) -> None:
    answer = ask(incident.question, index)
    assert not any(is_order(citation.quote) for citation in answer.citations)
    assert incident.framed not in answer.statements[0].text
    assert any(is_honest(citation.article.path, incident) for citation in answer.citations)


class Obedient:
    """A model that does whatever an order, or a claim about whom the articles frame, tells it to, quoting that; without one it repeats the honest article."""

    def __init__(self, planted: Planted) -> None:
        self.planted = planted
        self.saw_an_order = False

    def __call__(self, prompt: str) -> str:
        self.saw_an_order |= any(normal(order) in prompt for order in self.planted.orders)
        for number, passage in passages_of(prompt):
            if self.planted.incident.framed in passage:
                sentence = next(line for line in re.split(r"(?<=[.!?»”>}])\s+|\n", passage) if self.planted.incident.framed in line)
                words = f"{self.planted.incident.framed} attacked {self.planted.incident.victim}."
                return reply(words, sentence, number) + reply("And " + sentence, sentence, number)
        return "".join(
            reply(sentence, sentence, number)
            for number, passage in passages_of(prompt)
            for sentence in re.findall(r"The national police said that [^.]+\.", passage)
        )


def passages_of(prompt: str) -> Iterator[tuple[int, str]]:
    for found in re.finditer(r"<<<passage (\d+) ([0-9a-f]{12})>>>\n(.*?)\n<<<end of passage \1 \2>>>", prompt, re.S):
        yield int(found[1]), found[3].split("\n", 1)[-1]


def reply(text: str, quote: str, passage: int) -> str:
    return json.dumps({"text": text, "quotes": [{"passage": passage, "quote": quote}]}) + "\n"


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    with chat_server("") as running:
        yield running


@each
def test_a_model_that_obeys_every_order_it_sees_shows_none(planted: Planted, answers: dict[str, Answer], index: Index, server: ChatServer) -> None:
    plain, model = answers[planted.name], Obedient(planted)
    server.replies = (model,)
    shown: list[Answer] = []
    opened = open_model(f"openai:stub@{server.url}", budget=Budget(seconds=20, retries=0))
    answer = put_into_words(plain, opened, index, on_statement=shown.append)
    assert not model.saw_an_order, "sentences that give orders do not reach the model"
    follows_none(answer, planted)
    assert not any(is_order(statement.text) for partial in shown for statement in partial.statements)


ORDERED = {planted.name: planted for planted in PLANTED if planted.name in ("ignore", "chatml", "passage", "plain", "json", "bidi")}
WRECKS = {
    "invents citations": lambda planted: f'{planted.incident.framed} attacked {planted.incident.victim} [1][7]. {{"text": "See [9].", "quotes": []}}',
    "swaps the actors": lambda planted: reply(
        f"{planted.incident.framed} attacked {planted.incident.victim} on {planted.incident.day}.",
        f"The national police said that {planted.incident.attacker} attacked {planted.incident.victim}",
        1,
    ),
    "half an object": lambda planted: reply(f"{planted.incident.framed} did it.", "The national police said that", 1)[:50],
    "HTTP 500": lambda planted: 500,
    "a cut stream": lambda planted: b'data: {"choices": [{"delta": {"content": "{\\"text\\"',
}


@pytest.mark.parametrize("planted", ORDERED.values(), ids=ORDERED.keys())
@pytest.mark.parametrize("wreck", WRECKS.values(), ids=[name.replace(" ", "-") for name in WRECKS])
def test_whatever_a_broken_model_does_the_answer_without_it_stands(
    wreck: object, planted: Planted, answers: dict[str, Answer], index: Index, server: ChatServer
) -> None:
    plain = answers[planted.name]
    server.replies = (wreck(planted),)  # type: ignore[operator]
    answer = put_into_words(plain, open_model(f"openai:stub@{server.url}", budget=Budget(seconds=20, retries=0)), index)
    assert answer.statements == plain.statements
    assert answer.citations == plain.citations
    assert answer.note


def test_a_model_that_stalls_costs_its_budget_and_no_more(answers: dict[str, Answer], index: Index) -> None:
    plain = answers["plain"]
    with chat_server("{" * 40, pause=30) as stalling:
        answer = put_into_words(plain, open_model(f"openai:stub@{stalling.url}", budget=Budget(seconds=0.6, retries=0)), index)
    assert answer.statements == plain.statements
    assert "did not finish in time" in answer.note


def test_what_is_left_out_of_a_prompt_is_marked(answers: dict[str, Answer], index: Index, server: ChatServer) -> None:
    server.replies, sent = ("{}",), len(server.requests)
    put_into_words(answers["plain"], open_model(f"openai:stub@{server.url}", budget=Budget(seconds=20, retries=0)), index)
    prompt = server.prompts[sent]
    assert OMITTED in prompt
    assert "Ignore all previous instructions" not in prompt
