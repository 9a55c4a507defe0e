"""The `whodunit` command: the one place where arguments become calls. What the calls do is said where they live."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from app.claim_options import claim_filter, claim_filter_options
from app.options import as_of_option, index_option, json_option
from ingest.errors import WhodunitError

PLUGINS = "whodunit.commands"
"""Entry points of this group add commands; packages above app/ come in this way, so that imports run one way."""


class Whodunit(click.Group):
    """Shows every error meant for a user as one line on stderr, with exit status 2, and finds the commands that plug in."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *(point.name for point in entry_points(group=PLUGINS))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        if command is None:
            found = entry_points(group=PLUGINS, name=cmd_name)
            command = next(iter(found)).load() if found else None
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except WhodunitError as error:
            click.echo(f"whodunit: {error}", err=True)
            ctx.exit(2)


@click.group(cls=Whodunit, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="whodunit")
def main() -> None:
    """Who attacked whom, and when? Answers from published articles, every sentence cited to the words of a source."""


@main.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@index_option
@click.option(
    "--sources", type=click.Path(path_type=Path), metavar="FILE.jsonl", help="Fetch the pages of a list: a url a line, with title, publisher, actor."
)
@click.option("--allow-host", multiple=True, metavar="HOST", help="Let this host have a private address; pages are fetched from public ones only.")
@click.option("--keep", is_flag=True, help="Keep what cleaning would quarantine as no article.")
@click.option("--prune", is_flag=True, help="Forget files that are no longer in the folders given.")
def ingest(paths: Sequence[str], index: Path, sources: Path | None, allow_host: Sequence[str], keep: bool, prune: bool) -> None:
    """Read articles into the index: files, folders, archives of them, and pages by their URL.

    Unchanged files are skipped, changed ones replaced. May be interrupted at any time; the next run goes on from there.
    """
    from app.ingest_command import run

    if not paths and sources is None:
        raise click.UsageError("Missing argument 'PATH…': give files, folders, archives or URLs, or --sources FILE.jsonl.")
    run(paths, index, sources=sources, allow_hosts=frozenset(allow_host), keep=keep, prune=prune)


@main.command()
@click.argument("question")
@index_option
@json_option
@as_of_option
@click.option(
    "--history", multiple=True, metavar="TEXT", help="An earlier question of the same conversation; may be given several times, oldest first."
)
@click.option("--model", metavar="PROVIDER:NAME[@URL]", help="Have a language model write the answer; every quote is checked all the same.")
@click.option("--export", "form", type=click.Choice(["markdown", "bibtex", "csl", "stix"]), help="Print the answer with its citations in this form.")
def ask(question: str, index: Path, as_json: bool, as_of: date | None, history: Sequence[str], model: str | None, form: str | None) -> None:
    """Answer one question, every sentence cited."""
    from app.asking import ask as answer_to
    from app.asking import open_index
    from app.saying import answer_json, answer_lines

    opened = open_index(index)
    answer = answer_to(question, opened, history=history, as_of=as_of)
    if model:
        from app.model_command import in_the_words_of

        answer = in_the_words_of(model, answer, opened)
    if form:
        from app.exporting import FORMS

        click.echo(FORMS[form](answer), nl=False)
    else:
        click.echo(json.dumps(answer_json(answer), ensure_ascii=False) if as_json else "\n".join(answer_lines(answer)))


@main.command()
@index_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for spreadsheets.")
@click.option("--stix", "as_stix", is_flag=True, help="Print a STIX 2.1 bundle.")
@claim_filter_options
def claims(index: Path, as_json: bool, as_csv: bool, as_stix: bool, **chosen: Any) -> None:
    """List who is said to have attacked whom, when, and on whose word.

    A line a claim; claims about one incident stand together, and contradict each other where their sources do.
    """
    from app.claims_command import Form, run

    wanted: dict[Form, bool] = {"json": as_json, "csv": as_csv, "stix": as_stix}
    forms = [form for form, chosen_one in wanted.items() if chosen_one]
    if len(forms) > 1:
        raise click.UsageError("Choose one of --json, --csv and --stix.")
    run(index, claim_filter(**chosen), form=forms[0] if forms else "lines")


@main.command()
@click.argument("name")
@index_option
@json_option
@as_of_option
def actor(name: str, index: Path, as_json: bool, as_of: date | None) -> None:
    """Tell who is meant by an actor's name: other names and who uses them, other candidates, attacks, articles."""
    from app.actor_command import run

    run(name, index, as_json=as_json, as_of=as_of)


@main.command()
@index_option
@click.option("--html", "page", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the page to this file.")
@claim_filter_options
def timeline(index: Path, page: Path, **chosen: Any) -> None:
    """Draw attacks over time, and who attacked whom, as one page that needs no network."""
    from app.timeline_command import run

    run(index, claim_filter(**chosen), page=page)


@main.command()
@index_option
def mcp(index: Path) -> None:
    """Serve ask, search, claims and actor to assistants over the Model Context Protocol, on standard input and output."""
    from app.mcp_server import serve

    serve(index)


@main.command()
@index_option
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the page; the first free one from 8501 by default.")
@click.option(
    "--host",
    "address",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address of the page; others than this machine's own ask who comes in.",
)
@click.option("--without-sign-in", is_flag=True, help="Let in everybody who reaches the address.")
def chat(index: Path, port: int | None, address: str, without_sign_in: bool) -> None:
    """Open the chat in the browser, on this machine only unless --host says otherwise."""
    from app.chat_command import chat as open_chat

    open_chat(index, port=port, address=address, without_sign_in=without_sign_in)


@main.command()
@index_option
@json_option
@click.option("--text", "with_text", is_flag=True, help="With each article's text.")
def articles(index: Path, as_json: bool, with_text: bool) -> None:
    """List the articles, quarantined ones too, one line each."""
    from app.saying import article_json, article_line
    from ingest.store.ledger import Ledger

    for article in Ledger(index).articles():
        if as_json:
            click.echo(json.dumps(article_json(article, with_text=with_text), ensure_ascii=False))
        else:
            click.echo(article_line(article) + (f"\n{article.text}\n" if with_text else ""))


@main.command()
@index_option
@json_option
def status(index: Path, as_json: bool) -> None:
    """Count what the index holds, and list what it would not read or keep."""
    from app.saying import status_json, status_lines
    from ingest.store.ledger import Ledger

    ledger = Ledger(index)
    click.echo(json.dumps(status_json(ledger), ensure_ascii=False) if as_json else "\n".join(status_lines(ledger, index)))


@main.command()
@index_option
@json_option
@click.option("--repair", is_flag=True, help="Build the vector index anew from the ledger, then check.")
def check(index: Path, as_json: bool, repair: bool) -> None:
    """Prove that the index is sound: every stored vector must find its passage. Exit status 1 where something is wrong."""
    from app.health_command import run

    sys.exit(run(index, as_json=as_json, repair_first=repair))
