"""The timeline as one HTML file that needs no network: drawn by Vega-Lite, whose code is in the file. Beside `app.chat.charts`, the file that knows altair.

Names and quotes are other people's text. They reach the page as JSON that cannot end its script element, are drawn as text, and the page forbids
itself every connection.
"""

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from app.claim_saying import STANCES
from app.timeline import GraphLink, TimelineRow, busiest, graph_links, graph_places
from ingest.nouns import Stance

COLOURS: Mapping[Stance, str] = {
    "asserted": "#0072b2",
    "self_claimed": "#d55e00",
    "suspected": "#56b4e9",
    "disputed": "#cc79a7",
    "unattributed": "#8a8a8a",
    "denied": "#111111",
}
"""Of Okabe and Ito's palette, which people with a colour vision deficiency can tell apart."""
ATTACKERS = 60
"""Attackers that are drawn, those with the most incidents; more are a page that nobody scrolls through."""
VICTIMS = 120
_WIDTH, _GRAPH_WIDTH, _LABEL, _STEP = 620, 240, 175, 20
_POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:"
_LEGEND = (
    "A dot stands where the time that a source gives begins, a bar is as long as that time is open. Point at either for who says so and in which words; "
    "click one to single out its attacker, click beside to see all."
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff; margin: 2rem; }}
h1 {{ font-size: 1.4rem; margin: 0 0 .3rem; }}
p {{ margin: 0 0 .4rem; max-width: 60rem; color: #444; }}
#chart {{ margin-top: 1.2rem; }}
#vg-tooltip-element {{ max-width: 32rem; white-space: pre-line; }}
#vg-tooltip-element table tr td.value {{ max-width: 26rem; max-height: none; overflow: visible; }}
</style>
</head>
<body>
<h1>{title}</h1>
{notes}
<div id="chart"></div>
<script type="application/json" id="spec">{spec}</script>
<script>{library}</script>
<script>
vegaEmbed("#chart", JSON.parse(document.getElementById("spec").textContent), {{
  renderer: "svg",
  actions: {{ export: true, source: false, compiled: false, editor: false }},
  tooltip: {{ theme: "light" }}
}});
</script>
</body>
</html>
"""


def timeline_page(rows: Sequence[TimelineRow], *, title: str, notes: Sequence[str] = ()) -> str:
    """The page: attackers over time, and beside it who attacked whom. notes: sentences below the title."""
    import vl_convert

    shown = set(busiest(rows, limit=ATTACKERS))
    drawn = [row for row in rows if row.attacker in shown]
    left_out = len({row.attacker for row in rows}) - len(shown)
    said = [*notes, *([f"Drawn are the {ATTACKERS} attackers with the most incidents; {left_out} more are not."] if left_out else []), _LEGEND]
    spec = json.dumps(_chart(drawn).to_dict()).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _PAGE.format(
        policy=_POLICY,
        title=html.escape(title),
        notes="\n".join(f"<p>{html.escape(note)}</p>" for note in said),
        spec=spec,
        library=vl_convert.javascript_bundle(),  # type: ignore[call-arg]  # its stubs want a snippet, which is optional
    )


def _chart(rows: Sequence[TimelineRow]) -> Any:
    import altair

    chosen = altair.selection_point(name="chosen", fields=["attacker"], on="click", empty=True)
    charts = [_timeline(rows, chosen)]
    if links := graph_links(rows):
        charts.append(_graph(_fewer(links), chosen))
    return (
        altair.hconcat(*charts, spacing=40, autosize=altair.AutoSizeParams(type="pad"))
        .configure_view(stroke=None)
        .configure_axis(labelLimit=_LABEL, labelFontSize=12, titleFontSize=12, labelColor="#1c1c1c")
        .configure_legend(labelFontSize=12, titleFontSize=12, orient="top", symbolOpacity=1)
        .configure_title(anchor="start", fontSize=14)
        .resolve_scale(color="shared")
    )


def _timeline(rows: Sequence[TimelineRow], chosen: Any) -> Any:
    import altair

    values = [
        {
            "attacker": row.attacker,
            "victim": row.victim,
            "from": f"{row.start}T00:00:00",
            "to": f"{row.end}T23:59:59",
            "when": row.time,
            "stance": STANCES[row.stance],
            "said": "; ".join(row.said),
            "texts": row.origins,
            "quote": row.quote,
        }
        for row in rows
        if row.start and row.end
    ]
    base = altair.Chart(_data(values)).encode(
        x=altair.X("from:T", title=None, axis=altair.Axis(orient="top", grid=True, gridColor="#ececec", format="%Y", tickCount="year")),
        y=altair.Y("attacker:N", title=None, sort=list(busiest(rows, limit=ATTACKERS)), axis=altair.Axis(grid=True, gridColor="#f3f3f3")),
        color=_colour(),
        tooltip=[
            altair.Tooltip(f"{name}:N", title=title)
            for name, title in (
                ("attacker", "attacker"),
                ("victim", "victim"),
                ("when", "when"),
                ("said", "who says so"),
                ("texts", "independent texts"),
                ("quote", "in its words"),
            )
        ],
    )
    # Years are told more often than days: their bars lie over each other, so they are faint.
    spans = base.mark_bar(height=7, cornerRadius=3).encode(x2="to:T", opacity=altair.condition(chosen, altair.value(0.3), altair.value(0.04)))
    points = base.mark_circle(size=60, stroke="#fff", strokeWidth=0.6).encode(opacity=altair.condition(chosen, altair.value(0.9), altair.value(0.05)))
    return altair.layer(spans, points).add_params(chosen).properties(width=_WIDTH, height=altair.Step(_STEP), title="When")


def _fewer(links: Sequence[GraphLink]) -> list[GraphLink]:
    victims = list(dict.fromkeys(link.victim for link in links))[:VICTIMS]
    return [link for link in links if link.victim in victims]


def _graph(links: Sequence[GraphLink], chosen: Any) -> Any:
    import altair

    places, heights = graph_places(links)
    height = max(len(places), len(heights)) * 16 + 20
    scale = altair.Scale(domain=[0, 1], reverse=True)
    across = altair.Scale(domain=[0, 1])
    lines = [
        {"attacker": link.attacker, "victim": link.victim, "x": 0, "y": places[link.attacker], "x2": 1, "y2": heights[link.victim],
         "incidents": link.incidents, "stance": STANCES[link.stance]}
        for link in links
    ]  # fmt: skip
    drawn = (
        altair.Chart(_data(lines))
        .mark_rule()
        .encode(
            x=altair.X("x:Q", scale=across, axis=None),
            y=altair.Y("y:Q", scale=scale, axis=None),
            x2="x2:Q",
            y2="y2:Q",
            color=_colour(),
            strokeWidth=altair.StrokeWidth("incidents:Q", scale=altair.Scale(domain=[1, 6], range=[1, 6], clamp=True), legend=None),
            opacity=altair.condition(chosen, altair.value(0.7), altair.value(0.04)),
            tooltip=[altair.Tooltip(f"{name}:N") for name in ("attacker", "victim", "incidents", "stance")],
        )
    )
    left = _labels([{"attacker": name, "label": name, "x": 0, "y": place} for name, place in places.items()], scale, across, align="right")
    right = _labels([{"label": victim, "x": 1, "y": at} for victim, at in heights.items()], scale, across, align="left")
    return altair.layer(drawn, left, right).properties(width=_GRAPH_WIDTH, height=height, title="Who attacked whom")


def _labels(values: Sequence[Mapping[str, object]], scale: Any, across: Any, *, align: Literal["left", "right"]) -> Any:
    import altair

    text = altair.Chart(_data(values)).mark_text(align=align, dx=-6 if align == "right" else 6, fontSize=11, limit=_LABEL)
    return text.encode(x=altair.X("x:Q", scale=across, axis=None), y=altair.Y("y:Q", scale=scale, axis=None), text="label:N")


def _data(values: Sequence[Mapping[str, object]]) -> Any:
    import altair

    return altair.Data(values=list(values))  # type: ignore[no-untyped-call]


def _colour() -> Any:
    import altair

    return altair.Color("stance:N", title=None, scale=altair.Scale(domain=[STANCES[stance] for stance in COLOURS], range=list(COLOURS.values())))
