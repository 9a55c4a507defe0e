"""python -m pytest tests/test_bench.py: what is measured is what was asked for, and a measurement that fails says so."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals import bench, tutorial
from evals.bench import Cost, compared, files_of, sample
from ingest.errors import WhodunitError


def test_a_share_is_spread_over_the_whole_list_and_never_empty() -> None:
    files = [Path(f"{n}.md") for n in range(100)]
    assert [int(path.stem) for path in sample(files, 0.25)] == list(range(0, 100, 4))
    assert sample(files, 1.0) == tuple(files)
    assert sample(files, 0.0001) == (Path("0.md"),)


def test_only_texts_are_measured_and_their_absence_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WhodunitError, match=r"holds no \.md or \.txt file"):
        files_of(tmp_path)
    for name in ("b/two.md", "a/one.TXT", "a/page.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text", encoding="utf-8")
    assert [path.name for path in files_of(tmp_path)] == ["one.TXT", "two.md"]


def test_costs_of_two_rounds_add_up_and_the_peak_is_the_higher() -> None:
    assert Cost(2, 10, 1.5, 300.0) + Cost(3, 20, 2.5, 200.0) == Cost(5, 30, 4.0, 300.0)


def test_rounds_take_turns_and_cover_every_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[tuple[str, tuple[str, ...]]] = []
    for name in ("ours", "theirs"):

        def measured(files: tuple[Path, ...], corpus: Path, name: str = name) -> Cost:
            turns.append((name, tuple(file.stem for file in files)))
            return Cost(len(files), 1, 1.0, 1.0)

        monkeypatch.setattr(bench, name, measured)
    mine, tutorials = compared([Path(f"{n}.md") for n in range(5)], Path(), rounds=2)
    assert [name for name, _ in turns] == ["ours", "theirs", "theirs", "ours"]
    assert turns[0][1] == turns[1][1] == ("0", "2", "4")
    assert turns[2][1] == turns[3][1] == ("1", "3")
    assert mine.files == tutorials.files == 5


def test_a_process_is_timed_and_its_own_memory_is_measured() -> None:
    large = bench._run([sys.executable, "-c", "print(len(b'x' * 900_000_000))"])
    small = bench._run([sys.executable, "-c", "print(1)"])
    assert large.output == "900000000\n"
    assert large.mebibytes > 850
    assert small.mebibytes > 1, "and not lower than this process itself, so there is no upper bound"
    assert small.seconds > 0


def test_a_process_that_fails_is_one_line_with_its_last_words() -> None:
    with pytest.raises(WhodunitError, match=r"ended with status 3: no such\s+model") as failed:
        bench._run([sys.executable, "-c", "import sys; sys.stderr.write('no such\\n model'); sys.exit(3)"])
    assert "\n" not in str(failed.value)


def test_a_missing_extra_is_named_with_the_command_that_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.md").write_text("text", encoding="utf-8")
    monkeypatch.setattr(tutorial, "PACKAGES", ("no_such_package",))
    result = CliRunner().invoke(bench.bench, ["ingest", str(tmp_path)])
    assert isinstance(result.exception, WhodunitError)
    assert str(result.exception) == "The comparison needs no_such_package: run `pip install 'whodunit[bench]'`."
