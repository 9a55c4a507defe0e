"""Reliability: how often what was given a probability came true, as a table and as a plot that any browser shows."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bin:
    """Cases with a probability from `low` up to `high`. said: their mean probability; came: the share that came true; both 0.0 if empty."""

    low: float
    high: float
    count: int
    said: float
    came: float


def bins(probabilities: Sequence[float], outcomes: Sequence[bool], *, count: int = 10) -> list[Bin]:
    """The cases in `count` bins of equal width."""
    made = []
    for i in range(count):
        low, high = i / count, (i + 1) / count
        inside = [(p, o) for p, o in zip(probabilities, outcomes, strict=True) if low <= p < high or (i == count - 1 and p == 1.0)]
        n = len(inside)
        made.append(Bin(low, high, n, sum(p for p, _ in inside) / n if n else 0.0, sum(o for _, o in inside) / n if n else 0.0))
    return made


def calibration_error(made: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap between said and came, weighted by cases (Guo et al., 2017)."""
    total = sum(b.count for b in made)
    return sum(b.count * abs(b.said - b.came) for b in made) / total if total else 0.0


def as_lines(made: Sequence[Bin]) -> list[str]:
    """The table, a line a bin."""
    return ["probability   cases   said   came", *(f"{b.low:.1f} to {b.high:.1f}  {b.count:6d}   {b.said:.2f}   {b.came:.2f}" for b in made)]


def as_svg(made: Sequence[Bin], title: str) -> str:
    """The plot: said across, came upwards, a dot's area for the cases, the diagonal for perfect calibration."""
    left, top, side = 52, 34, 300
    most = max((b.count for b in made), default=1) or 1
    dots = "".join(
        f'<circle cx="{left + b.said * side:.1f}" cy="{top + (1 - b.came) * side:.1f}" r="{3 + 9 * (b.count / most) ** 0.5:.1f}">'
        f"<title>{b.count} cases: said {b.said:.2f}, came {b.came:.2f}</title></circle>"
        for b in made
        if b.count
    )
    marks = "".join(
        f'<text x="{left + v * side:.0f}" y="{top + side + 16}" text-anchor="middle">{v:.1f}</text>'
        f'<text x="{left - 8}" y="{top + (1 - v) * side + 4:.0f}" text-anchor="end">{v:.1f}</text>'
        for v in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + side + 20} {top + side + 44}" font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="white"/><text x="{left}" y="18" font-size="13">{title}</text>'
        f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="#888"/>'
        f'<line x1="{left}" y1="{top + side}" x2="{left + side}" y2="{top}" stroke="#bbb" stroke-dasharray="4"/>'
        f'<g fill="#1f5fa8" fill-opacity="0.75">{dots}</g>{marks}'
        f'<text x="{left + side / 2}" y="{top + side + 36}" text-anchor="middle">probability said</text>'
        f'<text transform="translate(14 {top + side / 2}) rotate(-90)" text-anchor="middle">share that answers</text></svg>\n'
    )
