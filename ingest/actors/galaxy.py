"""MISP's galaxies of threat actors and of ransomware, as the package pymispgalaxies carries them (licence CC0 / BSD). Nothing else reads them.

Only the two files that hold names are read, not the package's own classes: those parse all 120 galaxies first (1.5 s against 0.06 s).
"""

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from ingest.errors import SourceError
from ingest.nouns import Actor, ActorName

ITS_RANSOMWARE = "its ransomware"

# Numbers in MITRE's catalogue are not names: nobody writes "G0006 attacked".
_CATALOGUE_NUMBER = re.compile(r"[GSC]\d{4}\Z")
_GENERIC_NAMES = frozenset({"unknown", "global", "ransomware blog", "dataleak", "unsafe", "silent", "help_restoremydata", "hunters", "shadow"})
_COUNTRY_CODE = re.compile(r"[A-Z]{2}\Z")


class _Meta(TypedDict, total=False):
    synonyms: list[str]
    country: str
    links: list[str]
    ISO: str


class _Entry(TypedDict, total=False):
    uuid: str
    value: str
    meta: _Meta


@cache
def threat_actors() -> tuple[Actor, ...]:
    """Every threat actor of the galaxy. Nobody is named for using a name: the galaxy doesn't say."""
    countries = _countries()
    return tuple(
        Actor(entry["uuid"], entry["value"].strip(), _names(entry, ""), countries.get(entry.get("meta", {}).get("country", "").strip()))
        for entry in _entries("threat-actor")
    )


@cache
def ransomware_gangs() -> tuple[Actor, ...]:
    """The ransomware that keeps a leak site in the dark web: its name stands for a gang, and is what that gang is called."""
    return tuple(
        Actor(entry["uuid"], _plain(entry["value"]), _names(entry, ITS_RANSOMWARE))
        for entry in _entries("ransomware")
        if any(".onion" in link for link in entry.get("meta", {}).get("links", [])) and _plain(entry["value"]).lower() not in _GENERIC_NAMES
    )


@cache
def ransomware_names() -> frozenset[str]:
    """Names of all ransomware of the galaxy, as written there."""
    return frozenset(name.name for entry in _entries("ransomware") for name in _names(entry, ""))


def _names(entry: _Entry, used_by: str) -> tuple[ActorName, ...]:
    written = [_plain(name) for name in [entry["value"], *entry.get("meta", {}).get("synonyms", [])]]
    return tuple(ActorName(name, used_by) for name in dict.fromkeys(written) if name and not _CATALOGUE_NUMBER.match(name))


def _plain(name: str) -> str:
    return re.sub(r"\s+ransomware\Z", "", name.strip(), flags=re.I)


def _countries() -> dict[str, str]:
    """Names by two-letter code: "KR" is South Korea."""
    return {
        entry["meta"]["ISO"]: entry["value"].title().replace(" And ", " and ").replace(" Of ", " of ")
        for entry in _entries("country")
        if _COUNTRY_CODE.match(entry.get("meta", {}).get("ISO", ""))
    }


@cache
def _entries(galaxy: str) -> tuple[_Entry, ...]:
    spec = find_spec("pymispgalaxies")
    if spec is None or not spec.submodule_search_locations:
        raise SourceError("the names of threat actors are not installed; run: pip install pymispgalaxies")
    path = Path(spec.submodule_search_locations[0], "data", "misp-galaxy", "clusters", f"{galaxy}.json")
    if not path.is_file():
        raise SourceError(f"the installed pymispgalaxies lacks {path.name}; run: pip install --force-reinstall pymispgalaxies")
    entries: list[_Entry] = json.loads(path.read_text(encoding="utf-8"))["values"]
    return tuple(entries)
