"""Labels to stick on things: name, place and code in letters, the code as a QR sign, on sheets that data/labels describes."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from logi.core.datafiles import data_path
from logi.core.errors import NotFound, Usage
from logi.core.messages import language, say
from logi.formats.cells import fenced

FORMATS = ("html", "pdf", "png")
_HERE = Path(__file__).resolve().parent
_SIDE = 1.8  # mm kept free at a label's edge
_DOTS = 300  # a printer's, per inch


class Label(NamedTuple):
    """One label: the code (ASCII, also in the QR sign), the thing's name, a smaller line, and the school's name."""

    code: str
    name: str
    line: str
    school: str


class Paper(NamedTuple):
    """A sheet of labels in millimetres: (across, along) of the paper, a label, the count, the margin, the gaps."""

    name: str
    title: str
    paper: tuple[float, float]
    label: tuple[float, float]
    grid: tuple[int, int]
    margin: tuple[float, float]
    gap: tuple[float, float]

    @property
    def a_page(self) -> int:
        """How many labels a page holds."""
        return self.grid[0] * self.grid[1]


def papers() -> Mapping[str, Paper]:
    """Every sheet of labels by name, in order."""
    import tomllib

    found = []
    for path in data_path("labels").glob("*.toml"):
        made = tomllib.loads(path.read_text("utf-8"))
        pairs = {name: tuple(made[name]) for name in ("paper", "label", "grid", "margin", "gap")}
        found.append((made["order"], Paper(path.stem, made["title"][language()], **pairs)))
    return {one.name: one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].name))}


def paper_named(text: str) -> Paper:
    """The sheet of a name; NotFound (3)."""
    known = papers()
    if text not in known:
        raise NotFound("forms.labels.unknown", name=text, known=[f"{one.name} ({one.title})" for one in known.values()])
    return known[text]


def draw(labels: Sequence[Label], paper: Paper, name: str) -> bytes:
    """The bytes of the labels as html, pdf or png (one page, through the extra `pdf`)."""
    if name not in FORMATS:
        raise Usage("forms.labels.format", name=name)
    if name == "html":
        return _html(labels, paper).encode("utf-8")
    if name == "png" and len(labels) > paper.a_page:
        raise Usage("forms.labels.too_many", count=len(labels), most=paper.a_page)
    from logi.formats.typesetting import typeset

    made: bytes = typeset(_HERE / "labels.typ", _data(labels, paper), form=name, ppi=_DOTS)
    return made


def qr_path(code: str) -> tuple[str, int]:
    """The QR sign of a code as an SVG path of squares, and how many squares wide it is without a margin."""
    import segno

    rows = segno.make(code, micro=False, error="m").matrix
    pieces = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            long = 1
            while x + long < len(row) and row[x + long] == row[x]:
                long += 1
            if row[x]:
                pieces.append(f"M{x} {y}h{long}v1h-{long}z")
            x += long
    return "".join(pieces), len(rows)


def _data(labels: Sequence[Label], paper: Paper) -> dict[str, Any]:
    wide, high = paper.label
    # A wide label has the sign at its left, a square one above its words.
    side = min(high - 2 * _SIDE, wide * 0.42)
    made = []
    for one in labels:
        path, squares = qr_path(one.code)
        made.append({"code": fenced(one.code), "name": fenced(one.name), "line": fenced(one.line),
                     "school": fenced(one.school), "path": path, "squares": squares})  # fmt: skip
    a_page = paper.a_page
    return {
        "title": say("forms.labels.title"), "paper": paper.paper, "label": paper.label, "grid": paper.grid,
        "margin": paper.margin, "gap": paper.gap, "side": round(side, 2), "edge": _SIDE,
        "size": round(min(10.0, max(5.5, high * 0.24)), 1),
        "pages": [made[start : start + a_page] for start in range(0, len(made), a_page)],
    }  # fmt: skip


def _html(labels: Sequence[Label], paper: Paper) -> str:
    from jinja2 import Environment, StrictUndefined

    data = _data(labels, paper)
    style = _style(paper, data)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    house = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    template = house.from_string((_HERE / "labels.html.jinja").read_text("utf-8"))
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return template.render(lang=language(), sheet=style, policy=policy, **data).rstrip("\n") + "\n"


def _style(paper: Paper, data: Mapping[str, Any]) -> str:
    (wide, high), (label_wide, label_high) = paper.paper, paper.label
    numbers = {
        "paper-wide": wide, "paper-high": high, "wide": label_wide, "high": label_high, "left": paper.margin[0],
        "top": paper.margin[1], "gap-x": paper.gap[0], "gap-y": paper.gap[1], "side": data["side"], "edge": _SIDE,
    }  # fmt: skip
    root = " ".join(f"--{name}: {value:g}mm;" for name, value in numbers.items())
    head = f"@page {{ size: {wide:g}mm {high:g}mm; margin: 0; }}\n"
    head += f":root {{ {root} --across: {paper.grid[0]}; --size: {data['size']}pt; }}\n"
    return head + (_HERE / "labels.css").read_text("utf-8")
