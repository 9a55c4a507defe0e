"""Where words that a language model quoted stand in an article: first as they are, then with white space and typographic marks folded.

What is found is a place; what is shown are the article's own words there, never the model's.
"""

import re

from app.nouns import Citation, Hit
from ingest.sentences import sentence_spans

SENTENCES = 3
"""A quote that touches more sentences than this is no quote but a copy of the passage."""
_FOLDS = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200c\u200d", ""),
    "…": "...",
}
_WORD = re.compile(r"\w+")


def cite_quote(quote: str, hit: Hit, *, number: int) -> Citation | None:
    """The whole sentences of the passage that hold `quote`; None where the passage does not hold it, or too much of it is quoted.

    Whole sentences, because half of one can say the opposite: "it attacked the bank" stands in "the gang denied that it attacked the bank".
    """
    place = locate(quote, hit.passage.text)
    if place is None:
        return None
    touched = [span for span in sentence_spans(hit.passage.text) if span[0] < place[1] and place[0] < span[1]]
    if not touched or len(touched) > SENTENCES:
        return None
    start, end = hit.passage.start + touched[0][0], hit.passage.start + touched[-1][1]
    return Citation(number, hit.article, start, end, hit.article.text[start:end])


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """(start, end) of the first place in `text` that has the words of `quote`; None where there is none or the quote has fewer than two words."""
    wanted = quote.strip()
    if len(_WORD.findall(wanted)) < 2:
        return None
    if (start := text.find(wanted)) >= 0:
        return start, start + len(wanted)
    folded, places = _folded(text)
    for form in dict.fromkeys((_fold(wanted), _fold(wanted).strip("\"' ."))):
        if form and (start := folded.find(form)) >= 0:
            return places[start], places[start + len(form) - 1] + 1
    return None


def _fold(text: str) -> str:
    return _folded(text)[0].strip()


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with marks folded and white space runs as one space, and for each character of it the place it came from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for written in " " if character.isspace() else _FOLDS.get(character, character):
            if written == " " and characters and characters[-1] == " ":
                continue
            characters.append(written)
            places.append(place)
    return "".join(characters), places
