"""`whodunit eval`: the command, and the one place where evaluation meets an index. Found by the `whodunit` command as a plug-in."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from app.evaluation_runs import run_folder, write_run
from app.nouns import Answer
from app.options import index_option
from evals import against, floors
from evals.evaluation import REPORT_NAME, RESULTS_NAME, Evaluation, evaluate_set
from evals.keeping import as_run
from evals.sets import Field, QuestionSet, read_set
from evals.table import as_table
from ingest.errors import WhodunitError

BELOW_FLOORS = 1
PATH = click.Path(path_type=Path)


@click.command(name="eval")
@click.argument("set_file", metavar="SET.jsonl", type=PATH)
@index_option
@click.option(
    "--out",
    metavar="DIR",
    type=PATH,
    help=f"Folder for {RESULTS_NAME} and {REPORT_NAME}.  [default: INDEX/evaluations/<time>-<set>, where the chat shows it]",
)
@click.option("--field", type=click.Choice(["question", "paraphrase"]), default="question", show_default=True, help="The wording to ask.")
@click.option("--against", "earlier", metavar="FILE", type=PATH, help=f"An earlier {RESULTS_NAME} to compare with, question by question.")
@click.option("--type", "types", metavar="T", multiple=True, help="Only questions of this type; may be given several times.")
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many questions.")
@click.option("--floors", "check", is_flag=True, help="Exit with status 1 where a share is below its floor for this set.")
@click.option("--set-floors", "raising", is_flag=True, help="Raise the floors of this set to what is measured.")
@click.option("--lower-floors", "lowering", is_flag=True, help="Set the floors of this set to what is measured, lower ones too.")
def evaluate(
    set_file: Path,
    index: Path,
    out: Path | None,
    field: Field,
    earlier: Path | None,
    types: tuple[str, ...],
    limit: int | None,
    check: bool,
    raising: bool,
    lowering: bool,
) -> None:
    """Ask the questions of a set and grade the answers.

    Prints a table and leaves results.jsonl and report.html (every question with its evidence) in a folder; without --out beside the index,
    where the evaluation page of `whodunit chat` shows it among earlier runs. No language model is used.
    """
    if (check or raising or lowering) and (types or limit or field != "question"):
        raise WhodunitError("Floors hold for a whole set as it is asked: leave out --type, --limit and --field paraphrase.")
    question_set = read_set(set_file)
    # Imported here, as every command does: `whodunit --help` must not wait for torch.
    from app.asking import ask, open_index

    opened = open_index(index)

    def asker(text: str, history: Sequence[str]) -> Answer:
        return ask(text, opened, history=history)

    began = datetime.now()
    folder = out or run_folder(index, name=set_file.stem if field == "question" else f"{set_file.stem}-{field}", began=began)
    evaluation = evaluate_set(question_set, asker, out=folder, field=field, types=types, limit=limit, against=earlier)
    if out is None:
        write_run(folder, as_run(evaluation, question_set, field=field, began=began))
    click.echo(said(evaluation, field=field, folder=folder))
    if raising or lowering:
        set_floors(evaluation, question_set, lower=lowering, file=floors.FLOORS_FILE)
    if check and not hold(evaluation, question_set, file=floors.FLOORS_FILE):
        click.get_current_context().exit(BELOW_FLOORS)


def said(evaluation: Evaluation, *, field: Field, folder: Path) -> str:
    """What the terminal shows after a run."""
    parts = [as_table(evaluation.rows)]
    if evaluation.left_out:
        parts.append(f"{evaluation.left_out} questions have no {field} and were left out.")
    if evaluation.comparison:
        parts.append(against.as_text(evaluation.comparison))
    return "\n\n".join([*parts, f"Every question with its evidence: {folder / REPORT_NAME}"])


def hold(evaluation: Evaluation, question_set: QuestionSet, *, file: Path) -> bool:
    """Whether every floor holds; says on stderr which do not."""
    below = floors.check(evaluation.total, question_set, file=file)
    for shortfall in below:
        click.echo(f"Below the floor: {shortfall}.", err=True)
    if not below:
        click.echo("Every floor holds.")
    return not below


def set_floors(evaluation: Evaluation, question_set: QuestionSet, *, lower: bool, file: Path) -> None:
    """Write the floors of the set and say what they are now."""
    now = floors.put(evaluation.total, question_set, lower=lower, file=file)
    click.echo(f"Floors of {question_set.name}: " + ", ".join(f"{name} {floor:.4f}" for name, floor in now.shares.items()))
