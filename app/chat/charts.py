"""The charts of the pages: attacks over time, who attacked whom, victims by number of incidents, shares over runs. Labels are drawn in `ink`, the text's colour. Beside `app.timeline_page`, the file that knows altair.

Colours are of one brightness, so that they stand out on the light ground and on the dark one; what colours say is also said in words at a
click, in the tooltip and in the lists below the charts. Labels stand over their rows, not beside them: names are long and a telephone is narrow. To a screen reader a chart is
one picture with a name, for the same stands in lists below it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, Literal

from app.claim_saying import STANCES
from app.plain import period
from app.timeline import GraphLink, TimelineRow, graph_places
from ingest.nouns import Stance

CHOSEN = "chosen"
"""The selection whose marks a click chooses."""
COLOURS: Mapping[Stance, str] = {
    "asserted": "#2f7fb8",
    "self_claimed": "#cf5f16",
    "suspected": "#8a6fd1",
    "disputed": "#c2608f",
    "unattributed": "#85888b",
    "denied": "#1e8f6d",
}
_ROW, _BAR, _STRIP = 40, 9, 54
_FEW = 5
"""Incidents that a victim's bar has room for at least."""
_GREY = "#80858a"
_TREND = ("#1f8a7d", "#c98b1b", "#7a6fc4")


def load() -> None:
    """Imports what draws. Call it before the first thread: altair takes a pandas that another thread is just importing for a whole one, and fails."""
    for library in ("pandas", "altair"):
        import_module(library)


def timeline_chart(rows: Sequence[TimelineRow], *, attackers: Sequence[str], ink: str, chosen: str = "") -> Any:
    """Attackers over time, below a strip with the number of incidents a year in which a stretch can be chosen to zoom in to.

    rows: those with a time are drawn, of these attackers, which stand in this order. chosen: the incident that stands out at first. A click on a mark selects its incident.
    """
    import altair

    drawn = [row for row in rows if row.start and row.end and row.attacker in attackers]
    # Whole years in both parts: a place in the strip is the same time below it, and one attack alone does not fill the whole width.
    years = min(row.start.year for row in drawn if row.start), max(row.end.year for row in drawn if row.end)
    values = [
        {
            "incident": row.incident,
            "attacker": row.attacker,
            "victim": row.victim,
            "from": f"{row.start}T00:00:00",
            "to": f"{row.end}T23:59:59",
            "when": period(row.start, row.end),
            "stance": STANCES[row.stance],
            "said": "; ".join(row.said[:4]),
            "days": (row.end - row.start).days + 1,
        }
        for row in drawn
        if row.start and row.end
    ]
    first = [{"incident": chosen}] if chosen else altair.Undefined
    click = altair.selection_point(name=CHOSEN, fields=["incident"], on="click", toggle=False, value=first)
    zoom = altair.selection_interval(name="zoom", encodings=["x"], mark=altair.BrushConfig(fill=_GREY, fillOpacity=0.25, stroke=_GREY))
    tooltip = [altair.Tooltip(f"{name}:N", title=name if name != "said" else "who says so") for name in ("attacker", "victim", "when", "said")]
    marks = (
        altair.Chart(_data(values))
        .mark_rule(strokeCap="round", strokeWidth=_BAR, clip=True, cursor="pointer")
        .encode(
            x=altair.X("from:T", title=None, scale=_whole(years, domainRaw=altair.ExprRef("zoom['from']")), axis=altair.Axis(orient="top", tickCount=6, labelColor=ink)),
            x2="to:T",
            y=altair.Y("attacker:N", title=None, sort=list(attackers), axis=_over_the_row(ink), scale=altair.Scale(paddingOuter=0.1)),
            # Years are told more often than days: their bars lie over each other, so they are faint.
            opacity=altair.condition(click, altair.Opacity("days:Q", legend=None, scale=altair.Scale(type="log", domain=[1, 4000], range=[0.95, 0.3], clamp=True)), altair.value(0.12)),
            color=_colour(drawn),
            tooltip=tooltip,
        )
        .add_params(click)
        .properties(height=altair.Step(_ROW))
    )  # fmt: skip
    return altair.vconcat(_years(drawn, zoom, years), marks, spacing=6).configure_view(stroke=None)


def _whole(years: tuple[int, int], **more: Any) -> Any:
    import altair

    domain = [altair.DateTime(year=years[0], month=1, date=1), altair.DateTime(year=years[1] + 1, month=1, date=1)]
    return altair.Scale(domain=domain, nice=False, **more)


def _years(rows: Sequence[TimelineRow], zoom: Any, years: tuple[int, int]) -> Any:
    import altair

    counts: dict[int, set[str]] = {}
    for row in rows:
        if row.start:
            counts.setdefault(row.start.year, set()).add(row.incident)
    values = [
        {"from": f"{year}-01-01T00:00:00", "to": f"{year}-12-31T23:59:59", "year": str(year), "incidents": len(counts.get(year, ()))}
        for year in range(years[0], years[1] + 1)
    ]
    return (
        altair.Chart(_data(values))
        .mark_rect(color=_GREY, opacity=0.5, cursor="crosshair")
        .encode(
            x=altair.X("from:T", axis=None, scale=_whole(years)),
            x2="to:T",
            y=altair.Y("incidents:Q", axis=None),
            y2=altair.datum(0),
            tooltip=[altair.Tooltip("year:N"), altair.Tooltip("incidents:Q")],
        )
        .add_params(zoom)
        .properties(height=_STRIP)
    )


def graph_chart(links: Sequence[GraphLink], *, ink: str) -> Any:
    """Who attacked whom: attackers on the left, victims on the right, a line between those where a claim says so. A click selects the attacker."""
    import altair

    attackers, victims = graph_places(links)
    lines = [
        {"attacker": link.attacker, "victim": link.victim, "x": 0, "y": attackers[link.attacker], "x2": 1, "y2": victims[link.victim],
         "incidents": link.incidents, "stance": STANCES[link.stance]}
        for link in links
    ]  # fmt: skip
    click = altair.selection_point(name=CHOSEN, fields=["attacker"], on="click", toggle=False)
    across, down = altair.Scale(domain=[-0.8, 1.8], nice=False), altair.Scale(domain=[0, 1], reverse=True)
    x, y = altair.X("x:Q", scale=across, axis=None), altair.Y("y:Q", scale=down, axis=None)
    drawn = (
        altair.Chart(_data(lines))
        .mark_rule(opacity=0.9, cursor="pointer")
        .encode(
            x=x, y=y, x2="x2:Q", y2="y2:Q", color=_colour(links),
            strokeWidth=altair.StrokeWidth("incidents:Q", scale=altair.Scale(domain=[1, 8], range=[1.5, 7], clamp=True), legend=None),
            tooltip=[altair.Tooltip(f"{name}:N") for name in ("attacker", "victim", "incidents", "stance")],
        )
        .add_params(click)
    )  # fmt: skip
    left = _named("attacker", attackers, at=0, align="right", dx=-7, ink=ink).encode(x=x, y=y)
    right = _named("victim", victims, at=1, align="left", dx=7, ink=ink).encode(x=x, y=y)
    height = 19 * max(len(attackers), len(victims)) + 20
    return altair.layer(drawn, left, right).properties(height=height).configure_view(stroke=None)


def _named(what: str, places: Mapping[str, float], *, at: int, align: Literal["left", "right"], dx: int, ink: str) -> Any:
    import altair

    values = [{what: name, "x": at, "y": place} for name, place in places.items()]
    text = altair.Chart(_data(values)).mark_text(align=align, dx=dx, fontSize=12, color=ink, limit=altair.expr("width * 0.3"))
    return text.encode(text=f"{what}:N", tooltip=f"{what}:N")


def victims_chart(links: Sequence[GraphLink], *, ink: str) -> Any:
    """Victims by the number of incidents, most first, each bar in the colour of its strongest stance."""
    import altair

    values = [{"victim": link.victim, "incidents": link.incidents, "stance": STANCES[link.stance]} for link in links]
    order = list(dict.fromkeys(link.victim for link in links))
    # Two incidents must not look like the end of the scale.
    most = max(_FEW, *(link.incidents for link in links))
    chart = altair.Chart(_data(values)).encode(
        x=altair.X("incidents:Q", title=None, axis=None, scale=altair.Scale(domain=[0, 1.05 * most], nice=False)),
        y=altair.Y("victim:N", title=None, sort=order, axis=_over_the_row(ink)),
        tooltip=[altair.Tooltip(f"{name}:N") for name in ("victim", "incidents", "stance")],
    )
    bars = chart.mark_bar(height=_BAR, cornerRadiusEnd=4).encode(color=_colour(links))
    counts = chart.mark_text(align="left", dx=6, fontSize=12, color=ink).encode(text="incidents:Q")
    return altair.layer(bars, counts).properties(height=altair.Step(_ROW)).configure_view(stroke=None)


def trend_chart(runs: Sequence[datetime], shares: Mapping[str, Sequence[float | None]], *, ink: str) -> Any:
    """Shares in per cent over runs, a line a share."""
    import altair

    values = [
        {"run": run.isoformat(), "share": name, "per cent": value}
        for name, column in shares.items()
        for run, value in zip(runs, column, strict=True)
        if value is not None
    ]
    colour = altair.Scale(domain=list(shares), range=list(_TREND))
    return (
        altair.Chart(_data(values))
        .mark_line(strokeWidth=2.5, point=altair.OverlayMarkDef(size=40, filled=True), clip=False)
        .encode(
            x=altair.X("run:T", title=None, axis=altair.Axis(format="%-d %b", labelColor=ink, tickCount=6, grid=False, domain=False, ticks=False)),
            y=altair.Y("per cent:Q", title=None, scale=altair.Scale(domain=[0, 100]), axis=altair.Axis(values=[0, 50, 100], labelExpr="datum.label + ' %'", labelColor=ink, domain=False, ticks=False)),
            color=altair.Color("share:N", scale=colour, legend=altair.Legend(orient="top", title=None, symbolType="circle", symbolSize=80, labelColor=ink, labelFontSize=13, offset=4)),
            tooltip=[altair.Tooltip("run:T", format="%-d %b %Y, %H:%M"), altair.Tooltip("share:N"), altair.Tooltip("per cent:Q")],
        )
        .properties(height=220)
        .configure_view(stroke=None)
    )  # fmt: skip


def _over_the_row(ink: str) -> Any:
    import altair

    return altair.Axis(
        labelAlign="left", labelPadding=0, labelOffset=-13, labelLimit=320, labelFontSize=12.5, labelColor=ink, ticks=False, domain=False, grid=False
    )


def _colour(told: Sequence[TimelineRow | GraphLink]) -> Any:
    import altair

    used = [stance for stance in COLOURS if any(one.stance == stance for one in told)]
    scale = altair.Scale(domain=[STANCES[stance] for stance in used], range=[COLOURS[stance] for stance in used])
    return altair.Color("stance:N", legend=None, scale=scale)


def _data(values: Sequence[Mapping[str, object]]) -> Any:
    """Data for a chart: not as `altair.Data`, which looks at every value (0.5 s for 1,500 marks, and this way 0.01 s)."""
    return {"values": list(values)}
