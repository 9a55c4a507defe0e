"""Fitting the weights by which sentences are picked."""

import numpy as np
import pytest

from evals.weighing import Choice, Fit, fit, told


def choice(rows: list[list[float]], gold: int | None) -> Choice:
    return Choice(np.array(rows, dtype=float), np.array([place == gold for place in range(len(rows))]))


def made(count: int, seed: int) -> list[Choice]:
    """Questions whose gold sentence has the greatest first feature, or silence where all of them are low; the second feature is noise."""
    chance = np.random.default_rng(seed)
    found = []
    for number in range(count):
        rows = chance.normal(0, 1, (5, 2))
        rows[:, 0] -= 3.0 if number % 5 == 0 else 0.0
        found.append(Choice(rows, np.arange(5) == (rows[:, 0].argmax() if number % 5 else 9)))
    return found


def test_the_feature_that_tells_gets_the_weight_and_noise_gets_none() -> None:
    found = fit(made(200, seed=1), free=[True, True])
    assert found.weights[0] > 1.0
    assert abs(found.weights[1]) < 0.2 * found.weights[0]


def test_a_feature_that_is_not_free_keeps_no_weight() -> None:
    assert fit(made(60, seed=2), free=[True, False]).weights[1] == 0.0


def test_the_fit_is_the_one_of_greatest_likelihood() -> None:
    some = made(80, seed=3)
    found = fit(some, free=[True, True])

    def loss(by: Fit) -> float:
        total = 0.002 * len(some) * sum(weight**2 for weight in by.weights)
        for one in some:
            logits = one.rows @ np.array(by.weights) + by.bias
            everything = np.logaddexp.reduce([*logits, 0.0])
            total += everything - (np.logaddexp.reduce(logits[one.gold]) if one.gold.any() else 0.0)
        return float(total)

    for place in range(2):
        for step in (-0.2, 0.2):
            moved = tuple(weight + step * (at == place) for at, weight in enumerate(found.weights))
            assert loss(found) < loss(Fit(moved, found.bias))
    assert loss(found) < min(loss(Fit(found.weights, found.bias + step)) for step in (-0.2, 0.2))


@pytest.mark.parametrize(
    ("by", "line"),
    [
        (Fit((1.0,), 0.0), "2 answered: first 0.500, two 1.000; silent 1 of 1"),
        (Fit((-1.0,), 0.0), "2 answered: first 0.500, two 1.000; silent 0 of 1"),
    ],
)
def test_what_is_told_counts_the_first_two_and_silence(by: Fit, line: str) -> None:
    some = [choice([[2.0], [1.0]], 0), choice([[2.0], [1.0]], 1), choice([[-2.0], [-1.0]], None)]
    assert told("set", some, by).split(maxsplit=1)[1] == line
