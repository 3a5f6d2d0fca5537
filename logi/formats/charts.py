"""Bars drawn from a table that names its chart: the same figures for the page's SVG and the workbook's own charts."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from logi.core.answers import Column, Drawn, Table
from logi.core.messages import say
from logi.core.text import width
from logi.formats.cells import fenced, human

MOST_BARS = 40
SPARKS = "▁▂▃▄▅▆▇█"
BAR, GAP, LETTER, ROOM, LABELS = 16, 6, 7, 420, 34


class Chart(NamedTuple):
    """What is to be drawn: a label column, its labels, and one or more columns of figures."""

    table: Table
    label: Column
    labels: list[str]
    figures: list[Column]


def charts_of(table: Table) -> list[Chart]:
    """A table's charts: none if it names none, has no rows, no figure above zero, or too many bars to be read."""
    if not table.chart or not table.rows:
        return []
    wanted = [table.chart] if isinstance(table.chart[0], str) else list(table.chart)
    return [chart for one in wanted if (chart := _chart(table, one)) is not None]


def chart_of(table: Table) -> Chart | None:
    """A table's first chart."""
    return next(iter(charts_of(table)), None)


def bar_lines(chart: Chart, room: int) -> list[str]:
    """A chart for the screen: label, figure, bar; eighths of a cell, and room left where blocks are drawn two cells wide."""
    from logi.formats.grid import pad

    rows = [
        (label if place == 0 else "", column, row.get(column.key) or 0)
        for row, label in zip(chart.table.rows, chart.labels, strict=True) for place, column in enumerate(chart.figures)
    ]  # fmt: skip
    said = [human(column, value) for _, column, value in rows]
    left, right = max(map(width, chart.labels)), max(map(width, said))
    most, cells = max(value for *_, value in rows), (room - left - right - 4) // 2
    if cells < 8:
        return []
    return [
        f"{pad(label, left)}  {' ' * (right - width(text))}{text}  {_blocks(8 * cells * max(int(value), 0) // most)}".rstrip()
        for (label, _, value), text in zip(rows, said, strict=True)
    ]


def spark(values: Sequence[int]) -> str:
    """Figures in a row as small bars: for how something went week by week."""
    most = max(values, default=0)
    return "".join(SPARKS[(len(SPARKS) - 1) * max(value, 0) // most] for value in values) if most > 0 else ""


def _blocks(eighths: int) -> str:
    whole, rest = divmod(eighths, 8)
    return "█" * whole + "▏▎▍▌▋▊▉"[rest - 1 : rest] * (rest > 0)


def _chart(table: Table, wanted: Drawn) -> Chart | None:
    if len(table.rows) * len(wanted[1]) > MOST_BARS:
        return None
    columns = {column.key: column for column in table.columns}
    label = columns.get(wanted[0])
    figures = [columns[key] for key in wanted[1] if key in columns]
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
