"""`whodunit chat --host`: this machine only, or everybody who signs in, or everybody where that is said in so many words.

python -m pytest tests/test_chat_command.py
"""

import os
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.web import bootstrap

from app.chat_command import is_loopback
from app.command import main
from ingest.errors import IndexMissingError

SECRETS = """
[auth]
redirect_uri = "https://whodunit.example/oauth2callback"
cookie_secret = "thirty-two characters and no more"
[auth.somebody]
client_id = "whodunit"
client_secret = "x"
server_metadata_url = "https://somebody.example/.well-known/openid-configuration"
"""


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """The options with which Streamlit was started, instead of being started; in an empty folder."""
    started: list[dict[str, object]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHODUNIT_INDEX", "index")
    monkeypatch.setenv("WHODUNIT_SIGN_IN", "")
    monkeypatch.setattr(bootstrap, "load_config_options", lambda _options: None)
    monkeypatch.setattr(bootstrap, "run", lambda *arguments: started.append(arguments[3]))
    monkeypatch.setattr("app.chat_command._announce", lambda *_where: None)
    monkeypatch.setattr("app.chat.resources.opened", nothing_there)
    monkeypatch.setattr(st.secrets, "load_if_toml_exists", lambda: (tmp_path / ".streamlit/secrets.toml").is_file())
    monkeypatch.setattr(st.secrets, "_secrets", None)
    return started


def nothing_there(folder: str) -> None:
    raise IndexMissingError(folder)


def test_another_address_without_sign_in_is_refused_with_one_line(served: list[dict[str, object]]) -> None:
    result = CliRunner().invoke(main, ["chat", "--host", "0.0.0.0"])
    assert result.exit_code == 2
    assert result.stderr.startswith("whodunit: At 0.0.0.0 everybody could read and ask")
    assert result.stderr.count("\n") == 1
    assert served == []


def test_another_address_is_served_where_it_is_said_so(served: list[dict[str, object]]) -> None:
    assert CliRunner().invoke(main, ["chat", "--host", "0.0.0.0", "--without-sign-in"]).exit_code == 0
    assert [options["server.address"] for options in served] == ["0.0.0.0"]


def test_with_a_provider_every_page_asks_who_comes_in(served: list[dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("authlib")
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit/secrets.toml").write_text(SECRETS)
    assert CliRunner().invoke(main, ["chat", "--host", "0.0.0.0"]).exit_code == 0
    assert os.environ["WHODUNIT_SIGN_IN"] == "required"
    assert len(served) == 1


def test_on_this_machine_nobody_signs_in(served: list[dict[str, object]]) -> None:
    assert CliRunner().invoke(main, ["chat"]).exit_code == 0
    assert os.environ["WHODUNIT_SIGN_IN"] == "off"
    assert len(served) == 1


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("localhost.example", False),
        ("10.0.0.1", False),
    ],
)
def test_which_addresses_only_this_machine_reaches(address: str, is_ours: bool) -> None:
    assert is_loopback(address) is is_ours
