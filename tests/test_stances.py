"""What a sentence says about its own subject: nobody named, something left open, something denied."""

import pytest

from app.stances import denies, leaves_open, names_nobody, only_calls_unknown, rejects


@pytest.mark.parametrize(
    "sentence",
    [
        "The port authority has not attributed the outage to anyone.",
        "We are unable to tie the implants to any known group.",
        "The cluster has no overlap with a tracked threat actor.",
        "No gang has claimed responsibility for the raid on the brewery.",
        "An unidentified hacker copied the mayor's mail.",
        "It is still unclear who carried out the attack.",
        "The identity of the attackers has never been established.",
        "Attribution remains difficult.",
        "The ministry did not say who was behind the break-in.",
        "Detectives are trying to find out who was responsible.",
        "The authors decline to point to any particular government.",
        "Nobody has said who did it.",
        "They compare it with other states' work without assigning it to a state.",
    ],
)
def test_nobody_is_named(sentence: str) -> None:
    assert names_nobody(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Paper Lantern claimed responsibility for the raid on the brewery.",
        "This is not the first time that Paper Lantern has claimed responsibility.",
        "A previously unknown group dubbed Gray Heron stole the plans.",
        "It is unknown how the group got in.",
        "There was no payment with the group's credit cards.",
        "A little-known hacker called Moth stole the plans.",
        "The mail was aimed at an unknown person in the ministry.",
        "The stolen files were not encrypted, and the police blamed Gray Heron.",
    ],
)
def test_somebody_is_named_or_something_else_is_unknown(sentence: str) -> None:
    assert not names_nobody(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "How the burglars entered the network is unknown.",
        "It is unclear whether the backups were copied.",
        "The brewery declined to name its supplier.",
        "The size of the ransom has not been disclosed.",
        "The mayor would give no details.",
        "They got in by unknown means.",
    ],
)
def test_something_is_left_open(sentence: str) -> None:
    assert leaves_open(sentence)


def test_a_plain_statement_leaves_nothing_open() -> None:
    assert not leaves_open("Gray Heron broke into the brewery by a stolen password and asked for 40,000 euros.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The embassy denied any part in it.",
        "The brewery found no evidence that customers' data was copied.",
        "Its shops were not affected.",
        "However, the analysts believe that Gray Heron did it.",
        "The researchers stopped short of blaming the state.",
        "It turned out to be a hoax.",
        "The raid was wrongly blamed on Paper Lantern.",
        "The port has yet to confirm the theft.",
        "Shared tools do not necessarily mean that the two are one gang.",
        "The lab considers Gray Heron to be distinct from Paper Lantern.",
        "It is unlikely that the government ordered it.",
    ],
)
def test_something_is_denied(sentence: str) -> None:
    assert denies(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Gray Heron broke into the brewery in May.",
        "The tool is used to deny attackers access to the network.",
        "The rootkit hides in the disputed border region's power stations.",
        "The beacons are unlikely to raise alarms.",
    ],
)
def test_nothing_is_denied(sentence: str) -> None:
    assert not denies(sentence)


def test_outright_rejections_are_told_from_doubts() -> None:
    assert rejects("Gray Heron denied that it was involved.", outright=True)
    assert rejects("The minister brushed the report off.", outright=True)
    assert rejects("A professor does not believe that they are capable of this.")
    assert not rejects("A professor does not believe that they are capable of this.", outright=True)
    assert not rejects("After the disputed election the stories turned.")


def test_a_hacker_who_is_called_unknown_is_the_weaker_sign() -> None:
    assert only_calls_unknown("An unidentified hacker copied the mayor's mail.")
    assert not only_calls_unknown("The port authority has not attributed the outage to anyone.")
