"""Which language models the page offers, and answers put into their words. Keys stand in the environment or in Streamlit's secrets file only."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from app.language_model import LanguageModel, LanguageModelError, ModelAddress, open_model
from app.model_command import put_into_words
from app.model_composing import WITHOUT
from app.nouns import Answer
from ingest.index import Index

CONFIGURED = "WHODUNIT_MODELS"
"""A comma list of PROVIDER:NAME[@URL], in the environment or at the top of secrets.toml."""


def configured() -> tuple[str, ...]:
    """Addresses of the models that may be chosen, in the order given; those that are no address are left out."""
    # Streamlit copies what stands at the top of a secrets file into the environment, where `open_model` looks for keys.
    st.secrets.load_if_toml_exists()
    listed = [text.strip() for text in os.environ.get(CONFIGURED, "").split(",")]
    return tuple(dict.fromkeys(text for text in listed if _is_address(text)))


def shown_name(address: str, among: Sequence[str] = ()) -> str:
    """PROVIDER:NAME; with the host where another model `among` these has the same. A user name or key in the URL is never part of it."""
    parsed = ModelAddress.parse(address)
    name = f"{parsed.provider}:{parsed.name.rpartition('/')[2] if parsed.provider == 'gguf' else parsed.name}"
    twins = [other for other in among if other != address and shown_name(other) == name]
    return f"{name} at {parsed.url.rpartition('@')[2].rpartition('://')[2].partition('/')[0]}" if twins and parsed.url else name


def in_words_of(address: str, answer: Answer, index: Index, *, on_statement: Callable[[Answer], None]) -> Answer:
    """The answer as the model at `address` puts it; the same answer with a note where the model cannot be opened or asked."""
    try:
        model = _opened(address)
    except LanguageModelError as error:
        return replace(answer, note=f"{error} {WITHOUT}")
    return put_into_words(answer, model, index, on_statement=on_statement)


def _is_address(text: str) -> bool:
    try:
        ModelAddress.parse(text)
    except LanguageModelError:
        return False
    return True


@st.cache_resource(show_spinner=False, on_release=lambda model: model.close())
def _opened(address: str) -> LanguageModel:
    """Opened once for all sessions: a GGUF file's server takes seconds to start. A failure is not remembered."""
    return open_model(address)
