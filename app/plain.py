"""Hostile text made showable: the one file through which titles, names, article text, file names and answers reach the browser.

Article text is shown by `st.html`, not by Streamlit's Markdown: in HTML five escaped characters make anything into text (and DOMPurify, which
Streamlit runs over `st.html`, is a second wall), while Streamlit's Markdown replaces emoji shortcodes, `:material/…:` icons, arrows and addresses
after parsing, where no escape reaches them. Widget labels know Markdown only; `as_label` is for them and breaks those patterns with word joiners.
"""

import html
import re
import unicodedata
from datetime import date, timedelta
from urllib.parse import quote, urlsplit

from ingest.nouns import Article

_JOINER = "\u2060"
"""WORD JOINER: no width, no line break, no meaning; parts what Streamlit would replace."""
_UNSEEN = frozenset("\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Controls of writing direction, which make words read as others, and the byte order mark, which browsers drop or keep as they like."""
_MARKS = 3
"""Combining marks kept on one letter; real writing needs up to two, stacks of dozens climb over the lines above."""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_JOINED = re.compile(r"(\\[:<>=~\-@])")
_BEFORE = re.compile(r"(?i)(?<=www)(?=\\\.)|(?=\\@)")


def visible(text: str) -> str:
    """The text without what is not meant for the eye: control characters, bidi controls, tag characters, piles of combining marks.

    Line breaks and tabs stay; a lone surrogate, which no browser can be sent, becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category == "Cs":
            kept.append("\ufffd")
        elif character in "\n\t" or not (category == "Cc" or character in _UNSEEN or "\U000e0000" <= character <= "\U000e007f" or marks > _MARKS):
            kept.append(character)
    return "".join(kept)


def as_html(text: str) -> str:
    """The text as HTML that shows it and does nothing else, inside an element or a quoted attribute."""
    return html.escape(visible(text), quote=True)


def as_label(text: str, *, limit: int = 200) -> str:
    """The text as one line of Streamlit's Markdown that shows it and does nothing else; for labels, titles and tooltips of widgets."""
    line = " ".join(visible(text).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    escaped = _PUNCTUATION.sub(r"\\\1", line)
    return _BEFORE.sub(_JOINER, _JOINED.sub(rf"\1{_JOINER}", escaped)) or "\u2013"


def as_option(text: str, *, limit: int = 120) -> str:
    """The text as one line for the options of a select box, which Streamlit shows as they are."""
    line = " ".join(visible(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def web_address(url: str | None) -> str | None:
    """The URL if it is an http or https address that a browser may be given, with what is not allowed in a URL percent-encoded; else None.

    An address with a user name before the host ("https://bank.example@evil.example") is refused: it is there to deceive.
    """
    if not url or not url.isprintable() or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc or "\\" in url:
        return None
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]-._")


def host_of(url: str | None) -> str:
    """The host of a web address without "www.", empty where there is none."""
    address = web_address(url)
    return (urlsplit(address).hostname or "").removeprefix("www.") if address else ""


def link_html(url: str | None) -> str:
    """A link that shows the host it leads to; empty where the URL is no web address."""
    address = web_address(url)
    if not address:
        return ""
    return f'<a class="w-link" href="{as_html(address)}" target="_blank" rel="noopener noreferrer nofollow">{as_html(host_of(url))}\u2009\u2197</a>'


def day(value: date | None) -> str:
    """A day as people write it, "5 March 2021"."""
    return f"{value.day} {value:%B %Y}" if value else "undated"


def period(start: date, end: date) -> str:
    """Days from start to end as people write them, in as few words as say it: "2021", "May 2021", "3 to 9 May 2021", "May 2021 to June 2022"."""
    if start == end:
        return day(start)
    after = end + timedelta(days=1) if end < date.max else end
    if start.day == 1 and after.day == 1:
        if start.month == 1 and after.month == 1:
            return _from_to(str(start.year), str(end.year))
        return _from_to(f"{start:%B}" if start.year == end.year and start.month != end.month else f"{start:%B %Y}", f"{end:%B %Y}")
    if start.year != end.year:
        return _from_to(day(start), day(end))
    return _from_to(f"{start.day} {start:%B}" if start.month != end.month else str(start.day), day(end))


def _from_to(start: str, end: str) -> str:
    return start if start == end else f"{start} to {end}"


def publisher_of(article: Article) -> str:
    """Who published an article, as far as is known."""
    return article.publisher or host_of(article.url) or "unknown publisher"
