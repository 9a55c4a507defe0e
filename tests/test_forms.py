"""Every form of source becomes the draft that its author would expect: title, date and words, and no mark-up.

python -m pytest tests/test_forms.py
"""

import codecs
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import docx_bytes, pdf_bytes, zip_bytes

from ingest.errors import SourceError
from ingest.forms.header_dates import header_date
from ingest.forms.line_joining import joined
from ingest.forms.markdown import without_marks
from ingest.forms.normal_text import decode, normal
from ingest.forms.recognising import read, read_all
from ingest.limits import Limits
from ingest.nouns import Draft
from ingest.sources.finding import Source

REFERENCE = """# Reference for threat actor for "Quiet Heron, APT 99 (old), TA1"

**Title**: Ferry line says it was
 robbed | The Harbour Post

**Source**: https://harbour.example/ferry>

## Content


Menu
## Content is king
The ferry line said so on *Monday*.
"""

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ferry line robbed | The Harbour Post</title>
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2021-03-04T23:00:00Z">
<meta property="og:site_name" content="The Harbour Post"><link rel="canonical" href="https://harbour.example/ferry"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/b">Bank empties its vault</a></li></ul></nav><article><h1>Ferry line robbed</h1>
<p>Burglars took the passenger list of a ferry line on Monday, the company told its customers in a letter.</p>
<p>The letter blames nobody. A spokesman said that the police had been called and that tickets remain valid.</p>
<p>“We saw nothing like it in forty years,” said the harbour master, who has seen a lot in his long career.</p>
</article><footer>Copyright</footer></body></html>"""


def only(path: str, data: bytes | str) -> Draft:
    (draft,) = read(Source(path, data.encode() if isinstance(data, str) else data))
    return draft


def why(path: str, data: bytes | str, limits: Limits = Limits()) -> str:  # noqa: B008
    with pytest.raises(SourceError) as caught:
        read(Source(path, data.encode() if isinstance(data, str) else data), limits=limits)
    return str(caught.value)


def test_a_reference_gives_its_header_and_its_text_verbatim() -> None:
    draft = only("Quiet Heron/x.md", REFERENCE)
    assert (draft.form, draft.title, draft.url) == ("reference", "Ferry line says it was robbed | The Harbour Post", "https://harbour.example/ferry")
    assert draft.filed_under == ("Quiet Heron", "APT 99 (old)", "TA1")
    assert draft.text == "Menu\n## Content is king\nThe ferry line said so on *Monday*."


def test_a_reference_without_title_has_none_and_is_not_named_after_its_file() -> None:
    assert only("x.md", REFERENCE.replace("Ferry line says it was\n robbed | The Harbour Post", "")).title is None


def test_a_card_keeps_its_words_and_headings_and_loses_marks_identifiers_and_empty_sections() -> None:
    card = """# Threat actor: Quiet Heron, APT 99

**UUID**: 1-2

**First seen**: 2009

## Description

Related to {{Zinc Otter, TA2}}. Drops *.exe files and _notes_.

## Observed usage of tools

## Reported hacking operations

2018 Summer: Ferry line
https://harbour.example/ferry

## Reported counter operations against threat actor


"""
    draft = only("x.md", card)
    assert (draft.form, draft.title, draft.filed_under) == ("card", "Quiet Heron, APT 99", ("Quiet Heron", "APT 99"))
    assert draft.text == (
        "First seen: 2009\n\nDescription\n\nRelated to Zinc Otter, TA2. Drops *.exe files and _notes_.\n\n"
        "Reported hacking operations\n\n2018 Summer: Ferry line\nhttps://harbour.example/ferry"
    )


def test_front_matter_says_what_an_article_is() -> None:
    draft = only(
        "notes/x.md",
        '---\ntitle: "Ferry line robbed"\ndate: 2021-03-05\nauthor: [Ann Lee, Bo Ek]\nsource: https://harbour.example/ferry\n'
        "publisher: The Harbour Post\nactors: [Quiet Heron]\n---\n"
        "# Ferry line robbed\n\nBurglars took **the** [list](https://harbour.example/list) of `ferry_line_a`.\n",
    )
    assert draft == Draft(
        path="notes/x.md",
        form="markdown",
        text="Burglars took the list of ferry_line_a.",
        title="Ferry line robbed",
        url="https://harbour.example/ferry",
        publisher="The Harbour Post",
        author="Ann Lee, Bo Ek",
        published=date(2021, 3, 5),
        filed_under=("Quiet Heron",),
    )


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    draft = only("x.md", "---\ntitle: Ferry: what we know\ndate: March 5, 2021\n---\nText.")
    assert (draft.title, draft.published, draft.text) == ("Ferry: what we know", date(2021, 3, 5), "Text.")


def test_a_rule_that_opens_a_text_is_no_front_matter() -> None:
    assert only("x.md", "---\nJust a line\n---\nand more").text == "Just a line\n---\nand more".replace("---\n", "")


@pytest.mark.parametrize(
    ("path", "text", "title", "body"),
    [
        ("a/ferry_line.md", "# Ferry line robbed #\n\nText.", "Ferry line robbed", "Text."),
        ("a/ferry_line.md", "Ferry line robbed\n=====\n\nText.", "Ferry line robbed", "Text."),
        ("a/ferry_line.md", "Text before.\n\n## Later heading\n\nText.", "Later heading", "Text before.\n\nLater heading\n\nText."),
        ("a/ferry_line.txt", "Ferry line robbed\n\nText.", "Ferry line robbed", "Ferry line robbed\n\nText."),
        ("a/ferry_line.txt", "word " * 100 + "\nText.", "ferry line", "word " * 100 + "\nText."),
    ],
)
def test_the_title_is_the_first_heading_else_the_first_line_else_the_name(path: str, text: str, title: str, body: str) -> None:
    draft = only(path, text)
    assert (draft.title, draft.text) == (title, body)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("see [the list](https://x.example/a_(b)) and ![a map](m.png)", "see the list and a map"),
        ("**bold** *it* __b__ _i_ `code`", "bold it b i code"),
        ("evil[.]com dropped *.exe and __init__.py, snake_case_name, 2*3*4", "evil[.]com dropped *.exe and init.py, snake_case_name, 2*3*4"),
        ("> quoted\n\n---\n\n```sh\nrun me\n```\n<!-- note -->after", "quoted\n\n\nrun me\nafter"),
        (r"1\. not a list \*here\*", "1. not a list *here*"),
        ("[1] a footnote, hxxp://evil[.]com/[x]", "[1] a footnote, hxxp://evil[.]com/[x]"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert without_marks(marked) == plain


def test_a_web_page_gives_its_article_and_its_metadata() -> None:
    draft = only("x.html", PAGE)
    assert (draft.form, draft.title, draft.author) == ("html", "Ferry line robbed", "Ann Lee")
    assert (draft.publisher, draft.published, draft.url) == ("The Harbour Post", date(2021, 3, 4), "https://harbour.example/ferry")
    assert "“We saw nothing like it in forty years,” said the harbour master" in draft.text
    assert "vault" not in draft.text
    assert "Copyright" not in draft.text


def test_a_web_page_is_known_by_its_content_whatever_its_name() -> None:
    assert only("x.md", PAGE).form == "html"


def test_a_page_without_an_article_says_so() -> None:
    assert why("x.html", "<html><body><script>go()</script></body></html>") == (
        "x.html: web page without a main text: a menu, a script, or an error page"
    )


def test_a_date_that_a_page_does_not_declare_stays_unknown() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2021-03-04T23:00:00Z">', "").replace("on Monday", "on 5 March 2019")
    assert only("x.html", page).published is None


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "utf-16", "shift_jis"])
def test_a_page_in_the_encoding_that_it_declares(encoding: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{encoding}">').replace("“", "»").replace("”", "«").replace("customers", "Kunden")
    page = page.replace("»", "(").replace("«", ")") if encoding == "shift_jis" else page.replace("harbour master", "Hafenmeister Jörg")
    page = page.replace("police", "ポリス") if encoding == "shift_jis" else page
    text = only("x.html", page.encode(encoding)).text
    assert ("ポリス" if encoding == "shift_jis" else "Jörg") in text


def test_a_pdf_gives_its_sentences_whole_without_running_heads() -> None:
    told = (
        [
            "Burglars took the passenger list of a ferry line on Mon-",
            "day, the company told its customers in a long letter, and",
            "nobody knows why.",
        ],
        ["The letter came on Monday, and those who have read it find", "that state-", "sponsored burglars are not mentioned in it at all."],
        ["Since then the police have been asking everybody who has a", "boat where it was last night, which few can remember well.", "Ask us."],
    )
    pages = [["Harbour Report 2021", *lines, f"Page {at} of 3"] for at, lines in enumerate(told, 1)]
    draft = only("x.pdf", pdf_bytes(pages, title="Ferry line robbed", author="Ann Lee"))
    assert (draft.form, draft.title, draft.author, draft.published) == ("pdf", "Ferry line robbed", "Ann Lee", None)
    assert "ferry line on Monday, the company told its customers in a long letter, and nobody knows why." in draft.text
    assert "that state-\nsponsored" in draft.text
    assert "asking everybody who has a boat where it was" in draft.text
    assert "Harbour Report" not in draft.text
    assert "Page 2" not in draft.text


def test_a_pdf_title_that_a_program_filled_in_is_none() -> None:
    assert only("x.pdf", pdf_bytes([["Ferry line robbed", "Text."]], title="Microsoft Word - final2.docx")).title == "Ferry line robbed"


def test_a_pdf_without_text_says_so() -> None:
    assert "PDF without text" in why("x.pdf", pdf_bytes([[]]))


def test_a_docx_gives_its_paragraphs() -> None:
    draft = only("x.docx", docx_bytes(["Burglars took the list.", "It is gone."], heading="Ferry line robbed", author="Ann Lee"))
    assert draft == Draft(
        path="x.docx", form="docx", text="Ferry line robbed\nBurglars took the list.\nIt is gone.", title="Ferry line robbed", author="Ann Lee"
    )


def test_json_lines_are_one_article_each_with_the_line_in_the_path() -> None:
    first = {"title": "Ferry", "url": "https://h.example/f", "publisher": "Post", "author": "Lee", "published": "2021-03-05"}
    first["text"] = "One.\u2028Two."
    data = json.dumps(first, ensure_ascii=False) + "\n\n" + json.dumps({"text": "Second.\r\nLine."})
    one, two = read(Source("news.jsonl", data.encode()))
    assert one == Draft("news.jsonl#1", "jsonl", "One.\nTwo.", "Ferry", "https://h.example/f", "Post", "Lee", date(2021, 3, 5))
    assert two == Draft("news.jsonl#3", "jsonl", "Second.\nLine.")


def test_a_bad_line_of_json_is_named_and_the_good_ones_can_be_had() -> None:
    source = Source("news.jsonl", b'{"text": "One."}\n{"text": \n{"title": "no text"}\n[1]\n{"text": "Five."}')
    reading = read_all(source)
    assert [draft.path for draft in reading.drafts] == ["news.jsonl#1", "news.jsonl#5"]
    assert [problem.split(":")[1] for problem in reading.problems] == [" line 2", " line 3", " line 4"]
    with pytest.raises(SourceError, match=r"^news\.jsonl: line 2: not JSON"):
        read(source)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as DOCX"),
        ("x.rtf", b"{\\rtf1 hello}", "save it as DOCX"),
        ("x.png", b"\x89PNG\r\n" + b"\0" * 50, "image"),
        ("x.md", b"", "empty file"),
        ("x.md", b" \n\t", "only spaces"),
        ("x.md", bytes(range(32)) * 40, "not text"),
        ("x.docx", zip_bytes({"a.md": b"x"}), "name it .zip"),
        ("x.docx", b"PK\x03\x04 and nothing more", "damaged"),
        ("x.json", b'[{"text":\n"x"}]', "JSON Lines"),
        ("x.xml", b"<?xml version='1.0'?><rss></rss>", "no article"),
        ("x.jsonl", b"\n\n", "no line"),
        ("x.jsonl", b'{"url": "https://h.example/a"}\n{"url": "https://h.example/b"}', "--sources"),
    ],
)
def test_what_is_no_article_is_said_in_one_line(name: str, data: bytes, said: str) -> None:
    message = why(name, data)
    assert said in message
    assert message.startswith(f"{name}: ")
    assert "\n" not in message


def test_a_problem_of_the_source_is_the_error_and_its_path_stays_on_one_line() -> None:
    with pytest.raises(SourceError) as caught:
        read(Source("a\nb.md", b"", "file is 30 MB"))
    assert str(caught.value) == "a\\nb.md: file is 30 MB"


def test_a_text_that_is_too_long_is_refused() -> None:
    assert "more than an article has" in why("x.txt", "word " * 100, Limits(text_chars=400))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"])
def test_text_is_read_in_whatever_encoding_it_is(encoding: str) -> None:
    text = "The café in Malmö was closed. Nobody knows why the owner, Zoë, has left the town so early in the year, and naïve guesses abound."
    assert normal(decode(text.encode(encoding))) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "He said “nothing like it” – and the firm’s spokesman agreed."),
        ("cp1252", "Einbrecher nahmen die Liste einer Fährlinie mit, wie das Unternehmen mitteilte. Die Behörden prüfen."),
        ("cp1250", "Włamywacze zabrali w poniedziałek listę pasażerów linii promowej, poinformowała spółka w liście do klientów."),
        ("cp1251", "Взломщики похитили в понедельник список пассажиров паромной линии, сообщила компания своим клиентам."),
        ("koi8-r", "Взломщики похитили в понедельник список пассажиров паромной линии, сообщила компания своим клиентам."),
    ],
)
def test_other_encodings_are_told_apart(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_few_broken_bytes_do_not_spoil_the_rest() -> None:
    assert decode("“Quoted” ".encode() * 30 + b"\xe2\x80").startswith("“Quoted” “Quoted”")


def test_a_declared_encoding_that_is_none_is_ignored() -> None:
    for declared in ("hex", "no-such", "utf-7", "idna", "\0"):
        assert "caf" in decode(b"caf\xe9 and some more words of plain text", declared=declared)


def test_line_breaks_and_what_cannot_be_seen_are_normalised_and_words_are_not() -> None:
    assert normal("a\r\nb\rc\x00\u202ed\u200be\ufefff\u2028g\ud800") == "a\nb\ncdef\ng"
    kept = "e\u0301 \u00a0 \u00ad \u200d “x” ﬁ\t"
    assert normal(kept) == kept


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-03-05", date(2021, 3, 5)),
        ("2021-03-05T23:59:00Z", date(2021, 3, 5)),
        ("5 March 2021", date(2021, 3, 5)),
        ("Mar 5, 2021 10:00", date(2021, 3, 5)),
        ("Fri, 05 Mar 2021 10:00:00 GMT", date(2021, 3, 5)),
        ("13/03/2021", date(2021, 3, 13)),
        ("03/04/2021", None),
        ("March 2021", None),
        ("2021", None),
        ("yesterday", None),
        ("2021-02-30", None),
        ("", None),
        (None, None),
        (True, None),
        ("9" * 5000, None),
    ],
)
def test_a_date_is_exact_or_unknown(value: object, day: date | None) -> None:
    assert header_date(value) == day


def test_short_lines_and_bullets_of_a_page_stay_lines() -> None:
    full = "a line that is quite as long as the page is wide, it seems"
    assert joined(["Heading", full, full, "end.", "• one", "• two"]) == f"Heading\n{full} {full} end.\n• one\n• two"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["x.md", "x.txt", "x.jsonl", "x.unknown"]))
def test_no_bytes_raise_anything_but_a_source_error(data: bytes, name: str) -> None:
    if b"%PDF-" in data or data.startswith(b"PK\x03\x04") or b"<" in data:
        return
    for draft in read_all(Source(name, data)).drafts:
        assert draft.text.encode("utf-8")
        assert "\r" not in draft.text
        assert "\0" not in draft.text


_PIECES = ["---\n", "# ", "**Title**:", "**Source**:", "## Content\n", '# Reference for threat actor for "A"\n', "# Threat actor: A\n"]
_PIECES += ["title: ", "date: ", "!!python/object:os.system ", "&a [*a, *a]", "\n", "* ", "`", "_", "<!--", "-->", "> ", "\\", "é", "text"]
_PIECES += ["{{", "}}", "[", "](", '{"text": ']


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_no_mixture_of_marks_raises_anything_but_a_source_error(text: str) -> None:
    read_all(Source("x.md", text.encode()))


def test_byte_order_marks_are_no_part_of_the_text() -> None:
    assert only("x.md", codecs.BOM_UTF8 + b"# Title\n\nText.").title == "Title"
    assert only("x.jsonl", codecs.BOM_UTF8 + b'{"text": "One."}').text == "One."
