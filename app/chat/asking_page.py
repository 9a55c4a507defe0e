"""The chat: an empty page that teaches, then questions and answers, each answer over its sources."""

from collections.abc import Sequence

import streamlit as st

from app.chat import waiting as on_the_way
from app.chat.answer_view import show_sources, show_turn
from app.chat.answering import Pending
from app.chat.clicks import Click, listen
from app.chat.conversations import Opinion
from app.chat.filters import chips_html, follow_conversation, limits, reset, show_filters
from app.chat.markup import question_html
from app.chat.pending import Unanswered, current, pending, settle, unanswered, wait_for
from app.chat.reader import read
from app.chat.resources import conversations, example_questions, holdings
from app.chat.starters import COUNT
from app.chat.turn_actions import show_actions
from app.chat.turns import Limits, ShownCitation, Turn
from app.plain import as_html, as_label
from ingest.errors import WhodunitError
from ingest.index import Index

PLACEHOLDER = "Ask who attacked whom, and when"


def show(index: Index) -> None:
    """The page over an open index. Raises WhodunitError where it cannot be asked at all."""
    follow_conversation()
    turns = conversations().turns(current()) if current() else []
    waiting = _still_waiting(turns)
    left = None if waiting else unanswered()
    if waiting:
        # Sources are looked for while the page is drawn: ten milliseconds for every earlier answer.
        on_the_way.start(waiting, _before(waiting, turns), index)
    with st.bottom:
        show_filters(index)
        st.chat_input(PLACEHOLDER, key="question", submit_mode="stop", max_chars=2000, on_submit=_typed)
    if current() and conversations().get(current()) is None:
        st.info("This conversation is not here, or was deleted. Ask something to start another.", icon=":material/forum:")
        st.query_params.pop("c", None)
    elif not (turns or waiting or left):
        _welcome(index)
    click = listen(answering=f"turn-{waiting.turn_id}" if waiting else None)
    chosen = _conversation(turns, waiting, left, index)
    chosen = (_cited(turns, click) if click else None) or chosen
    if chosen:
        read(chosen[1], index, chosen[0].id)


def _still_waiting(turns: Sequence[Turn]) -> Pending | None:
    """The question to answer; none where a click came between its being kept and its being shown."""
    waiting = pending()
    if waiting is None:
        waiting = on_the_way.answering_since_before(current())
    if waiting and any(turn.id == waiting.turn_id for turn in turns):
        settle()
        return None
    return waiting


def _before(asked: Pending, turns: Sequence[Turn]) -> Sequence[Turn]:
    """The turns that stand above a question."""
    return turns[: next((number for number, turn in enumerate(turns) if turn.id == asked.instead_of), len(turns))]


def _conversation(turns: Sequence[Turn], waiting: Pending | None, left: Unanswered | None, index: Index) -> tuple[Turn, ShownCitation] | None:
    """Shows the turns and, in its place, what is being answered; the citation whose button was pressed, with its turn."""
    wanted = None
    opinions = conversations().opinions(current()) if turns else {}
    asked = waiting or (left.waiting if left else None)
    for turn in turns:
        if asked and asked.instead_of == turn.id:
            _asked(asked, _before(asked, turns), left, index)
            if asked.forget_later:
                return wanted
            if waiting:
                continue
        pressed = _turn(turn, opinions.get(turn.id), turns, last=turn is turns[-1] and not asked)
        wanted = (turn, pressed) if pressed else wanted
    if asked and not asked.instead_of:
        _asked(asked, turns, left, index)
    return wanted


def _turn(turn: Turn, opinion: Opinion | None, turns: Sequence[Turn], *, last: bool) -> ShownCitation | None:
    with st.container(key=f"turn-{turn.id}"):
        _question(turn.question, Limits(turn.answer.scope, turn.as_of), model=turn.answer.model)
        pressed = show_turn(turn)
        _under(turn, opinion, turns, last=last)
    return pressed


def _asked(asked: Pending, before: Sequence[Turn], left: Unanswered | None, index: Index) -> None:
    """A question without an answer yet: answers it, or says why it has none, with the way to ask it again."""
    with st.container(key=f"turn-{asked.turn_id}"):
        _question(asked.question, asked.limits)
        if left:
            on_the_way.show_unanswered(left, st.empty(), st.empty())
            return

        def after(turn: Turn) -> None:
            show_sources(turn)
            _under(turn, None, [*before, turn], last=True)

        on_the_way.answer(asked, before, index, after=after)


def _under(turn: Turn, opinion: Opinion | None, turns: Sequence[Turn], *, last: bool) -> None:
    """What can be done with an answer; under the last one, what to ask next."""
    name = getattr(conversations().get(current()), "name", "") if last and len(turns) > 1 else ""
    show_actions(turn, opinion, conversation=turns if last and len(turns) > 1 else (), name=name)
    if not last:
        return
    asked = {one.question.casefold() for one in turns}
    questions = [question for question in turn.answer.next_questions if question.casefold() not in asked]
    limited = turn.answer.status == "not_in_corpus" and (not turn.answer.scope.empty or turn.as_of is not None)
    if questions or limited:
        with st.container(horizontal=True, gap="small", key=f"next-{turn.id}"):
            if limited:
                st.button("Ask without filters", key=f"unlimited-{turn.id}", icon=":material/filter_alt_off:", on_click=_unlimited, args=(turn,))
            for number, question in enumerate(questions):
                st.button(as_label(question), key=f"suggested-{turn.id}-{number}", on_click=_choose, args=(question,))


def _question(question: str, limited: Limits, *, model: str = "") -> None:
    st.html(question_html(question))
    if chips := chips_html(limited, model=model):
        st.html(f'<div class="w-chips">{chips}</div>')


def _welcome(index: Index) -> None:
    folder, publication = str(index.folder), index.publication
    held = holdings(folder, publication)
    span = f", {held['first']}\u2013{held['last']}" if held["first"] else ""
    st.html(
        f'<div class="w-hero"><h1>Who attacked whom, and when?</h1><p>{held["kept"]:,} articles from {held["publishers"]:,} publishers{as_html(span)}. '
        "Every sentence of an answer leads to the exact words of a source.</p></div>"
    )
    place = st.empty()
    with place.container(key="starters-soon"), st.grid(2, min_column_width=260):
        for _ in range(COUNT):
            st.skeleton(height=60)
    examples = example_questions(folder, publication)
    with place.container(key="starters"), st.grid(2, min_column_width=260):
        for number, starter in enumerate(examples):
            st.button(as_label(starter.text), key=f"starter-{number}", width="stretch", on_click=_choose, args=(starter.text,))


def _typed() -> None:
    wait_for(st.session_state["question"] or "", limits())


def _choose(question: str) -> None:
    wait_for(question, limits())


def _unlimited(turn: Turn) -> None:
    reset()
    wait_for(turn.question, limits(), instead_of=turn.id)


def _cited(turns: Sequence[Turn], click: Click) -> tuple[Turn, ShownCitation] | None:
    for turn in turns:
        if turn.id == click.turn_id:
            among = turn.answer.citations if click.kind == "cite" else turn.answer.nearest
            for citation in among:
                if citation.number == click.number:
                    return turn, citation
    return None


def show_trouble(error: WhodunitError) -> None:
    """One message that says what is wrong and what to do."""
    st.error(as_label(str(error), limit=600), icon=":material/error:")
