"""The chat model: opened from one string, its failures one clear line, its keys never sent elsewhere or shown, its time and words bounded.

python -m pytest tests/test_language_model.py
"""

import stat
import sys
import time
from pathlib import Path

import pytest
from chat_server import chat_server

from app.language_model import SERVER_KEY, Budget, LanguageModel, LanguageModelError, ModelAddress, open_model
from app.llama_server import LlamaServer
from ingest.errors import ModelMissingError, WhodunitError

SECRET = "sk-secret-0123456789"


def model_at(url: str, *, seconds: float = 10.0, tokens: int = 200, retries: int = 0) -> LanguageModel:
    return open_model(f"openai:stub@{url}", budget=Budget(seconds=seconds, tokens=tokens, retries=retries))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ollama:llama3.2:3b", ModelAddress("ollama", "llama3.2:3b")),
        ("openai:some/model@http://127.0.0.1:8080/v1/", ModelAddress("openai", "some/model", "http://127.0.0.1:8080/v1")),
        ("OpenAI:name@v2", ModelAddress("openai", "name@v2")),
        ("gguf:models/tiny.gguf", ModelAddress("gguf", "models/tiny.gguf")),
    ],
)
def test_one_string_says_provider_name_and_server(text: str, address: ModelAddress) -> None:
    assert ModelAddress.parse(text) == address


@pytest.mark.parametrize("text", ["", "gpt", ":name", "openai:", "open ai:x", "openai:@http://127.0.0.1/v1"])
def test_what_is_no_address_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(LanguageModelError, match="PROVIDER:NAME"):
        open_model(text)


def test_a_missing_package_names_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain.chat_models import base

    base._get_chat_model_creator.cache_clear()
    monkeypatch.setitem(sys.modules, "langchain_openai", None)
    with pytest.raises(LanguageModelError, match=r"pip install 'whodunit\[openai\]'"):
        open_model("openai:stub@http://127.0.0.1:9/v1")


def test_an_unknown_provider_is_one_clear_line() -> None:
    with pytest.raises(LanguageModelError, match="provider is unknown"):
        open_model("nosuchprovider:name")


@pytest.mark.parametrize(("provider", "name"), [("openai", "OPENAI_API_KEY"), ("anthropic", "ANTHROPIC_API_KEY")])
def test_a_missing_key_names_the_variable(provider: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)
    with pytest.raises(LanguageModelError, match=name):
        open_model(f"{provider}:some-model")


def test_a_reply_comes_piece_by_piece_and_the_limits_are_sent() -> None:
    with chat_server("one two three four five") as server:
        pieces = list(model_at(server.url, tokens=77).stream("be brief", "count"))
        assert "".join(pieces) == "one two three four five"
        assert len([piece for piece in pieces if piece]) > 2
        assert server.requests[0]["max_tokens"] == 77
        assert [message["role"] for message in server.requests[0]["messages"]] == ["system", "user"]


def test_a_providers_key_is_not_sent_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.delenv(SERVER_KEY, raising=False)
    with chat_server("yes") as server:
        list(model_at(server.url).stream("s", "u"))
        monkeypatch.setenv(SERVER_KEY, "key-of-this-server")
        list(model_at(server.url).stream("s", "u"))
        assert SECRET not in "".join(server.keys)
        assert server.keys[1] == "Bearer key-of-this-server"


@pytest.mark.parametrize(("status", "words"), [(401, "refused the key"), (404, "not known there"), (500, "HTTP 500")])
def test_a_failure_is_told_without_what_the_server_said(status: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SERVER_KEY, SECRET)
    with chat_server(status) as server:
        with pytest.raises(LanguageModelError, match=words) as caught:
            list(model_at(server.url).stream("s", "u"))
        assert SECRET not in str(caught.value)
        assert isinstance(caught.value, WhodunitError)


def test_a_passing_failure_is_tried_again_and_a_lasting_one_is_not() -> None:
    with chat_server(503, "there") as server:
        assert "".join(model_at(server.url, retries=1).stream("s", "u")) == "there"
    with chat_server(401, "there") as server:
        with pytest.raises(LanguageModelError):
            list(model_at(server.url, retries=3).stream("s", "u"))
        assert len(server.requests) == 1


def test_no_server_is_told_as_such() -> None:
    with chat_server("x") as server:
        url = server.url
    with pytest.raises(LanguageModelError, match="cannot be reached"):
        list(model_at(url).stream("s", "u"))


@pytest.mark.parametrize("pause", [30.0, 0.1], ids=["silent", "dripping"])
def test_neither_silence_nor_dripping_outlasts_the_budget(pause: float) -> None:
    with chat_server("drop " * 400, pause=pause) as server:
        start = time.monotonic()
        with pytest.raises(LanguageModelError, match="in time"):
            list(model_at(server.url, seconds=0.8).stream("s", "u"))
        assert time.monotonic() - start < 3


def test_a_model_that_never_stops_is_stopped() -> None:
    with chat_server("and so on " * 5000) as server, pytest.raises(LanguageModelError, match="beyond its 20 tokens"):
        list(model_at(server.url, tokens=20).stream("s", "u"))


def test_a_broken_stream_is_one_clear_line() -> None:
    with chat_server(b"data: {not json\n\n") as server, pytest.raises(LanguageModelError, match="failed"):
        list(model_at(server.url).stream("s", "u"))


def test_a_stream_cut_off_inside_a_piece_gives_what_came_before() -> None:
    whole = b'data: {"choices": [{"index": 0, "delta": {"content": "before"}}]}\n\n'
    with chat_server(whole + whole[:40]) as server:
        assert "".join(model_at(server.url).stream("s", "u")) == "before"


LLAMA = """#!{python}
import json, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
options = dict(zip(sys.argv[1::2], sys.argv[2::2]))
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"{{}}")
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200); self.send_header("Content-Type", "text/event-stream"); self.end_headers()
        choice = {{"index": 0, "delta": {{"content": options["--model"]}}}}
        event = {{"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}}
        self.wfile.write(b"data: " + json.dumps(event).encode() + b"\\n\\ndata: [DONE]\\n\\n")
    def log_message(self, *args): pass
HTTPServer((options["--host"], int(options["--port"])), Handler).serve_forever()
"""


def program(folder: Path, text: str) -> None:
    folder.mkdir()
    (folder / "llama-server").write_text(text)
    (folder / "llama-server").chmod(stat.S_IRWXU)


def test_a_gguf_file_is_served_on_loopback_and_ends_when_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin", LLAMA.format(python=sys.executable))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    gguf = tmp_path / "tiny.gguf"
    gguf.write_bytes(b"GGUF")
    model = open_model(f"gguf:{gguf}", budget=Budget(seconds=10, retries=0))
    try:
        assert "".join(model.stream("s", "u")) == str(gguf)
    finally:
        model.close()
    with pytest.raises(LanguageModelError, match="cannot be reached"):
        list(model.stream("s", "u"))


def test_a_gguf_file_that_is_missing_or_not_servable_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelMissingError, match="no model file"):
        open_model(f"gguf:{tmp_path / 'none.gguf'}")
    gguf = tmp_path / "tiny.gguf"
    gguf.write_bytes(b"no model")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("app.llama_server.find_spec", lambda name: None)
    with pytest.raises(ModelMissingError, match="llama-server on the PATH"):
        LlamaServer(gguf)
    program(tmp_path / "bin", f"#!{sys.executable}\nraise SystemExit(3)\n")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(ModelMissingError, match="ended with status 3"):
        LlamaServer(gguf)
