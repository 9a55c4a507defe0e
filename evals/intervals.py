"""95% intervals: Wilson's for shares, the percentile bootstrap for medians and for paired differences. Deterministic: the seed is fixed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

_Z95 = 1.959963984540054
_SEED = 20260101
_RESAMPLES = 5000


@dataclass(frozen=True)
class Estimate:
    """A measured value with its 95% interval. n: how many questions it rests on."""

    value: float
    low: float
    high: float
    n: int


def share(successes: int, n: int) -> Estimate | None:
    """A share with Wilson's score interval (Wilson 1927), which holds at 0 and 1 and for small n; None for n = 0."""
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    if n == 0:
        return None
    p, z2 = successes / n, _Z95**2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Estimate(value=p, low=max(0.0, centre - half), high=min(1.0, centre + half), n=n)


def quantile(values: Sequence[float], q: float) -> Estimate | None:
    """A quantile (0.5 the median), linear between neighbours, with a bootstrap interval; None for no values."""
    if not values:
        return None
    sample = np.asarray(values, dtype=np.float64)
    low, high = np.quantile(np.quantile(sample[_resampled(len(sample))], q, axis=1), (0.025, 0.975))
    return Estimate(value=float(np.quantile(sample, q)), low=float(low), high=float(high), n=len(sample))


def paired_difference(before: Sequence[float], after: Sequence[float], *, of: Literal["mean", "median"] = "mean") -> Estimate | None:
    """After minus before on the same questions: of their means, or the median of the single differences. None for no pairs.

    Questions are drawn as pairs, so that what makes a question hard cancels out.
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} and {len(after)} values are not pairs")
    if not before:
        return None
    differences = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    drawn = differences[_resampled(len(differences))]
    centres = drawn.mean(axis=1) if of == "mean" else np.median(drawn, axis=1)
    low, high = np.quantile(centres, (0.025, 0.975))
    value = differences.mean() if of == "mean" else np.median(differences)
    return Estimate(value=float(value), low=float(low), high=float(high), n=len(differences))


def _resampled(n: int) -> NDArray[np.int64]:
    """Row numbers drawn with replacement, one row a resample: the same for every sample of this size."""
    return np.random.default_rng(_SEED).integers(0, n, size=(_RESAMPLES, n))
