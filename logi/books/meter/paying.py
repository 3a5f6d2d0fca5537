"""The verbs of prices, quotas and bills: what a unit costs from a day on, how much is allowed, what the supplier asks."""

from datetime import date

from logi.books.meter import money, reckoning, rules, school, store
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import NotFound, Refused
from logi.journal import Entry

KIND, UNIT = "meter.kind", "meter.unit"


def price(e: Entry, kind: str, price_micro: int, *, source: str, meter: str | None = None,
          starts: date | None = None) -> Confirmation:  # fmt: skip
    """What a unit of a kind (or at one meter) costs from a day on, and who says so. Closed months keep their price."""
    row = store.meter(e, meter) if meter else None
    if row is not None and row["kind"] != kind:
        raise Refused("meter.other_kind", code=row["code"], kind=Word.of(KIND, row["kind"]))
    day = _open_month(e, starts or e.today)
    there = store.price_row(e.db, kind, row["id"] if row is not None else None, day)
    if there is not None:
        e.update("meter_price", there["id"], price_micro=price_micro, source=source)
    else:
        e.insert("meter_price", kind=kind, meter_id=row["id"] if row is not None else None, from_day=day,
                 price_micro=price_micro, source=source)  # fmt: skip
    facts = {"kind": Word.of(KIND, kind), "price": price_text(price_micro), "unit": Word.of(UNIT, kind), "since": day,
             "source": source, "meter": row["code"] if row is not None else Word.of("meter.whose", "all")}  # fmt: skip
    return Confirmation("meter.price.set", facts=facts)


def quota(e: Entry, text: str, quota_milli: int, *, source: str, starts: date | None = None) -> Confirmation:
    """How much a meter may show in a month, from a day on, and who says so."""
    row = store.meter(e, text)
    day = _open_month(e, starts or e.today)
    there = store.quota_row(e.db, row["id"], day)
    if there is not None:
        e.update("meter_quota", there["id"], quota_milli=quota_milli, source=source)
    else:
        e.insert("meter_quota", meter_id=row["id"], from_day=day, quota_milli=quota_milli, source=source)
    facts = {"name": row["name"], "quota": Milli(quota_milli), "unit": Word.of(UNIT, row["kind"]), "since": day,
             "source": source}  # fmt: skip
    return Confirmation("meter.quota", row["code"], facts=facts)


def bill(e: Entry, kind: str, month: str, *, qty: int, amount: int, meter: str | None = None, vendor: str | None = None,
         invoice: str | None = None, claim: str | None = None, on: date | None = None,
         reason: str | None = None) -> Confirmation:  # fmt: skip
    """Enter a supplier's bill under a number of its own and hold it against the readings and the price."""
    day = e.happened(on or e.today)
    if month > day.isoformat()[:7]:
        raise Refused("meter.bill_ahead", month=month, day=day)
    row = store.meter(e, meter) if meter else None
    if row is not None and row["kind"] != kind:
        raise Refused("meter.other_kind", code=row["code"], kind=Word.of(KIND, row["kind"]))
    if invoice and (twin := store.bill_of_invoice(e.db, invoice)) is not None:
        raise Refused("meter.invoice_used", invoice=invoice, number=twin["number"])
    firm = school.vendor(e, vendor) if vendor else None
    paid = _claim(e, claim, kind, amount) if claim else None
    number = e.number("NH", str(day.year), book="meter", kind="bill")
    e.insert("meter_bill", on_day=day, number=number, month=month, kind=kind, meter_id=row["id"] if row is not None else None,
             quantity_milli=qty, amount_fen=amount, vendor_id=firm["id"] if firm is not None else None, invoice=invoice,
             claim_id=paid, reason=reason)  # fmt: skip
    held = against(e, month, kind, row["id"] if row is not None else None)
    if held.differs and not reason:
        e.warn("meter.bill_differs", month=month, billed=Milli(held.billed_milli), read=Milli(held.read_milli or 0),
               unit=Word.of(UNIT, kind), percent=held.percent)  # fmt: skip
    facts = {"kind": Word.of(KIND, kind), "month": month, "qty": Milli(qty), "unit": Word.of(UNIT, kind),
             "amount": Fen(amount), "vendor": firm["name"] if firm is not None else None, "invoice": invoice,
             "read": None if held.read_milli is None else Milli(held.read_milli),
             "cost": None if held.cost_fen is None else Fen(held.cost_fen)}  # fmt: skip
    return Confirmation("meter.bill.add", number, facts=facts)


class Held:
    """The bills of a month and kind (or meter) beside what was read."""

    __slots__ = ("billed_fen", "billed_milli", "cost_fen", "percent", "read_milli")

    def __init__(self, billed_milli: int, billed_fen: int, read_milli: int | None, cost_fen: int | None, percent: int) -> None:
        self.billed_milli, self.billed_fen, self.read_milli = billed_milli, billed_fen, read_milli
        self.cost_fen, self.percent = cost_fen, percent

    @property
    def differs(self) -> bool:
        """Whether what was billed is further from what was read than the policy lets pass."""
        return rules.beyond(self.billed_milli, self.read_milli, self.percent)


def against(source: "reckoning.Source", month: str, kind: str, meter_id: int | None) -> Held:
    """What was billed for a month and kind (or one meter) against what its outermost meters (or that one) showed."""
    sheet = reckoning.of_month(source, month)
    rows = [row for row in store.bills(source.db, month, month) if row["kind"] == kind and row["meter_id"] == meter_id]
    if meter_id is None:
        total = sheet.total(kind)
        read = None if total.unread else total.use_milli
        cost = total.cost_fen if read is not None else None
    else:
        line = sheet.line(meter_id)
        read, cost = (line.use_milli, line.cost_fen) if line is not None else (None, None)
    percent = int(school.policy(source, "energy.bill_gap_percent", sheet.until))
    billed = sum(row["quantity_milli"] for row in rows), sum(row["amount_fen"] for row in rows)
    return Held(*billed, read, cost, percent)


def price_text(price_micro: int) -> str:
    """A price in yuan: two decimals, and more where it has more."""
    whole, rest = divmod(price_micro, 1_000_000)
    decimals = f"{rest:06d}".rstrip("0")
    return f"{whole}.{decimals.ljust(2, '0')}"


def _open_month(e: Entry, day: date) -> date:
    if e.closed_until and day.isoformat()[:7] <= e.closed_until:
        raise Refused("front.month_closed", day=day, month=e.closed_until)
    return day


def _claim(e: Entry, number: str, kind: str, amount: int) -> int:
    row = money.claim(e.db, number)
    if row is None:
        raise NotFound("meter.no_claim", number=number)
    if row["state"] in ("rejected", "withdrawn"):
        raise Refused("meter.claim_dead", number=row["number"], state=Word.of("money.state", row["state"]))
    claimed = money.claimed(e.db, row, kind)
    if claimed != amount:
        e.warn("meter.claim_differs", number=row["number"], claimed=Fen(claimed), amount=Fen(amount))
    return int(row["id"])
