"""What a question wants, by its words."""

import pytest

from app.question_kinds import asks_for_agreement, asks_for_attribution, asks_whether, slot_of


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("By whom was the brewery robbed?", "attacker"),
        ("The brewery was robbed in 2021: whodunit?", "attacker"),
        ("brewery hack 2021 culprit", "attacker"),
        ("What was the name of the gang that robbed the brewery?", "attacker"),
        ("What is the group called?", "attacker"),
        ("Which country's hackers robbed the brewery?", "attacker"),
        ("Whose malware was it?", "attacker"),
        ("Whom did the ministry blame?", "attacker"),
        ("Brewery robbery, 2021: group?", "attacker"),
        ("Who has been spying on the port?", "attacker"),
        ("Can you tell me who robbed the brewery?", "attacker"),
        ("Whose mailboxes did Gray Heron read?", "victim"),
        ("Who was hit by Gray Heron?", "victim"),
        ("Who did Gray Heron attack?", "victim"),
        ("Which Norwegian brewery company paid Gray Heron?", "victim"),
        ("On what day was the brewery robbed?", "when"),
        ("How far back does Gray Heron's activity reach?", "when"),
        ("Date of the raid on the brewery?", "when"),
        ("Brewery raid: month?", "when"),
        ("When did Gray Heron strike?", "when"),
        ("Who first described Gray Heron?", "source"),
        ("By whom was the implant discovered?", "source"),
        ("Which research team reported the raid?", "source"),
        ("According to whom did Gray Heron do it?", "source"),
        ("Which security company named Gray Heron?", "source"),
        ("Which two breweries were robbed?", "list"),
        ("Name both ports that were closed.", "list"),
        ("Which gangs robbed breweries?", "list"),
        ("How many breweries were robbed?", "detail"),
        ("How much did the thieves want?", "detail"),
        ("Which trojan did Gray Heron use when the brewery was closed?", "detail"),
        ("Which zero-day did it use?", "detail"),
    ],
)
def test_the_slot(text: str, slot: str) -> None:
    assert slot_of(text) == slot


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Did the brewery pay?", True),
        ("The brewery was robbed in 2020: is it known who did it?", True),
        ("When the brewery reopened, did it say what was stolen?", True),
        ("The raid on the brewery: confirmed?", True),
        ("Who robbed the brewery?", False),
        ("Which brewery was robbed, and when did it reopen?", False),
        ("Could you tell me who robbed the brewery?", False),
    ],
)
def test_yes_or_no(text: str, expected: bool) -> None:
    assert asks_whether(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who robbed the brewery?", True),
        ("Has any gang claimed the raid?", True),
        ("Is the raid tied to a known group?", True),
        ("Did the brewery say who had done it?", True),
        ("Exact attribution of the raid?", True),
        ("When did the group rob the brewery?", False),
        ("How did the thieves get in?", False),
    ],
)
def test_who_did_it(text: str, expected: bool) -> None:
    assert asks_for_attribution(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do the police and the brewery agree on the loss?", True),
        ("What did the brewery say, and what did the thieves say?", True),
        ("Did the embassy admit it?", True),
        ("Is it certain that Gray Heron did it?", True),
        ("How did the brewery respond?", True),
        ("On what day did the brewery admit the raid?", False),
        ("How many accounts were copied?", False),
        ("Who robbed the brewery?", False),
    ],
)
def test_who_holds_what(text: str, expected: bool) -> None:
    assert asks_for_agreement(text) is expected


@pytest.mark.parametrize("question", ["Who robbed the bank, Gray Heron or Paper Lantern?", "The raid on Otter Mills: Gray Heron or somebody else?"])
def test_the_choice_between_two_asks_who_holds_what(question: str) -> None:
    assert asks_for_agreement(question)


@pytest.mark.parametrize(
    "question", ["What country is Gray Heron from?", "Which government sponsors Gray Heron?", "Where does Gray Heron come from?"]
)
def test_the_country_of_an_actor_is_a_matter_of_blame(question: str) -> None:
    assert asks_for_attribution(question)
