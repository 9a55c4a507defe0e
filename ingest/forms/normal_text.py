"""From bytes to text, and from text to the text that offsets refer to: one line break, nothing invisible, every word as it was written.

Composed and decomposed letters are left as they are: a quote must be found in the original.
"""

import codecs
import re

from charset_normalizer import from_bytes

from ingest.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, lone surrogates, and what changes how text is shown without being seen: zero-width space, word joiner and invisible operators,
# direction marks and overrides, byte order mark, interlinear annotation, tag characters. Zero-width (non-)joiner and soft hyphen are
# part of words in some scripts, and stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SIGN_IN_WORD = re.compile("(?<=[A-Za-zÀ-ÿ])[¡-©«-¹»-¿×÷](?=[A-Za-zÀ-ÿ])")
_SAMPLE = 64 * 1024
# In damaged UTF-8 most sequences are whole; in another encoding read as UTF-8 nearly none are.
_DAMAGED_SHARE = 0.05
# Bytes of text hold next to no controls; of 1,316 real articles none had 1 in 1,000.
_BINARY_SHARE = 0.02


def normal(text: str) -> str:
    """The text with "\\n" as the only line break and without invisible characters; all words stay verbatim."""
    return _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text in the bytes, not yet normal: by byte order mark, else UTF-16 by its zeros, else UTF-8 if they are that, else by statistics.

    declared: an encoding that the text names for itself, used where the bytes are no UTF-8. Raises SourceError where the bytes are no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    sample = data[:_SAMPLE]
    if wide := _wide(sample):
        return data.decode(wide, "replace")
    if _controls(sample) > _BINARY_SHARE * len(sample):
        raise SourceError("not text: it holds bytes that no text has; give it as text, HTML, PDF, DOCX or JSONL")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(data, declared) or _undeclared(data, sample)


def _declared(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        # Also keeps out what Python calls a codec and is no encoding of text ("hex", "zip").
        name = codecs.lookup(encoding).name
        return None if name.startswith(("utf", "unicode", "raw", "idna", "punycode")) else data.decode(name, "replace")
    except (LookupError, ValueError, TypeError):
        return None


def _wide(sample: bytes) -> str | None:
    # Every second byte of Western text in UTF-16 is zero, and always the same one of each pair.
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    first, second = sample[: 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if second > 0.4 * pairs and first < 0.05 * pairs:
        return "utf-16-le"
    if first > 0.4 * pairs and second < 0.05 * pairs:
        return "utf-16-be"
    return None


def _controls(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"))


def _undeclared(data: bytes, sample: bytes) -> str:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(1 for char in text if char > "\x7f")
    if broken <= _DAMAGED_SHARE * beyond_ascii:
        return text
    if (western := _western(data)) is not None:
        return western
    guess = from_bytes(sample, threshold=0.3).best()
    encoding = guess.encoding if guess is not None else "cp1252"
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")


def _western(data: bytes) -> str | None:
    # Statistics over a few accents guess wildly (a German page came out as Big5), so the common case is tried first: few bytes beyond
    # ASCII, all of them assigned in Windows-1252, and hardly any that would put a sign such as "³" or "¿" inside a word.
    beyond_ascii = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if beyond_ascii > 0.2 * len(data):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if len(_SIGN_IN_WORD.findall(text)) <= 0.1 * beyond_ascii else None
