"""Reads an actor card: what a compiler knows of one threat actor, its names and who uses each, and the operations laid to it.

Knows nothing about time expressions: when an operation took place stays as written ("2018 Summer", "2017/2018", "2014 Late").
"""

import hashlib
import re
from dataclasses import dataclass

from ingest.errors import SourceError
from ingest.names import split_list, split_names
from ingest.nouns import Actor, ActorName

_OPENING = re.compile(r"\s*# Threat actor:[ \t]*(.*)")
_SECTION = re.compile(r"^##[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"^\*\*([^*\n]+)\*\*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_REFERRED = re.compile(r"\{\{([^{}\n]*)\}\}")
_DATED = re.compile(r"^(\d{4}[^:\n]{0,26}):[ \t]*(.*)$")
_SCHEMES = ("http://", "https://", "<http://", "<https://")
_UNKNOWN = frozenset({"", "unknown", "various", "?"})


@dataclass(frozen=True)
class CardOperation:
    """One dated entry of a card. when: as written. text: all its lines but the addresses, joined by line breaks."""

    when: str
    text: str
    urls: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One actor card. names: those of its heading first, then its other aliases; sponsor, motivation, country, first_seen: None if unknown.

    operations are attacks; counter_operations are arrests, takedowns and indictments. sectors, countries: of victims.
    """

    uuid: str
    names: tuple[ActorName, ...]
    description: str
    sponsor: str | None
    motivation: str | None
    country: str | None
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    tools: tuple[str, ...]
    operations: tuple[CardOperation, ...]
    counter_operations: tuple[CardOperation, ...]
    first_seen: str | None


def read_card(text: str) -> Card:
    """Parses a card's markdown (text with "\\n" as line break). A missing section is empty. Raises SourceError if it is no actor card."""
    opening = _OPENING.match(text)
    if opening is None or not opening[1].strip():
        raise SourceError('no actor card: it must open with "# Threat actor:" and a name')
    body = _REFERRED.sub(r"\1", text[opening.end() :])
    marks = list(_SECTION.finditer(body))
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    sections = {mark[1].lower(): body[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=False)}
    fields = {mark[1].strip().lower(): mark[2] for mark in _FIELD.finditer(body)}
    heading = opening[1].strip()
    return Card(
        uuid=fields.get("uuid", "") or hashlib.sha256(heading.encode()).hexdigest()[:16],
        names=_names(heading, sections.get("threat actor aliases", "")),
        description=sections.get("description", ""),
        sponsor=_known(fields.get("sponsor", "")),
        motivation=_known(fields.get("motivation", "")),
        country=_known(sections.get("country of origin", "")),
        sectors=split_names(sections.get("observed attacked sectors where victims operate in", "")),
        countries=split_names(sections.get("observed attacked countries where victims operate in", "")),
        tools=split_names(sections.get("observed usage of tools", "")),
        operations=_operations(sections.get("reported hacking operations", "")),
        counter_operations=_operations(sections.get("reported counter operations against threat actor", "")),
        first_seen=_known(fields.get("first seen", "")),
    )


def to_actor(card: Card) -> Actor:
    """The actor that a card describes, under the first name of its heading."""
    return Actor(id=card.uuid, name=card.names[0].name, names=card.names, country=card.country)


def _names(heading: str, aliases: str) -> tuple[ActorName, ...]:
    known = [_alias(item) for item in split_list(" ".join(aliases.split()))]
    users = {alias.name: alias for alias in reversed(known)}
    headed = [users.get(name, ActorName(name)) for listed in split_names(heading) for name in _headed(listed)]
    # One name may be used by several companies; that is two entries, and the same company twice is one.
    return tuple(dict.fromkeys([*headed, *known]))


def _headed(name: str) -> tuple[str, ...]:
    """A bracket in a heading holds a short form: "Syrian Electronic Army (SEA)" is two names."""
    alias = _alias(name)
    return (alias.name, alias.used_by) if alias.used_by else (alias.name,)


def _alias(item: str) -> ActorName:
    """ "APT 31 (Mandiant)" → APT 31, used by Mandiant. Only the last bracket names the user: "Sandman (group) (ESET)" → Sandman (group)."""
    if not item.endswith(")"):
        return ActorName(item)
    depth = 0
    for at in range(len(item) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(item[at], 0)
        if depth == 0:
            name, user = item[:at].strip(), item[at + 1 : -1].strip()
            return ActorName(name, "" if user.lower() in _UNKNOWN else user) if name else ActorName(item)
    return ActorName(item)


def _known(value: str) -> str | None:
    # A compiler's guess at a region stands in square brackets: [Gaza], [Unknown].
    value = " ".join(value.split()).removeprefix("[").removesuffix("]")
    return None if value.lower() in _UNKNOWN else value


def _operations(section: str) -> tuple[CardOperation, ...]:
    found: list[tuple[str, list[str]]] = []
    for line in section.split("\n"):
        if match := _DATED.match(line):
            found.append((match[1].strip(), [match[2]]))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            found.append(("", [line]))
    return tuple(_operation(when, [line.strip() for line in lines if line.strip()]) for when, lines in found)


def _operation(when: str, lines: list[str]) -> CardOperation:
    addresses = [line for line in lines if line.startswith(_SCHEMES)]
    return CardOperation(
        when=when,
        text="\n".join(line for line in lines if line not in addresses),
        urls=tuple(line.strip("<>").replace(" ", "%20") for line in addresses),
    )
