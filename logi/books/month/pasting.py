"""Reading a plan that was pasted as text: 二月份: and 九月份 as headings, 1、 A、 (一) nested, into lines by month."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from logi.books.month import naming, rules
from logi.core.errors import BadValue
from logi.core.text import clean, cut

TOLD = 20  # unplaced lines told one by one

_HAN = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
_NUMERAL = "[一二三四五六七八九十]{1,3}"
# Kinds of numbering from the most senior to the least; what is more senior than a month's own items ends the month.
_MARKS = (
    ("han", re.compile(rf"({_NUMERAL})[、.．,，]\s*")),
    ("paren_han", re.compile(rf"[(（]({_NUMERAL})[)）][、.．]?\s*")),
    ("article", re.compile(rf"第\s*([0-9]{{1,2}}|{_NUMERAL})\s*[条條项項点點][、.．:：\s]*")),
    # "1、12月5日" and "1. 12月5日" are item 1; "1.5万元" is none.
    ("number", re.compile(r"([0-9]{1,2})(?:、|[.．,，\s]\s*(?![0-9]+(?![0-9年月日号號])))\s*")),
    ("paren_number", re.compile(r"[(（]?([0-9]{1,2})[)）][、.．]?\s*")),
    ("circle", re.compile(r"([①-⑳])[、.．]?\s*")),
    ("letter", re.compile(r"[(（]?([A-Za-z])[、.．)）]\s*")),
    ("bullet", re.compile(r"([-•·●◆*])\s*")),
)
_RANK = {kind: rank for rank, (kind, _) in enumerate(_MARKS)}
_MONTH = re.compile(
    rf"(?:附[:：]?\s*)?(?:([0-9]{{4}})\s*年\s*)?([0-9]{{1,2}}|十一|十二|{_NUMERAL})\s*月(?:份)?"
    r"(?:的)?(?:主要|重点|重點|具体|具體)?(?:工作)?(?:计划|計劃|安排|要点|要點|重点|重點)?\s*(?:[(（][^)）]*[)）])?\s*(?:([:：])\s*(.*))?"
)
# The title of one month's plan stands for its heading: "示例学校2025年9月份总务工作计划"
_TITLED = re.compile(
    rf".{{0,24}}?(?:([0-9]{{4}})\s*年\s*)?([0-9]{{1,2}}|十一|十二|{_NUMERAL})\s*月份?[^，。；;、:：]{{0,12}}"
    r"(?:计划|計劃|安排|要点|要點)表?\s*[:：]?"
)
# A second item on the same line: "…；2、…"
_INLINE = re.compile(
    r"(?<=[;；。])\s*(?=(?:[0-9]{1,2}[、.．]|[A-Za-z][、.．]|[①-⑳]|[(（](?:[0-9]{1,2}|[一二三四五六七八九十]+)[)）]))"
)
_TITLE = re.compile(r"(?:计划|計劃|总结|總結)[一二三四五六七八九十0-9]*[:：]?")
# Full-width figures and letters number items as plain ones do; each sign is one sign, so places stay.
_PLAIN = str.maketrans({0xFF10 + n: str(n) for n in range(10)} | {0xFF21 + n: chr(65 + n) for n in range(26)}
                       | {0xFF41 + n: chr(97 + n) for n in range(26)})  # fmt: skip
_FRAMED = re.compile(r"[【〔〖\[]\s*(.*?)\s*[】〕〗\]]")
_ENDS = "。；;，,、.：: \t"


class Pasted(NamedTuple):
    """One line of a plan as read: its month ("2025-09"), title, and what the text says of owner, helpers and day.

    The title is the work alone; `whole` are all words of the line.
    """

    month: str
    title: str
    owner: str | None
    due: date | None
    helpers: tuple[str, ...] = ()
    whole: str = ""


class Unplaced(NamedTuple):
    """A line of the text (from 1) that belongs to no month."""

    line: int
    text: str


class Read(NamedTuple):
    """What a pasted text came to."""

    lines: list[Pasted]
    unplaced: list[Unplaced]


def _nobody(name: str) -> str | None:
    return None


def read(text: str, month: str, *, points: bool = False, known: Callable[[str], str | None] = _nobody) -> Read:
    """The plan lines of a text; months fall in the school year of `month`. With `points` no month is looked for.

    Without any month heading everything numbered belongs to `month`; with one, what stands before the first heading
    or after the month's list has ended belongs nowhere. An item with points under it gives one line a point,
    "item：point". `known` tells people's and departments' names (see `naming.named`).
    """
    rows = [(n, piece) for n, row in enumerate(text.splitlines(), 1) for piece in _INLINE.split(row) if piece.strip()]
    headed = not points and any(_heading(piece, month) for _, piece in rows)
    reader = _Reader(month, headed, known, points=points)
    for n, piece in rows:
        reader.take(n, piece)
        reader.above = n
    return Read(reader.finish(), reader.unplaced)


class _Item:
    """An item of the list being read: its kind of numbering, text, and whether points stand under it."""

    __slots__ = ("kind", "month", "parent", "split", "text")

    def __init__(self, kind: str, text: str, month: str, parent: "_Item | None") -> None:
        self.kind, self.text, self.month, self.parent, self.split = kind, text, month, parent, False

    def title(self) -> str:
        whole = self.text.strip(_ENDS)
        return f"{self.parent.title()}：{whole}" if self.parent else whole


class _Reader:
    """Walks over the lines, remembering the month and the items that are open."""

    def __init__(
        self, base: str, headed: bool, known: Callable[[str], str | None], *, points: bool = False
    ) -> None:
        self.base, self.headed, self.known, self.points = base, headed, known, points
        self.month = None if headed else base
        self.items: list[_Item] = []
        self.stack: list[_Item] = []
        self.unplaced: list[Unplaced] = []
        self.above = 0  # the number of the line read before
        self.own: str | None = None  # the numbering of the month's heading itself
        self.first: str | None = None  # the numbering of the month's items

    def take(self, n: int, raw: str) -> None:
        try:
            text = clean(raw)
        except BadValue:
            self.unplaced.append(Unplaced(n, cut(raw, 40)))
            return
        found = None if self.points else _heading(text, self.base)
        # "3、十月份工作计划" among items numbered alike is one of them.
        if found and (found[0] is None or found[0] != self.first):
            self._begin(*found)
            return
        kind, ordinal, rest = _marked(text)
        if kind is None:
            self._plain(n, text)
        else:
            self._item(n, text, kind, ordinal, rest)

    def finish(self) -> list[Pasted]:
        wholes = dict.fromkeys((item.month, item.title()) for item in self.items if not item.split and item.title())
        read = [(month, whole, naming.named(whole, month, self.known)) for month, whole in wholes]
        works = [(month, said.work) for month, _, said in read]
        # Where only owner or day tell two lines apart, they stay in the titles.
        lines = []
        for month, whole, said in read:
            title = said.work if works.count((month, said.work)) == 1 else whole
            lines.append(Pasted(month, title, said.owner, said.due, said.helpers, whole))
        return lines

    def _begin(self, kind: str | None, month: str, rest: str) -> None:
        self.month, self.own, self.first, self.stack = month, kind, None, []
        for piece in [p for p in re.split(r"[;；]", rest) if p.strip(_ENDS)]:
            self.first, _, words = _marked(piece.strip())
            self._add(self.first or "bullet", words if self.first else piece)

    def _item(self, n: int, text: str, kind: str, ordinal: int, rest: str) -> None:
        restarted = self.first is None and ordinal == 1
        senior = self.first is not None and _RANK[kind] < _RANK[self.first]
        # Without any heading there is no list that could end: whatever is numbered is of the month named.
        if self.headed and self.month is not None and (senior or (kind == self.own and not restarted)):
            self.month = None
        if self.month is None or not rest.strip(_ENDS):
            self.unplaced.append(Unplaced(n, cut(text, 40)))
            return
        self.first = self.first or kind
        if not self.headed and ordinal > 1 and self.stack and all(one.kind != kind for one in self.stack):
            kind = self.stack[-1].kind  # points under an item begin with one: "（4）" after "三、" goes on beside it
        self._add(kind, rest)

    def _add(self, kind: str, text: str) -> None:
        assert self.month is not None
        while self.stack and _RANK[self.stack[-1].kind] >= _RANK[kind]:
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        if parent is not None:
            parent.split = True
        item = _Item(kind, text, self.month, parent)
        self.items.append(item)
        self.stack.append(item)

    def _plain(self, n: int, text: str) -> None:
        """A line without a mark goes on with the unfinished item right above it; otherwise it belongs nowhere."""
        titled = len(text) < 30 and _TITLE.search(text)
        unfinished = self.stack and n == self.above + 1 and self.stack[-1].text.rstrip()[-1:] not in "。；;.!！"
        if self.month is not None and unfinished and not titled:
            self.stack[-1].text += text
            return
        if titled and self.headed:  # the next document begins
            self.month = None
        self.unplaced.append(Unplaced(n, cut(text, 40)))


def _heading(text: str, base: str) -> tuple[str | None, str, str] | None:
    """(numbering of the heading, month, text after the colon) if a line is a month's heading."""
    text = text.strip().translate(_PLAIN)
    framed = _FRAMED.fullmatch(text)
    if framed or (len(text) < 20 and "月" in text):  # 【五月】 and 四 月 份： are headings, too
        text = re.sub(r"\s+", "", framed[1] if framed else text)
    kind, _, rest = _marked(text)
    tries = [(None, _MONTH.fullmatch(text)), (kind, _MONTH.fullmatch(rest) if kind else None)]
    if kind is None:
        tries.append((None, _TITLED.fullmatch(text)))
    for numbering, match in tries:
        number = _number(match[2]) if match else 0
        if match and 1 <= number <= 12:
            month = f"{int(match[1]):04d}-{number:02d}" if match[1] else rules.one_year_on(base, number)
            return numbering, month, (match[4] or "") if match.re is _MONTH else ""
    return None


def _marked(text: str) -> tuple[str | None, int, str]:
    """(kind of numbering, its number, the text after it)."""
    plain = text.translate(_PLAIN)
    for kind, pattern in _MARKS:
        match = pattern.match(plain)
        if match:
            return kind, _number(match[1]), text[match.end() :]
    return None, 0, text


def _number(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    if text in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(text) - ord("①") + 1
    if text.isascii():
        return ord(text.lower()) - ord("a") + 1 if text.isalpha() else 0
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.get(text, 0)
    return 10 * (_HAN.get(tens, 0) if tens else 1) + (_HAN.get(ones, 0) if ones else 0)
