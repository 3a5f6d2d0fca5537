"""Bars drawn from a table that names its chart: the same figures for the page's SVG and the workbook's own charts."""

from typing import Any, NamedTuple

from logi.core.answers import Column, Table
from logi.core.messages import say
from logi.core.text import width
from logi.formats.cells import fenced, human

MOST_BARS = 40
BAR, GAP, LETTER, ROOM, LABELS = 16, 6, 7, 420, 34


class Chart(NamedTuple):
    """What is to be drawn: a label column, its labels, and one or more columns of figures."""

    table: Table
    label: Column
    labels: list[str]
    figures: list[Column]


def chart_of(table: Table) -> Chart | None:
    """A table's chart, None if it names none, has no rows, no figure above zero, or too many bars to be read."""
    if table.chart is None or not table.rows or len(table.rows) * len(table.chart[1]) > MOST_BARS:
        return None
    columns = {column.key: column for column in table.columns}
    label = columns.get(table.chart[0])
    figures = [columns[key] for key in table.chart[1] if key in columns]
    if label is None or not figures or not any((row.get(c.key) or 0) > 0 for row in table.rows for c in figures):
        return None
    more = [c for c in table.columns if c.kind == "code" and c is not label][:1] if _repeats(table, label) else []
    labels = [fenced(" ".join(human(c, row.get(c.key)) for c in (label, *more))) for row in table.rows]
    return Chart(table, label, labels, figures)


def svg_parts(chart: Chart) -> dict[str, Any]:
    """The bars' places for the page's template; whole numbers only, so that the same figures give the same bytes."""
    most = max((row.get(c.key) or 0) for row in chart.table.rows for c in chart.figures)
    left = min(max(map(width, chart.labels)), LABELS) * LETTER + 10
    bars, top = [], 4
    for row, label in zip(chart.table.rows, chart.labels, strict=True):
        for place, column in enumerate(chart.figures):
            value = row.get(column.key) or 0
            long = ROOM * max(int(value), 0) // most
            shown = human(column, value)
            bars.append({
                "y": top, "middle": top + BAR - 4, "label": label if place == 0 else "", "x": left, "width": long,
                "mark": f"bar{place % 3 + 1}", "value": shown, "at": left + long + 6, "height": BAR,
            })  # fmt: skip
            top += BAR + 2
        top += GAP
    alt = "; ".join(
        f"{label}: " + ", ".join(f"{c.title} {human(c, row.get(c.key) or 0)}" for c in chart.figures)
        for row, label in zip(chart.table.rows, chart.labels, strict=True)
    )
    legend = [(f"bar{place % 3 + 1}", fenced(c.title)) for place, c in enumerate(chart.figures)]
    return {"bars": bars, "width": left + ROOM + 110, "height": top, "legend": legend, "left": left - 6,
            "alt": fenced(say("formats.chart", title=chart.table.title, figures=alt))}  # fmt: skip


def _repeats(table: Table, label: Column) -> bool:
    values = [row.get(label.key) for row in table.rows]
    return len(set(values)) < len(values)
