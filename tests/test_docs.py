"""The documentation cannot lie: its commands run, its tables are made from the code, and what it links to exists.

python -m pytest tests/test_docs.py        WRITE_DOCS=1 python -m pytest tests/test_docs.py   (writes the tables anew)

Fences in README.md and docs/*.md. ```sh is run, line by line, with the models of this installation over some of the starter articles. ```console is
run, too, and what follows "$ " is compared with what is printed ("…" stands for anything). A third word (network, browser, model, long) says why a block is
only parsed: then each command must exist and know every option used. A fence with file=NAME is written to that file before anything runs.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from conftest import ARTICLES, BANK, MINISTRY, reference, write_corpus
from doc_commands import Command, commands

import app.asking
import app.understanding
from app.command import main
from app.composing import SENTENCES, SURE, WORDS
from app.language_model import Budget
from app.prompts import PASSAGES, STATEMENTS
from app.retrieval import DEPTH, RRF_K
from app.selecting import READ
from evals.table import COLUMNS
from ingest.claims.reading import load_claim_reader
from ingest.embedding import load_embedder
from ingest.reading.reader import load_reader

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ONLY_PARSED = {"network", "browser", "model", "long"}
STARTER = ("8220 Gang/*", "APT 31*/*", "Lazarus*/korea-banks*", "Sofacy*/norway-storting*", "Viking Spider/tap-*")
"""Of the starter corpus: what the pages ask about, and a few more. The whole takes a minute to read."""
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```[ \t]*$", re.M | re.S)
NUMBERS = (
    ("earlier questions that a follow-up may lean on", app.understanding.TURNS),
    ("passages that each search contributes", DEPTH),
    ("the constant of rank fusion", RRF_K),
    ("passages that are handed on, best first", app.asking.HITS),
    ("of them, passages that the reader reads", READ),
    ("probability that the corpus answers, below which it says that it does not", SURE),
    ("sentences quoted at most", SENTENCES),
    ("words that an answer may have, unless its first sentence alone is longer", WORDS),
)


@dataclass(frozen=True)
class Fence:
    """A fenced block: the words behind its opening mark, and its lines."""

    page: Path
    info: tuple[str, ...]
    body: str

    @property
    def commands(self) -> list[Command]:
        return commands(self.body, shown=self.info[:1] == ("console",))


def fences(page: Path) -> list[Fence]:
    return [Fence(page, tuple(found["info"].split()), found["body"]) for found in FENCE.finditer(page.read_text(encoding="utf-8"))]


def shell(page: Path) -> list[Fence]:
    return [fence for fence in fences(page) if fence.info[:1] in (("sh",), ("console",))]


@pytest.fixture(scope="module")
def models() -> Iterator[None]:
    """The models of this installation, loaded once for all commands."""
    with pytest.MonkeyPatch.context() as patch:
        for name, load in (("load_embedder", load_embedder), ("load_reader", load_reader), ("load_claim_reader", load_claim_reader)):
            once = cache(load)
            for module in ("app.asking", "app.ingest_command"):
                if hasattr(sys.modules.get(module) or __import__(module, fromlist=[name]), name):
                    patch.setattr(f"{module}.{name}", once)
        yield


@pytest.fixture(scope="module")
def indexed(models: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the pages suppose it: some of the starter articles and an index of them, question sets, articles and archives of the reader's own."""
    folder = tmp_path_factory.mktemp("docs")
    for found in (found for some in STARTER for found in (ROOT / "corpus" / "articles").glob(some)):
        to = folder / found.relative_to(ROOT)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(found, to)
    (folder / "evals").mkdir()
    shutil.copy(ROOT / "evals" / "starter.jsonl", folder / "evals")
    write_corpus(folder, {f"articles/{path}": text for path, text in ARTICLES.items()})
    write_corpus(folder, {"my-articles/short-note.md": "# A note\n\nToo short.\n", "notes/one.md": f"# Bank robbed\n{BANK}"})
    write_corpus(folder / "my-corpus", ARTICLES)
    with zipfile.ZipFile(folder / "reports.zip", "w") as archive:
        archive.writestr("ministry.md", reference("Wiper hits Ministry of Fisheries", MINISTRY))
    done = CliRunner().invoke(main, ["ingest", str(folder / "corpus" / "articles"), "--index", str(folder / ".whodunit")])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def run(indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Command], Result]:
    """Runs a command of a page in a copy of that folder."""
    folder = tmp_path / "home"
    shutil.copytree(indexed, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("WHODUNIT_INDEX", raising=False)
    monkeypatch.setattr("evals.floors.FLOORS_FILE", folder / "floors.json")
    return _run


def _run(command: Command) -> Result:
    words = [os.path.expanduser(word) for word in command.words]
    if words[0] == "whodunit":
        result = CliRunner().invoke(main, words[1:])
    elif words[:2] == ["python", "-m"]:
        done = subprocess.run([sys.executable, *words[1:]], capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
        result = Result(CliRunner(), done.stdout.encode(), done.stderr.encode(), done.stdout.encode(), None, done.returncode, None)
    else:
        raise AssertionError(f"{words[0]!r} is not run: mark the block, or teach this test")
    if command.into:
        Path(command.into).write_text(result.stdout, encoding="utf-8")
    return result


def known(command: Command) -> None:
    """Fails unless the command exists and knows the options used."""
    words = command.words
    if words[0] == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
        assert set(words[1:]) <= set(targets), words
    elif words[:2] == ("pip", "install"):
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
        assert all(extra in extras for extra in re.findall(r"whodunit\[(\w+)\]", " ".join(words))), words
    elif words[0] == "export":
        assert re.fullmatch(r"\w+=.*", words[1])
    else:
        assert words[0] == "whodunit", f"{words[0]!r} cannot be parsed here: teach this test"
        context = click.Context(main, info_name="whodunit")
        found = main.get_command(context, words[1])
        assert found is not None, f"no command {words[1]!r}"
        found.make_context(words[1], list(words[2:]), parent=context)


def fits(expected: str, printed: str) -> bool:
    """Whether what is printed is what a page shows; "…" is anything, and line breaks are spaces."""
    parts = [re.escape(" ".join(part.split())) for part in expected.split("…")]
    return re.fullmatch(r"\s*.*\s*".join(parts), " ".join(printed.split()), re.S) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_runs_or_is_known(page: Path, run: Callable[[Command], Result]) -> None:
    for fence in (fence for each in PAGES for fence in fences(each)):
        for name in (word.removeprefix("file=") for word in fence.info if word.startswith("file=")):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(fence.body, encoding="utf-8")
    for fence in shell(page):
        for command in fence.commands:
            if ONLY_PARSED & set(fence.info) or command.words[0] == "make":
                known(command)
                continue
            done = run(command)
            assert done.exit_code == 0, f"{page.name}: {shlex.join(command.words)}\n{done.output}\n{done.exception!r}"
            if command.output:
                assert fits(command.output, done.stdout), f"{page.name}: {shlex.join(command.words)} prints\n{done.stdout}\nand not\n{command.output}"


def test_there_are_commands_in_the_pages() -> None:
    assert {page.name for page in PAGES if shell(page)} >= {
        "README.md",
        "tour.md",
        "answers.md",
        "own-articles.md",
        "models.md",
        "question-sets.md",
        "sharing.md",
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_mark_of_a_shell_block_is_a_known_one(page: Path) -> None:
    assert [fence.info for fence in shell(page) if not {*fence.info[1:]} <= ONLY_PARSED] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_leads_to_a_file(page: Path) -> None:
    named = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    local = [link.partition("#")[0] for link in named if not link.startswith(("http://", "https://", "#"))]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_in_the_text_exists(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    context = click.Context(main, info_name="whodunit")
    everything = {name: main.get_command(context, name) for name in main.list_commands(context)}
    options = {"--help", *(option for command in everything.values() if command for parameter in command.params for option in parameter.opts)}
    named = {option for code in re.findall(r"`([^`\n]+)`", text) for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", code)}
    assert named <= options
    called = set(re.findall(r"`whodunit ([a-z]+)", text))
    assert called <= set(everything)


@pytest.mark.parametrize(
    "path",
    sorted({path for page in PAGES for path in re.findall(r"`((?:app|ingest|evals|corpus|tests)/[\w./-]+)`", page.read_text(encoding="utf-8"))}),
)
def test_every_file_that_the_text_names_exists(path: str) -> None:
    assert (ROOT / path).exists()


def put_between(page: str, begin: str, end: str, table: str) -> None:
    """Fails unless the table stands between the marks; with WRITE_DOCS it is put there."""
    path = ROOT / "docs" / page
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    assert found, f"{page} has no {begin}"
    expected = f"{before}{begin}\n{table}\n{end}{rest.partition(end)[2]}"
    if os.environ.get("WRITE_DOCS"):
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected


def test_the_numbers_of_an_answer_are_the_codes() -> None:
    rows = [f"| {meaning} | {value} |" for meaning, value in NUMBERS]
    table = "\n".join(["| what | how much |", "|---|---|", *rows])
    put_between("answers.md", "<!-- numbers: checked by tests/test_docs.py -->", "<!-- end of numbers -->", table)


def test_the_columns_of_the_table_are_the_codes() -> None:
    rows = [f"| {column.head} | {column.meaning} |" for column in COLUMNS]
    table = "\n".join(["| column | meaning |", "|---|---|", *rows])
    put_between("question-sets.md", "<!-- columns: checked by tests/test_docs.py -->", "<!-- end of columns -->", table)


def test_the_bounds_of_a_language_model_are_the_codes() -> None:
    text = " ".join((ROOT / "docs" / "models.md").read_text(encoding="utf-8").split())
    assert f"up to {PASSAGES} passages" in text
    assert f"at most {STATEMENTS} sentences" in text
    assert f"after {Budget().seconds:.0f} seconds" in text


def test_a_page_may_leave_out_what_it_shows() -> None:
    assert fits("One … three", "One\ntwo three\n")
    assert fits("One\n…", "One\ntwo\n")
    assert not fits("One … three", "One two")
    assert not fits("One", "One two")
