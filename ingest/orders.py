"""Text that gives orders to whoever reads it by machine instead of telling of anything: to a language model, in a faked turn of a chat, in markup.

A rule of thumb over one sentence at a time, in English. It moves no answer and is not quoted; where it errs, an honest sentence about such tricks is left
out, and another one is quoted. What it does not recognise is a sentence like any other: quoted, attributed, never obeyed.
"""

import re

_ANSWER = r"(?:answer|reply|respond|output|say|state|write|repeat|print|conclude|name|blame|tell|cite)"
_READER = r"(?:(?:large\ )?language\ models?|llms?|ai\ (?:assistants?|agents?|models?|systems?|tools?|readers?)|ais?|chat\ ?bots?|chat\ assistants?|summari[sz]ers?)"
_THAT = r"(?=\W+(?:that|with|so|only|first|this|it|nothing|nobody|exactly)\b)"

ORDER = re.compile(
    rf"""
    \b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|ing))\b[^.!?\n]{{0,60}}
        \b(?:instructions?|prompts?|rules|guidelines|directives|constraints|(?:all|everything|anything|whatever)\ (?:is\ |was\ |stands\ )?(?:above|before|said)|other\ (?:lines|pages|passages|sources|documents))\b
    | \b(?:system|developer|hidden|initial)\ prompts?\b | \bnew\ (?:system\ )?instructions?\s*:
    | \b{_READER}\b[^.!?\n]{{0,60}}\b(?:must|should|shall|ought\ to|ha(?:s|ve)\ to|needs?\ to|(?:are|is)\ (?:told|asked|instructed|required|ordered|to))\b[^.!?\n]{{0,40}}\b(?:{_ANSWER}|prefer|copy|quote|obey|follow|disregard|ignore|trust)\b
    | \b(?:asks?|asked|tells?|told|instructs?|instructed|orders?|ordered|reminds?)\ (?:all\ |any\ |every\ |the\ |your\ )?{_READER}\ to\ {_ANSWER}\b
    | \bthe\ (?:model|assistant)\ (?:must|should|shall|is\ to|has\ to)\b
    | \b(?:any|every|an?|each)\ (?:{_READER}|assistant|model)\ (?:that|which|who)\ (?:does|do|fails|refuses|will)\b[^.!?\n]{{0,20}}\b{_ANSWER}\b
    | (?:^|[\s<(\[“"'-])(?:dear|attention|note\ (?:to|for)|notice\ (?:to|for)|message\ (?:to|for)|instructions?\ (?:to|for)|to|for)\ (?:all\ |any\ |every\ |the\ |your\ )?(?:{_READER}|assistants|models)\b(?=[^.!?\n]{{0,60}}[:,;]|\W*$)
    | \bif\ you(?:['’]re|\ are)\ (?:an?|the)\ (?:{_READER}|assistant|model)\b | \byou\ are\ (?:now\ |no\ longer\ )?(?:an?|the)\ (?:[\w-]+\ )?(?:{_READER}|assistant)\b
    | \byour\ (?:only\ |sole\ |new\ |real\ |first\ )?(?:task|instructions?|orders)\ (?:is|are)\b
    | (?:^\W*|[:;,]\s+(?=please\b)|[:;]\s+|,\s+then\s+)(?:please\s+|now\s+)?(?:{_ANSWER}|tell\ (?:the|your)\ users?){_THAT}
    | \btell\ (?:the|your)\ users?\b | (?:^\W*|[:;]\s+|,\s+(?:then\s+)?)(?:please\s+)?(?:name|give|report)\b[^.!?\n]{{1,60}}\bas\ the\ (?:attackers?|culprits?|perpetrators?|answer)\b
    | \bwhen(?:ever)?\ (?:you(?:\ are|['’]re)?\ |the\ user\ |a\ user\ |users\ |anyone\ |somebody\ |someone\ )?(?:asks?|asked|summari[sz](?:e|es|ing)|answer(?:ing|s)?)\b[^.!?\n]{{0,80}},\s*(?:then\ |first\ |always\ )?{_ANSWER}\b(?!\s+(?:officials|experts|researchers|analysts|sources|police)\b)
    | \bthe\ answer\ to\ (?:every|any|all|each)\ questions?\b
    """,
    re.I | re.X,
)
"""Words that order an answer."""
TURN = re.compile(r"^\W*(?:assistant|human|developer|ai)(?:\ (?:message|prompt|note))?\]?\s*:\s", re.I)
"""The beginning of a turn in a faked chat."""
TEMPLATE = re.compile(
    r"<\|[^|>\n]{0,40}\|>|\[/?INST\]|<</?SYS>>|</?(?:s|bos|eos|start_of_turn|end_of_turn|think|thinking|system|user|assistant|human|tool_call|instructions?)>"
    r"|<<<\s*(?:end of )?passage\b|\{\s*\"(?:text|quotes?|passage|role|content|name|arguments)\"\s*:",
    re.I,
)
"""What chat templates take for a change of speaker, and what imitates a passage or a reply."""
MARKUP = re.compile(
    r"<!--|-->|</?(?:script|style|font|iframe|svg|object|embed|template|noscript)\b[^>\n]*>|<\w[^>\n]*\b(?:display:\s*none|visibility:\s*hidden|font-size:\s*0|hidden)\b"
    r"|\]\(\s*(?:javascript|data|vbscript|file):",
    re.I,
)
"""Markup that hides words or runs something; a tag left over from a page, a link or a picture is none."""
_TRIGGER = re.compile(
    r"[<>{\]]|instruct|prompt|rule|guid|direct|constraint|ignor|disregard|forget|overrid|model|llm|\bais?\b|assistant|chat ?bot|summari|task|orders|user|human|asked|develop"
    r"|answer|reply|respond|output|(?:say|state|write|repeat|print|conclude|name|blame|tell|cite)\W+(?:that|with|so|only|first|this|it|nothing|nobody|exactly)",
    re.I,
)
"""What every order holds: sentences without it, nine in ten, cost one look."""


def is_order(sentence: str) -> bool:
    """Whether a sentence speaks to a machine that reads it, or is markup rather than prose."""
    if not _TRIGGER.search(sentence):
        return False
    return bool(ORDER.search(sentence) or TURN.search(sentence) or TEMPLATE.search(sentence) or MARKUP.search(sentence))
