"""Countries by the adjectives that name them: "Norwegian" is Norway. For victims that are written "the Norwegian parliament" and asked for as "Norway".

The names are the usual English ones of the countries that reports of attacks speak of. Regions ("European") stand for themselves.
"""

import re

_ADJECTIVES = """
Afghan Afghanistan; Albanian Albania; Algerian Algeria; American United States; Argentine Argentina; Argentinian Argentina; Armenian Armenia;
Australian Australia; Austrian Austria; Azerbaijani Azerbaijan; Bahraini Bahrain; Bangladeshi Bangladesh; Belarusian Belarus; Belgian Belgium;
Bolivian Bolivia; Bosnian Bosnia; Brazilian Brazil; British United Kingdom; Bulgarian Bulgaria; Cambodian Cambodia; Canadian Canada; Chilean Chile;
Chinese China; Colombian Colombia; Costa Rican Costa Rica; Croatian Croatia; Cuban Cuba; Cypriot Cyprus; Czech Czech Republic; Danish Denmark;
Dutch Netherlands; Ecuadorian Ecuador; Egyptian Egypt; Emirati United Arab Emirates; Estonian Estonia; Ethiopian Ethiopia; Filipino Philippines;
Philippine Philippines; Finnish Finland; French France; Georgian Georgia; German Germany; Ghanaian Ghana; Greek Greece; Hungarian Hungary;
Icelandic Iceland; Indian India; Indonesian Indonesia; Iranian Iran; Iraqi Iraq; Irish Ireland; Israeli Israel; Italian Italy; Japanese Japan;
Jordanian Jordan; Kazakh Kazakhstan; Kenyan Kenya; Kuwaiti Kuwait; Kyrgyz Kyrgyzstan; Laotian Laos; Latvian Latvia; Lebanese Lebanon; Libyan Libya;
Lithuanian Lithuania; Luxembourgish Luxembourg; Malaysian Malaysia; Maltese Malta; Mexican Mexico; Moldovan Moldova; Mongolian Mongolia;
Montenegrin Montenegro; Moroccan Morocco; Burmese Myanmar; Nepalese Nepal; New Zealand New Zealand; Nigerian Nigeria; North Korean North Korea;
Norwegian Norway; Omani Oman; Pakistani Pakistan; Palestinian Palestine; Panamanian Panama; Peruvian Peru; Polish Poland; Portuguese Portugal;
Qatari Qatar; Romanian Romania; Russian Russia; Saudi Saudi Arabia; Scottish Scotland; Senegalese Senegal; Serbian Serbia; Singaporean Singapore;
Slovak Slovakia; Slovenian Slovenia; South African South Africa; South Korean South Korea; Spanish Spain; Sri Lankan Sri Lanka; Swedish Sweden;
Swiss Switzerland; Syrian Syria; Taiwanese Taiwan; Tajik Tajikistan; Thai Thailand; Tibetan Tibet; Tunisian Tunisia; Turkish Turkey;
Turkmen Turkmenistan; Ugandan Uganda; Ukrainian Ukraine; Uruguayan Uruguay; Uzbek Uzbekistan; Venezuelan Venezuela; Vietnamese Vietnam; Yemeni Yemen
"""
_OTHER_NAMES = {
    "us": "united states", "u.s": "united states", "u.s.": "united states", "usa": "united states", "america": "united states",
    "uk": "united kingdom", "u.k": "united kingdom", "u.k.": "united kingdom", "britain": "united kingdom", "uae": "united arab emirates",
    "holland": "netherlands", "czechia": "czech republic", "burma": "myanmar", "kazach": "kazakhstan",
}  # fmt: skip
_TWO_WORDS = ("costa rican", "new zealand", "north korean", "south african", "south korean", "sri lankan")


def _table() -> dict[str, str]:
    found = dict(_OTHER_NAMES)
    for entry in " ".join(_ADJECTIVES.split()).lower().split(";"):
        words = entry.split()
        adjective = 2 if " ".join(words[:2]) in _TWO_WORDS else 1
        country = " ".join(words[adjective:])
        found[" ".join(words[:adjective])] = country
        found[country] = country
    return found


_COUNTRIES = _table()
_NAMED = re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(name) for name in sorted(_COUNTRIES, key=len, reverse=True)) + r")(?!\w)")
# "us" and "turkey" in small letters are no countries, so that names are looked for as they are written.
_WRITTEN = re.compile(_NAMED.pattern, re.I)


def country(name: str) -> str | None:
    """The country that this is a name or an adjective of, in small letters; None where it is none."""
    return _COUNTRIES.get(" ".join(name.casefold().split()).removeprefix("the "))


def countries_in(text: str) -> frozenset[str]:
    """The countries that a text names, with a capital."""
    return frozenset(
        _COUNTRIES[found.group().casefold()] for found in _WRITTEN.finditer(text) if found.group()[0].isupper() and found.group() != "Us"
    )


def with_countries(text: str) -> str:
    """The text with every name and adjective of a country as the country's name: "Norway's parliament", "Norwegian parliament" → "norway parliament"."""
    return _WRITTEN.sub(lambda found: _COUNTRIES[found.group().casefold()] if found.group()[0].isupper() else found.group(), text)


def without_countries(text: str) -> str:
    """The text with the names of countries and their adjectives taken out."""
    return " ".join(_WRITTEN.sub(lambda found: " " if found.group()[0].isupper() else found.group(), text).split())
