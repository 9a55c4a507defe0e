"""`whodunit ask --model`, and the page's choice of a model: the extractive answer put into a language model's words, under the same checks."""

from collections.abc import Callable
from contextlib import closing

from app.language_model import LanguageModel, open_model
from app.model_composing import compose_with_model
from app.nouns import Answer
from app.quotes import checked
from ingest.index import Index


def in_the_words_of(address: str, answer: Answer, index: Index) -> Answer:
    """The answer as the model at `address` puts it, or the same answer with a note. Raises LanguageModelError where there is no such model."""
    with closing(open_model(address)) as model:
        return put_into_words(answer, model, index)


def put_into_words(answer: Answer, model: LanguageModel, index: Index, *, on_statement: Callable[[Answer], None] | None = None) -> Answer:
    """The answer as an open model puts it, or the same answer with a note. on_statement: as in `compose_with_model`."""

    def aliases(name: str) -> tuple[str, ...]:
        """Other names of an actor, where the name means only one."""
        return index.actors.names_for_search(name) if len(index.actors.candidates(name)) == 1 else ()

    return checked(compose_with_model(answer, model, aliases=aliases, on_statement=on_statement))
