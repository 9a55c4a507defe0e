"""Three hundred malformed inputs, walked and read as an ingest would: no crash, one line for each that cannot be read, bounded memory and time.

python -m pytest tests/test_malformed.py
"""

import io
import json
import lzma
import os
import random
import resource
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_files import docx_bytes, pdf_bytes, tar_bytes, zip_bytes

from ingest.forms.recognising import read_all
from ingest.limits import Limits
from ingest.sources.finding import find_sources

LIMITS = Limits(document_seconds=3, document_memory=600 * 1024 * 1024, unpacked_bytes=50_000_000, ratio_floor=5_000_000)
PROSE = "Burglars took the passenger list of a ferry line on Monday, the company said – “nothing like it”, it told Zoë’s café.\n" * 5
PAGE = f"<!DOCTYPE html><html><head><title>Ferry</title></head><body><article><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"
REFERENCE = f'# Reference for threat actor for "Quiet Heron"\n\n**Title**: Ferry\n\n**Source**: https://h.example/f\n\n## Content\n\n{PROSE}'
CARD = f"# Threat actor: Quiet Heron\n\n**UUID**: 1\n\n## Threat actor aliases\n\nA (B), C (?)\n\n## Description\n\n{PROSE}"
LINES = "\n".join(json.dumps({"title": "Ferry", "published": "2021-03-05", "text": PROSE}) for _ in range(3))


def encodings() -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "cp037", "utf-7", "gb18030"):
        for name, text in (("a.md", REFERENCE), ("b.md", CARD), ("c.html", PAGE), ("d.txt", PROSE)):
            yield f"encodings/{encoding}-{name}", text.encode(encoding, "replace")
            yield f"encodings/{encoding}-cut-{name}", text.encode(encoding, "replace")[1:-1]


def texts() -> Iterator[tuple[str, bytes]]:
    yield "texts/empty.md", b""
    yield "texts/blank.md", b" \r\n\t\n"
    yield "texts/bom-only.md", b"\xef\xbb\xbf"
    yield "texts/bom16-only.txt", b"\xff\xfe"
    yield "texts/nul.md", b"\0"
    yield "texts/nuls.md", b"\0" * 100_000
    yield "texts/nul-inside.md", REFERENCE.replace("Ferry", "Fer\0ry").encode()
    yield "texts/controls.md", bytes(range(32)) * 100
    yield "texts/every-byte.txt", bytes(range(256)) * 100
    yield "texts/surrogates.md", PROSE.encode() + b"\xed\xa0\x80\xed\xbf\xbf"
    yield "texts/bidi.md", ("\u202e" + PROSE + "\u2066\u200b").encode()
    yield "texts/one-word.txt", b"a" * 3_000_000
    yield "texts/one-line.md", b"word " * 600_000
    yield "texts/only-breaks.md", b"\r" * 1_000_000 + b"x"
    yield "texts/too-long.md", b"word word\n" * 600_000
    for mark in (
        "#",
        "*",
        "_",
        "`",
        "[",
        "](",
        "![",
        "<!--",
        ">",
        "\\",
        "|",
        "---\n",
        "**",
        "{{",
        "}}",
        "[a](",
        '![a](b "',
        "```\n",
        "* ",
        "- [ ] ",
        "<",
        "&#",
    ):
        yield f"texts/{zlib.crc32(mark.encode())}-marks.md", mark.encode() * 20_000
    for start in (
        "---\n",
        "---\ntitle: x\n",
        "---\n" + "[" * 5000 + "\n---\n",
        "---\na: &a [x]\nb: [" + "*a, " * 3000 + "]\n---\n",
        "---\n!!python/object:os.x {}\n---\n",
    ):
        yield f"texts/{zlib.crc32(start.encode())}-front.md", (start + PROSE).encode()
    bomb = "---\na0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)) + "author: *a29\n---\nText."
    yield "texts/yaml-bomb.md", bomb.encode()
    for cut in (
        "# Reference for threat actor for",
        '# Reference for threat actor for ""\n',
        REFERENCE.split("## Content")[0],
        "# Threat actor:",
        "# Threat actor: (((",
    ):
        yield f"texts/{zlib.crc32(cut.encode())}-header.md", cut.encode()
    yield "texts/card-deep.md", ("# Threat actor: " + "(" * 50_000 + ")" * 50_000).encode()


def pages() -> Iterator[tuple[str, bytes]]:
    head = "<!DOCTYPE html><html><body>"
    pieces = [
        "<div>",
        "<p>",
        "<b>x",
        "<table><tr><td>",
        "<ul><li>",
        "<a href=",
        "<!--",
        "<![CDATA[",
        "<script>",
        "<svg>",
        "&amp;",
        "&#x110000;",
        "&",
        "<",
        "</p>",
        "<p a='",
    ]
    for piece in pieces:
        yield f"pages/{zlib.crc32(piece.encode())}-piece.html", (head + piece * 5_000).encode()
    yield "pages/attributes.html", (head + "<p " + " ".join(f"a{at}=1" for at in range(90_000)) + ">x</p>").encode()
    yield "pages/entities.html", b"<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><html><body><p>" + b"&b;" * 9000
    yield "pages/xxe.html", b"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html><body><p>&a;</p></body></html>"
    yield "pages/json-ld.html", ("<html><head><script type='application/ld+json'>" + '[{"@type":' * 5_000).encode()
    yield "pages/bad-charset.html", PAGE.replace("<head>", '<head><meta charset="no-such">').encode("cp1252", "replace")
    yield "pages/hex-charset.html", PAGE.replace("<head>", '<head><meta charset="hex">').encode("cp1252", "replace")
    yield "pages/frameset.html", b"<html><frameset><frame src=x></frameset></html>"
    yield "pages/xml.html", b"<?xml version='1.0' encoding='utf-16'?><html><body><p>x</p></body></html>"
    yield "pages/nul.html", PAGE.replace("Burglars", "Burg\0lars").encode()
    for at in range(10):
        yield f"pages/{at}-cut.html", PAGE.encode()[: len(PAGE) * at // 10]


def documents() -> Iterator[tuple[str, bytes]]:
    pdf, docx = pdf_bytes([PROSE.replace("–", "-").replace("“", "").replace("”", "").replace("’", "").split("\n")]), docx_bytes([PROSE] * 5)
    chance = random.Random(3)
    for at in range(16):
        for kind, whole in (("pdf", pdf), ("docx", docx)):
            damaged = bytearray(whole)
            for _ in range(1 + at * 4):
                damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
            yield f"documents/{at}-flipped.{kind}", bytes(damaged)
            if at < 8:
                yield f"documents/{at}-cut.{kind}", whole[: len(whole) * at // 8]
    yield "documents/header.pdf", b"%PDF-1.7\n"
    yield "documents/noise.pdf", b"%PDF-1.7\n" + chance.randbytes(50_000)
    yield "documents/no-text.pdf", pdf_bytes([[], []])
    yield "documents/bomb.pdf", pdf_bytes([["x"]], stream=b"BT (x) Tj ET " + b" " * 200_000_000)
    yield "documents/deep.pdf", pdf_bytes([["x"]], stream=b"[" * 200_000)
    yield "documents/operators.pdf", pdf_bytes([["x"]], stream=b"q " * 3_000_000)
    yield "documents/loop.pdf", pdf.replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    yield "documents/self.pdf", pdf.replace(b"/Parent 2 0 R", b"/Parent 4 0 R")
    yield "documents/count.pdf", pdf.replace(b"/Count 1", b"/Count 99999999999")
    yield "documents/prev.pdf", pdf.replace(b"/Root 1 0 R", b"/Prev 9 /Root 1 0 R")
    yield "documents/length.pdf", pdf.replace(b"/Length ", b"/Length 9999999")
    yield "documents/encrypted.pdf", pdf.replace(b"/Root 1 0 R", b"/Encrypt << /Filter /Standard /V 9 >> /Root 1 0 R")
    yield "documents/page.pdf", PAGE.encode()
    xml = b"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;'>]>"
    for name, body in (
        ("entities", xml + b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>" + b"&c;" * 900 + b"</w:document>"),
        ("not-xml", b"hello"),
        ("empty", b""),
        ("deep", b"<a>" * 100_000),
        ("bomb", b"<a>" + b" " * 300_000_000 + b"</a>"),
    ):
        yield f"documents/{name}.docx", with_document(docx, body)
    yield "documents/only-document.docx", zip_bytes({"word/document.xml": b"<a/>"})
    yield "documents/zip.docx", zip_bytes({"a.txt": b"x"})


def with_document(docx: bytes, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.namelist():
            new.writestr(part, body if part == "word/document.xml" else old.read(part))
    return out.getvalue()


def lines() -> Iterator[tuple[str, bytes]]:
    bad = [
        "{",
        "[]",
        "null",
        "1",
        '"text"',
        "{}",
        '{"text": 1}',
        '{"text": ""}',
        '{"text": "\\ud800"}',
        '{"text": "\\u0000"}',
        '{"text": "x", "published": 1e999}',
    ]
    bad += [
        '{"text": "x", "title": [1]}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"text": ' + "9" * 5000 + "}",
        "\x00",
        "NaN",
        '{"text": "x"',
        "{'text': 'x'}",
    ]
    for at, line in enumerate(bad):
        yield f"lines/{at}-bad.jsonl", (LINES + "\n" + line).encode("utf-8", "surrogatepass")
    yield "lines/page.jsonl", PAGE.encode()
    yield "lines/many.jsonl", b"{}\n" * 200_000
    yield "lines/utf-16.jsonl", LINES.encode("utf-16")
    yield "lines/cut.jsonl", LINES.encode()[:-9]


def archived() -> Iterator[tuple[str, bytes]]:
    chance = random.Random(4)
    members = {"x/a.md": REFERENCE.encode(), "x/b.md": CARD.encode()}
    for name, whole in (
        ("zip", zip_bytes(members)),
        ("tar.gz", tar_bytes(members)),
        ("tar.xz", tar_bytes(members, mode="w:xz")),
        ("tar", tar_bytes(members, mode="w")),
    ):
        for at in range(6):
            damaged = bytearray(whole)
            for _ in range(2 + at * 3):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            yield f"archives/{at}-flipped.{name}", bytes(damaged)
            yield f"archives/{at}-cut.{name}", whole[: len(whole) * at // 6]
        yield f"archives/noise.{name}", chance.randbytes(5000)
    for at, name in enumerate(("../up.md", "/etc/up.md", "..\\up.md", "C:\\up.md", "a/../../up.md", "a\nb.md", "a\x1b[31m.md", "con.md ")):
        yield f"archives/{at}-name.zip", zip_bytes({name: PROSE.encode()})
        yield f"archives/{at}-name.tar", tar_bytes({name: PROSE.encode()}, mode="w")
    yield "archives/links.tar", tar_bytes({}, mode="w", links={"a.md": "/etc/passwd", "b.md": "b.md"})
    yield "archives/bomb.zip", zip_bytes({f"{at}.md": b"\0" * 9_000_000 for at in range(10)})
    yield "archives/bomb.tar.xz", lzma.compress(b"\0" * 60_000_000, preset=0)
    nested = zip_bytes({"a.md": PROSE.encode()})
    for _ in range(20):
        nested = zip_bytes({"inner.zip": nested})
    yield "archives/nested.zip", nested


def everything() -> dict[str, bytes]:
    made = [*encodings(), *texts(), *pages(), *documents(), *lines(), *archived()]
    assert len(made) == len(dict(made))
    return dict(made)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The malformed inputs on disk, with links, a pipe, and a line of 50 MB."""
    root = tmp_path_factory.mktemp("malformed")
    for path, data in everything().items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(data)
    (root / "disk").mkdir()
    (root / "disk" / "line-of-50-MB.txt").write_bytes(b"a" * 50_000_000)
    (root / "disk" / "passwd").symlink_to("/etc/passwd")
    (root / "disk" / "root").symlink_to("/")
    (root / "disk" / "loop").symlink_to("loop")
    (root / "disk" / "parent").symlink_to("..")
    os.mkfifo(root / "disk" / "pipe.md")
    return root


def test_three_hundred_malformed_inputs_are_read_or_reported_in_one_line_each_within_bounds(folder: Path) -> None:
    inputs = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    assert len(inputs) >= 300
    told: dict[str, list[str]] = {}
    slowest = 0.0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    for source in find_sources([folder], limits=LIMITS):
        began = time.monotonic()
        reading = read_all(source, limits=LIMITS)
        slowest = max(slowest, time.monotonic() - began)
        for draft in reading.drafts:
            assert draft.text.strip() or draft.form in ("reference", "card"), "those may be empty shells, which cleaning tells apart"
            assert draft.text.encode("utf-8")
            assert "\0" not in draft.text
            assert "root:x:" not in draft.text
        assert reading.drafts or reading.problems
        told.setdefault(source.path, []).extend([draft.path for draft in reading.drafts] + list(reading.problems))
        assert all("\n" not in problem and len(problem) < 600 for problem in reading.problems), reading.problems
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    silent = {path for path in inputs if not any(name == path or name.startswith(path + "/") for name in told)}
    assert silent == {"disk/parent"}, "a link into the folder is the folder itself and is read where it is"
    assert peak < 150_000_000
    assert slowest < LIMITS.document_seconds + 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 700_000, "kilobytes that reading added to this process"


def test_what_must_not_be_read_is_reported(folder: Path) -> None:
    problems = {source.path: problem for source in find_sources([folder], limits=LIMITS) for problem in ([source.problem] if source.problem else [])}
    for path in ("disk/passwd", "disk/root", "disk/loop", "disk/pipe.md", "disk/line-of-50-MB.txt", "archives/bomb.zip", "archives/bomb.tar.xz"):
        assert problems[path]
