"""Reads JSON Lines: one article a line, {"title", "url", "publisher", "author", "published", "text"}, all but "text" optional."""

import json

from ingest.forms.header_dates import header_date
from ingest.forms.normal_text import normal
from ingest.limits import Limits
from ingest.nouns import Draft


def is_article_lines(text: str) -> bool:
    """Whether the first line is a JSON object, as in JSON Lines; the text must not be normalised yet."""
    line = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
    if not line.startswith("{") or not line.endswith("}"):
        return False
    try:
        return isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def read_article_lines(path: str, text: str, limits: Limits) -> tuple[list[Draft], list[str]]:
    """The drafts of the lines, with path "file.jsonl#3" for the third line, and what is wrong with the lines that hold none."""
    drafts: list[Draft] = []
    problems: list[str] = []
    addresses = 0
    # Split before normalising: JSON may hold other line breaks inside a string, and only "\n" ends a line.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        if len(drafts) + len(problems) >= limits.articles:
            problems.append(f"line {number}: more than {limits.articles:,} articles in one file, the rest was not read; split it")
            break
        try:
            fields = json.loads(line, strict=False)
            addresses += isinstance(fields, dict) and "url" in fields and "text" not in fields
            drafts.append(_draft(f"{path}#{number}", fields, limits))
        except RecursionError:
            problems.append(f"line {number}: nested too deeply")
        except json.JSONDecodeError as error:
            problems.append(f"line {number}: not JSON, {error.msg} at character {error.pos + 1}")
        except ValueError as error:
            problems.append(f"line {number}: {' '.join(str(error).split())[:160]}")
    if addresses and addresses == len(problems) and not drafts:
        return [], ["a list of addresses without their texts; fetch them with `whodunit ingest --sources FILE`"]
    return drafts, problems


def _draft(path: str, fields: object, limits: Limits) -> Draft:
    if not isinstance(fields, dict):
        raise ValueError('not an object; write {"title": …, "text": …}')  # noqa: TRY004 — a wrong value in a file, not a wrong type in code
    text = fields.get("text")
    if not isinstance(text, str) or not normal(text).strip():
        raise ValueError('no "text"')
    if len(text) > limits.text_chars:
        raise ValueError(f"{len(text):,} characters are more than an article has ({limits.text_chars:,})")
    return Draft(
        path=path,
        form="jsonl",
        text=normal(text).strip("\n"),
        title=_line(fields.get("title")),
        url=_line(fields.get("url")),
        publisher=_line(fields.get("publisher")),
        author=_line(fields.get("author")),
        published=header_date(fields.get("published")),
    )


def _line(value: object) -> str | None:
    return (" ".join(normal(value).split()) or None) if isinstance(value, str) else None
