"""The chat model of the user's choice, opened from one string and asked within a budget of time, words and tries.

The one file that knows LangChain's chat models. It knows nothing of questions, passages or answers. Keys come from the environment only, when a
model is opened, and stand in no message: what a provider says of a failure is not repeated either, since providers repeat keys.
"""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from app.llama_server import LlamaServer
from ingest.errors import WhodunitError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRAS = {"openai": "openai", "gguf": "openai", "ollama": "ollama", "anthropic": "anthropic"}
"""Which of this package's extras brings a provider; others are LangChain's to name."""
KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
"""Where a provider's own service finds its key."""
SERVER_KEY = "WHODUNIT_MODEL_KEY"
"""Where the key for a server given by address is found. Never a provider's own key: it must not travel to another server."""
_CHARACTERS = 8
"""Characters for which one token stands at most, in English as models are known to write it; above that a server ignores its limit."""
_PASSING = frozenset({408, 409, 425, 429})
_PAUSE = 0.5


class LanguageModelError(WhodunitError):
    """A language model cannot be opened or asked; the message says why and what to do, and holds no key."""


@dataclass(frozen=True)
class Budget:
    """What one answer may cost. seconds: from the question to the last word, all tries together. tokens: of one reply. retries: after a failure
    that may pass, before the first word came."""

    seconds: float = 90.0
    tokens: int = 700
    retries: int = 1


@dataclass(frozen=True)
class ModelAddress:
    """`provider:name` or `provider:name@url`; for the provider gguf the name is a file."""

    provider: str
    name: str
    url: str | None = None

    @classmethod
    def parse(cls, text: str) -> "ModelAddress":
        """Raises LanguageModelError where the text is no such address."""
        provider, colon, rest = text.strip().partition(":")
        at = max(rest.rfind("@http://"), rest.rfind("@https://"))
        name, url = (rest[:at], rest[at + 1 :].rstrip("/")) if at >= 0 else (rest, None)
        if not colon or not provider.replace("_", "").isalnum() or not name.strip():
            raise LanguageModelError(
                f"{text!r} names no language model: write PROVIDER:NAME, as in ollama:llama3.2, gguf:model.gguf or "
                "openai:NAME@http://127.0.0.1:8080/v1."
            )
        return cls(provider.lower(), name.strip(), url)

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}" + (f"@{self.url}" if self.url else "")


class LanguageModel:
    """An open chat model. Safe to share between threads."""

    def __init__(self, chat: "BaseChatModel", address: ModelAddress, *, budget: Budget, close: Callable[[], None] = lambda: None) -> None:
        self._chat = chat
        self.address = address
        self.budget = budget
        self.close = close

    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        """The reply to one instruction and one message, piece by piece as it arrives.

        Raises LanguageModelError where the model fails, or has not finished within `seconds` (else the budget's) or the budget's tokens.
        """
        deadline = time.monotonic() + (self.budget.seconds if seconds is None else seconds)
        for left in range(self.budget.retries, -1, -1):
            spoken = False
            try:
                for piece in self._reply([("system", system), ("human", user)], deadline):
                    spoken = spoken or bool(piece)
                    yield piece
            except _ProviderError as failure:
                if spoken or not left or not failure.passing or time.monotonic() + _PAUSE >= deadline:
                    raise LanguageModelError(f"The language model {self.address} {failure}.") from failure.__cause__
                time.sleep(_PAUSE)
            else:
                return

    def _reply(self, messages: list[tuple[str, str]], deadline: float) -> Iterator[str]:
        # Providers bound a silence, not a whole reply: one token every few seconds would keep a page waiting for ever. So a thread reads.
        pieces: queue.SimpleQueue[str | _End] = queue.SimpleQueue()
        stop = threading.Event()
        threading.Thread(target=self._read, args=(messages, pieces, stop), daemon=True, name="language model").start()
        try:
            while True:
                try:
                    piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise LanguageModelError(f"The language model {self.address} did not finish in time.") from None
                if isinstance(piece, _End):
                    if piece.error is not None:
                        raise piece.error if isinstance(piece.error, LanguageModelError) else _ProviderError(piece.error) from piece.error
                    return
                yield piece
        finally:
            stop.set()

    def _read(self, messages: list[tuple[str, str]], pieces: "queue.SimpleQueue[str | _End]", stop: threading.Event) -> None:
        room = self.budget.tokens * _CHARACTERS
        with _HandsOver(pieces):
            for chunk in self._chat.stream(messages):
                if stop.is_set():
                    return
                piece = str(chunk.text)
                room -= len(piece)
                if room < 0:
                    raise LanguageModelError(f"The language model {self.address} went on beyond its {self.budget.tokens} tokens.")
                pieces.put(piece)


def open_model(text: str, *, budget: Budget = Budget()) -> LanguageModel:
    """The chat model at `PROVIDER:NAME[@URL]`; gguf:FILE starts llama.cpp's server on this machine. Close it when done.

    Raises LanguageModelError where the address is none, the provider's package is not installed or its key is not in the environment. Whether a
    server is there shows only when it is asked.
    """
    address = ModelAddress.parse(text)
    if address.provider != "gguf":
        return LanguageModel(_chat(address, budget), address, budget=budget)
    server = LlamaServer(Path(address.name))
    try:
        chat = _chat(ModelAddress("openai", Path(address.name).stem, server.url), budget)
    except LanguageModelError:
        server.close()
        raise
    return LanguageModel(chat, address, budget=budget, close=server.close)


def _chat(address: ModelAddress, budget: Budget) -> "BaseChatModel":
    from langchain.chat_models import init_chat_model

    settings = _settings(address, budget)
    try:
        chat: BaseChatModel = init_chat_model(address.name, model_provider=address.provider, **settings)
    except ImportError as error:
        extra = EXTRAS.get(address.provider)
        how = f"pip install 'whodunit[{extra}]'" if extra else f"pip install langchain-{address.provider.replace('_', '-')}"
        raise LanguageModelError(f"The package for {address.provider} models is not installed: {how}.") from error
    except ValueError as error:
        raise LanguageModelError(
            f"LangChain cannot open {address} ({type(error).__name__}): its provider is unknown, or needs settings that are not in the environment."
        ) from None
    return chat


def _settings(address: ModelAddress, budget: Budget) -> dict[str, Any]:
    """What each kind of provider calls the address, the key, and the limits of time and words."""
    settings: dict[str, Any] = {"temperature": 0}
    if address.url:
        settings["base_url"] = address.url
    if address.provider == "ollama":
        return {**settings, "num_predict": budget.tokens, "client_kwargs": {"timeout": budget.seconds}}
    settings |= {"max_tokens": budget.tokens, "timeout": budget.seconds, "max_retries": 0}
    name = KEYS.get(address.provider)
    if name and address.url:
        settings["api_key"] = os.environ.get(SERVER_KEY) or "none"
        if address.provider == "openai":
            # LangChain sends max_completion_tokens, which older servers of this kind do not know.
            settings |= {"extra_body": {"max_tokens": budget.tokens}, "use_responses_api": False}
    elif name and not os.environ.get(name):
        raise LanguageModelError(f"No key for {address}: set {name} in the environment, or give a server of your own as {address}@URL.")
    return settings


@dataclass(frozen=True)
class _End:
    error: BaseException | None


class _HandsOver:
    """Hands the end of a reading thread to the thread that waits for it: an error of any class is raised there, not here."""

    def __init__(self, pieces: "queue.SimpleQueue[str | _End]") -> None:
        self._pieces = pieces

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        self._pieces.put(_End(error))
        return True


class _ProviderError(Exception):
    """A provider's failure in words that repeat nothing of what it said. passing: whether another try may help."""

    def __init__(self, error: BaseException) -> None:
        status = getattr(error, "status_code", None)
        kind = type(error).__name__
        self.passing = status is None or status in _PASSING or status >= 500
        if status in (401, 403):
            said = f"refused the key (HTTP {status})"
        elif status == 404:
            said = "is not known there (HTTP 404): check its name"
        elif isinstance(status, int) and status > 0:
            said = f"answered with an error (HTTP {status})"
        elif "Timeout" in kind:
            said = "did not answer in time"
        elif isinstance(error, OSError) or "Connect" in kind:
            said = "cannot be reached: is its server running?"
        else:
            said = f"failed ({kind})"
        super().__init__(said)
