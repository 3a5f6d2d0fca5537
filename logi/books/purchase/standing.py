"""What stands of purchases on a day: each request with its lines, quotes, order, acceptance, invoices and payments.

Invoices and payments may also stand in another book: one that has a room `settling` with
`of_request(db, number, until) -> (invoiced_fen, paid_fen)` is asked, and the larger figure counts; its
`claim_on_invoice(db, invoice) -> claim or None` tells whether an invoice is claimed there.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.purchase import rules, school, store
from logi.books.purchase.stock import worth
from logi.core.errors import NotFound

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


class Purchase:
    """One request and all that became of it, as of a day."""

    __slots__ = ("approvals", "invoices", "lines", "order", "order_lines", "payments", "quotes", "receipts", "row", "settled",
                 "until")  # fmt: skip

    def __init__(self, row: Any, until: str) -> None:
        self.row, self.until = row, until
        self.approvals: list[Any] = []
        self.lines: list[Any] = []
        self.quotes: list[Any] = []
        self.order: Any = None
        self.order_lines: list[Any] = []
        self.receipts: list[Any] = []
        self.invoices: list[Any] = []
        self.payments: list[Any] = []
        self.settled = (0, 0)

    @property
    def number(self) -> str:
        """The request's number."""
        return str(self.row["number"])

    @property
    def missing(self) -> list[str]:
        """The levels that have not signed yet, in order."""
        given = {one["level"] for one in self.approvals if one["decision"] == "yes"}
        return [level for level in self.row["levels"].split() if level not in given]

    @property
    def approved_on(self) -> date | None:
        """The day of the last signature, once none is missing."""
        if self.missing:
            return None
        return as_day(self.approvals[-1]["on_day"] if self.approvals else self.row["on_day"])

    @property
    def ended(self) -> str | None:
        """Whether it was rejected, dropped or closed by the day."""
        if self.row["state"] in ("dropped", "closed") and (self.row["ended_on"] or "") <= self.until:
            return str(self.row["state"])
        return "rejected" if any(one["decision"] == "no" for one in self.approvals) else None

    @property
    def stuck(self) -> bool:
        """Whether it was bought in an emergency and rejected afterwards."""
        return self.ended == "rejected" and self.order is not None

    def accepted(self, line: int) -> int:
        """How much of a line was accepted."""
        return sum(int(one["accepted_milli"]) for one in self.receipts if one["line"] == line)

    def delivered(self, line: int) -> int:
        """How much of a line was delivered."""
        return sum(int(one["delivered_milli"]) for one in self.receipts if one["line"] == line)

    def outstanding(self, line: int) -> int:
        """How much of a line was ordered and not accepted yet."""
        ordered = sum(int(one["quantity_milli"]) for one in self.order_lines if one["line"] == line)
        return max(ordered - self.accepted(line), 0)

    @property
    def accepted_fen(self) -> int:
        """What was accepted, at the order's prices."""
        # Half a fen rounds as it did for the whole line, so the whole line accepted is the line's own value.
        return sum(int(worth(self.accepted(one["line"]), one["price_fen"])) for one in self.order_lines)

    @property
    def invoiced_fen(self) -> int:
        """What invoices were taken in for."""
        return max(sum(int(one["amount_fen"]) for one in self.invoices), self.settled[0])

    @property
    def paid_fen(self) -> int:
        """What was paid."""
        return max(sum(int(one["amount_fen"]) for one in self.payments), self.settled[1])

    @property
    def stage(self) -> str:
        """How far it has come."""
        numbers = [one["line"] for one in self.order_lines]
        return rules.stage(rules.Standing(
            self.ended, not self.missing, self.order is not None, sum(self.outstanding(n) for n in numbers),
            sum(self.accepted(n) for n in numbers), self.invoiced_fen, self.paid_fen,
        ))  # fmt: skip

    @property
    def not_invoiced_fen(self) -> int:
        """What was accepted and no invoice is there for."""
        return max(self.accepted_fen - self.invoiced_fen, 0)

    @property
    def matters(self) -> list[str]:
        """What is open about it: to be signed or ordered, to be delivered, to be invoiced."""
        if self.stuck:
            return []
        stage = self.stage
        found = ["request"] if stage in ("open", "approved") else []
        found += ["delivery"] if stage in ("ordered", "part") else []
        return found + (["invoice"] if self.not_invoiced_fen else [])

    def open_fen(self, matter: str) -> int:
        """How much money a matter is about: what is asked for, not delivered, or not invoiced."""
        if matter == "request":
            return int(self.row["amount_fen"])
        return max(int(self.order["value_fen"]) - self.accepted_fen, 0) if matter == "delivery" else self.not_invoiced_fen

    @property
    def last_on(self) -> str | None:
        """The last day anything was done about it."""
        order = [self.order] if self.order is not None else []
        return max((one["on_day"] for one in (*self.approvals, *self.quotes, *order, *self.receipts)), default=None)

    @property
    def received_on(self) -> date | None:
        """The last day anything was accepted on."""
        return as_day(max((one["on_day"] for one in self.receipts if one["accepted_milli"] > 0), default=None))

    def vendors(self) -> list[str]:
        """The codes of those who quoted."""
        return list(dict.fromkeys(one["vendor_code"] for one in self.quotes))

    def quoted(self, vendor_id: int) -> int:
        """A vendor's quote for the whole."""
        return sum(int(one["value_fen"]) for one in self.quotes if one["vendor_id"] == vendor_id)

    @property
    def lowest(self) -> int | None:
        """The lowest quote."""
        return min((self.quoted(one["vendor_id"]) for one in self.quotes), default=None)


def purchase(source: "Source", number: str, until: date | None = None) -> Purchase:
    """The purchase of a number as it stands (NotFound, 3)."""
    row = store.request(source, number)
    if row is None:
        raise NotFound("purchase.no_request", number=number)
    return _gathered(source, [row], until, row["id"])[0]


def purchases(source: "Source", until: date | None = None, since: date | None = None) -> list[Purchase]:
    """Every purchase asked for up to a day, as it stood then, by day and number."""
    rows = store.requests(source.db, since.isoformat() if since else "", (until or date.max).isoformat())
    return _gathered(source, rows, until, None)


def orderable(one: Purchase) -> bool:
    """Whether a purchase may be ordered: every level has signed, or it is an emergency signed for afterwards."""
    return one.row["state"] not in ("rejected", "dropped") and (not one.missing or bool(one.row["emergency"]))


def sign_by(source: "Source", one: Purchase) -> date | None:
    """The last day to sign for an emergency that was ordered; None where nothing is to be signed for afterwards."""
    if not one.row["emergency"] or one.order is None or not one.missing or one.ended:
        return None
    ordered = date.fromisoformat(one.order["on_day"])
    return ordered + timedelta(days=int(school.policy(source, "purchase.emergency_back_sign_days", ordered)))


def splits(source: "Source", row: Any, *, but: int = 0) -> tuple[list[rules.Other], int | None]:
    """With which other requests this one looks like splitting, and the sum of the year where that alone is too much."""
    on = date.fromisoformat(row["on_day"])
    steps = rules.tiers(school.policy(source, "purchase.tiers", on))
    others = [
        rules.Other(one["number"], date.fromisoformat(one["on_day"]), one["amount_fen"])
        for one in store.alike(source.db, row["category"], row["budget"], on.year, but)
    ]
    days = int(school.policy(source, "purchase.split_days", on))
    return rules.split(steps, row["amount_fen"], on, others, days), rules.year_split(steps, row["amount_fen"], on, others)


def claim_on_invoice(db: store.Db, invoice_no: str) -> Any:
    """The standing claim of another book that bears an invoice; None where there is none."""
    found = (hooks.claim_on_invoice(db, invoice_no) for hooks in _settling())
    return next((claim for claim in found if claim is not None), None)


def as_day(text: str | None) -> date | None:
    """A day of the ledger as a date."""
    return date.fromisoformat(text) if text else None


def _gathered(source: "Source", rows: list[Any], until: date | None, rowid: int | None) -> list[Purchase]:
    end = until.isoformat() if until else store.FAR
    found = {row["id"]: Purchase(row, end) for row in rows}
    settling = _settling()
    if rowid is not None:
        signed = {rows[0]["number"]: [one for one in journal.approvals(source.db, rows[0]["number"]) if one["on_day"] <= end]}
    else:
        signed = store.approvals(source.db, end)
    for one in found.values():
        one.approvals = signed.get(one.number, [])
        sums = [hooks.of_request(source.db, one.number, end) for hooks in settling]
        one.settled = (max((s[0] for s in sums), default=0), max((s[1] for s in sums), default=0))
    for order in store.orders(source.db, rowid, end):
        if order["request_id"] in found:
            found[order["request_id"]].order = order
    for name, asked in (
        ("lines", store.lines(source.db, rowid)), ("quotes", store.quotes(source.db, rowid, end)),
        ("order_lines", store.order_lines(source.db, rowid, end)), ("receipts", store.receipts(source.db, rowid, until=end)),
        ("invoices", store.invoices(source.db, rowid, end)), ("payments", store.payments(source.db, rowid, end)),
    ):  # fmt: skip
        for row in asked:
            if row["request_id"] in found:
                getattr(found[row["request_id"]], name).append(row)
    return list(found.values())


def _settling() -> list[Any]:
    from logi.registry import cards, room

    rooms = (room(book, "settling") for book in cards())
    return [hooks for hooks in rooms if hooks is not None]
