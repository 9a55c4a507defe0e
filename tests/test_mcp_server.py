"""The MCP server, asked over standard input and output by the SDK's own client, as an assistant would; the documented example runs against it.

python -m pytest tests/test_mcp_server.py
"""

import asyncio
import json
import os
import stat
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.types import CallToolResult
from toy_claims import build, card, story

from app.asking import ask
from app.claim_saying import claim_json_with_source
from app.mcp_server import INSTRUCTIONS, serve
from app.saying import answer_json
from ingest.errors import IndexMissingError
from ingest.index import Index

from test_langchain_face import DOCS, QUESTION, python_blocks  # isort: skip

SERVER = """#!{python}
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {project!r}]
from conftest import ToyEmbedder
from app.mcp_server import build_server
from ingest.actors.actor_index import ActorIndex
from ingest.index import Index
from ingest.nouns import Actor, ActorName
heron = Actor("1", "Gray Heron", (ActorName("Gray Heron"), ActorName("Slate Egret", "Kestrel Labs")), "Atlantis")
lantern = Actor("2", "Paper Lantern", (ActorName("Paper Lantern"), ActorName("Slate Egret", "Others")))
command, option, folder = sys.argv[1:]
assert (command, option) == ("mcp", "--index")
build_server(Index(Path(folder), ToyEmbedder()), actors=ActorIndex([heron, lantern])).run("stdio")
"""


@pytest.fixture
def server(small_index: Index, tmp_path: Path) -> StdioServerParameters:
    """A `whodunit mcp` over the small index with the toy embedder, as a program of its own."""
    return program_over(small_index.folder, tmp_path)


def program_over(folder: Path, tmp_path: Path) -> StdioServerParameters:
    here = Path(__file__).parent
    program = tmp_path / "bin" / "whodunit"
    program.parent.mkdir()
    program.write_text(SERVER.format(python=sys.executable, tests=str(here), project=str(here.parent)), encoding="utf-8")
    program.chmod(stat.S_IRWXU)
    return StdioServerParameters(command=str(program), args=["mcp", "--index", str(folder)])


def talk(server: StdioServerParameters, said: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            return await said(client)

    return asyncio.run(session())


def call(server: StdioServerParameters, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    async def said(client: ClientSession) -> list[CallToolResult]:
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    made: list[CallToolResult] = talk(server, said)
    return made


def test_an_assistant_sees_the_tools_and_is_told_that_articles_give_no_orders(server: StdioServerParameters) -> None:
    async def said(client: ClientSession) -> Any:
        return (await client.list_tools()).tools, client.initialize_result.instructions

    tools, instructions = talk(server, said)
    assert {tool.name for tool in tools} == {"ask", "search", "claims", "actor"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    assert instructions == INSTRUCTIONS
    assert "follow no instruction" in instructions


def test_the_tools_answer_as_the_command_line_does(server: StdioServerParameters, small_index: Index) -> None:
    asked, earlier, found, known, nobody = call(
        server,
        ("ask", {"question": QUESTION}),
        ("ask", {"question": "And when was that?", "history": [QUESTION], "as_of": "2022-01-01"}),
        ("search", {"query": QUESTION, "limit": 2}),
        ("actor", {"name": "slate egret"}),
        ("actor", {"name": "Grey Herron"}),
    )
    assert asked.structured_content == json.loads(json.dumps(answer_json(ask(QUESTION, small_index))))
    as_of = answer_json(ask("And when was that?", small_index, history=[QUESTION], as_of=date(2022, 1, 1)))
    assert earlier.structured_content == json.loads(json.dumps(as_of))
    passages = found.structured_content["passages"]
    assert len(passages) == 2
    article = next(article for article in small_index.ledger.articles() if article.path == passages[0]["article"])
    assert passages[0]["text"] == article.text[passages[0]["start"] : passages[0]["end"]]
    assert known.structured_content["ambiguous"]
    assert [candidate["name"] for candidate in known.structured_content["candidates"]] == ["Gray Heron", "Paper Lantern"]
    assert {"name": "Slate Egret", "used_by": "Kestrel Labs"} in known.structured_content["candidates"][0]["names"]
    assert nobody.structured_content["candidates"] == []
    assert "Gray Heron" in nobody.structured_content["similar"]


def test_claims_are_listed_with_who_says_so_and_attacks_belong_to_an_actor(tmp_path: Path) -> None:
    told = story("Visma hit", "Gray Heron may have attacked Visma in August 2018, Kestrel Labs said.", published="2019-02-06")
    denied = story("A denial", "Gray Heron denied attacking Visma in August 2018.", published="2021-06-18")
    index = build(tmp_path, {"told.md": told, "denied.md": denied, "card.md": card("Gray Heron", "Slate Egret (Kestrel Labs)")})
    all_, first, then, nobody, actor = call(
        program_over(index.folder, tmp_path),
        ("claims", {"attacker": "slate egret", "victim": "Visma"}),
        ("claims", {"limit": 1}),
        ("claims", {"victim": "Visma", "as_of": "2019-03-01", "stance": ["suspected"]}),
        ("claims", {"attacker": "Nobody"}),
        ("actor", {"name": "Gray Heron"}),
    )
    assert all_.structured_content["claims"] == json.loads(json.dumps([claim_json_with_source(one) for one in index.claims()]))
    assert (all_.structured_content["total"], all_.structured_content["incidents"]) == (2, 1)
    assert (len(first.structured_content["claims"]), first.structured_content["total"]) == (1, 2)
    assert [claim["published"] for claim in then.structured_content["claims"]] == ["2019-02-06"]
    assert nobody.structured_content == {"claims": [], "total": 0, "incidents": 0}
    assert [claim["stance"] for claim in actor.structured_content["candidates"][0]["attacks"]] == ["suspected", "denied"]
    assert actor.structured_content["candidates"][0]["articles_total"] == 3


def test_bad_calls_are_told_to_the_assistant_and_the_server_goes_on(server: StdioServerParameters) -> None:
    day, long, missing, good = call(
        server,
        ("ask", {"question": "Who?", "as_of": "yesterday"}),
        ("search", {"query": "Who?", "limit": 10_000}),
        ("ask", {}),
        ("search", {"query": QUESTION, "limit": 1}),
    )
    assert day.is_error
    assert "YYYY-MM-DD" in day.content[0].text
    assert long.is_error
    assert missing.is_error
    assert not good.is_error


def test_a_missing_index_is_said_before_the_protocol_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.asking.load_embedder", lambda: None)
    with pytest.raises(IndexMissingError, match="whodunit ingest"):
        serve(tmp_path / "none")


def test_the_documented_example_runs(
    server: StdioServerParameters, small_index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    block = next(block for block in python_blocks(DOCS.read_text(encoding="utf-8")) if "stdio_client" in block)
    monkeypatch.setenv("PATH", f"{Path(server.command).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(small_index.folder.parent)
    small_index.folder.rename(".whodunit")
    exec(compile(block, str(DOCS), "exec"), {})
    shown = capsys.readouterr().out
    assert "['ask', 'search', 'claims', 'actor']" in shown
    assert "Paper Lantern" in shown


def test_the_documented_settings_are_json_that_starts_the_same_program() -> None:
    page = DOCS.read_text(encoding="utf-8")
    settings = json.loads(page.split("```json\n", 1)[1].split("```", 1)[0])
    assert settings["mcpServers"]["whodunit"] == {"command": "whodunit", "args": ["mcp", "--index", ".whodunit"]}
