"""python -m pytest tests/test_intervals.py: intervals are those of the textbook, and the same every time."""

import pytest

from evals.intervals import paired_difference, quantile, share


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    # Wilson's interval by hand; 81 of 263 is the example of Newcombe (1998), method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718), (20, 20, 0.8389, 1.0)],
)
def test_shares_have_wilsons_interval(successes: int, n: int, low: float, high: float) -> None:
    estimate = share(successes, n)
    assert estimate is not None
    assert estimate.value == successes / n
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=1e-4)
    assert estimate.n == n


def test_nothing_has_no_share_no_median_and_no_difference() -> None:
    assert share(0, 0) is None
    assert quantile([], 0.5) is None
    assert paired_difference([], []) is None


def test_more_successes_than_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="5 of 4"):
        share(5, 4)


def test_the_median_stands_within_its_interval_and_the_interval_within_the_data() -> None:
    estimate = quantile([5.0, 1.0, 2.0, 4.0, 3.0], 0.5)
    assert estimate is not None
    assert estimate.value == 3.0
    assert 1.0 <= estimate.low < 3.0 < estimate.high <= 5.0


def test_one_value_is_its_own_interval() -> None:
    estimate = quantile([7.0], 0.95)
    assert estimate is not None
    assert (estimate.low, estimate.value, estimate.high) == (7.0, 7.0, 7.0)


def test_the_same_values_give_the_same_interval() -> None:
    values = [float(n * n % 17) for n in range(40)]
    assert quantile(values, 0.95) == quantile(values, 0.95)


def test_a_constant_gain_is_certain_however_much_questions_differ() -> None:
    before = [float(n) for n in range(50)]
    for of in ("mean", "median"):
        estimate = paired_difference(before, [value + 2 for value in before], of=of)  # type: ignore[arg-type]
        assert estimate is not None
        assert (estimate.low, estimate.value, estimate.high) == (2.0, 2.0, 2.0)


def test_a_difference_of_shares_is_signed_and_covers_chance() -> None:
    estimate = paired_difference([True, True, False, False], [True, False, False, False])
    assert estimate is not None
    assert estimate.value == -0.25
    assert estimate.low < -0.25 < estimate.high


def test_values_that_are_no_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="not pairs"):
        paired_difference([1.0], [1.0, 2.0])
