"""The verbs of the shop's goods: entered, priced, in with their papers, out (sold, destroyed, returned), looked through."""

from collections.abc import Sequence
from datetime import date, timedelta

from logi.books.shop import rules, school, store
from logi.books.shop.standing import certified
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

WHAT = "shop.what"


def add_goods(e: Entry, code: str, name: str, *, class_: str, unit: str, maker: str | None = None, address: str | None = None,
              shelf_life_days: int | None = None, price: int | None = None,
              starts: date | None = None) -> Confirmation:  # fmt: skip
    """Goods the shop sells, with who makes them, how long they keep and what they cost."""
    free_code(e.db, "shop_goods", code, what="goods")
    rowid = e.insert("shop_goods", code=code, **named(name), unit=unit, maker=maker, address=address,
                     shelf_life_days=shelf_life_days, **{"class": class_})  # fmt: skip
    if price is not None:
        e.insert("shop_price", goods_id=rowid, from_day=starts or e.today, price_fen=price)
    e.subject = code
    facts = {"name": name, "class": Word.of("shop.class", class_), "unit": unit, "maker": maker, "address": address,
             "shelf_life_days": shelf_life_days, "price": None if price is None else Fen(price)}  # fmt: skip
    return Confirmation("shop.goods.add", code, facts=facts)


def edit_goods(e: Entry, text: str, *, name: str | None = None, maker: str | None = None, address: str | None = None,
               shelf_life_days: int | None = None, stop: date | None = None) -> Confirmation:  # fmt: skip
    """Change what is said of goods, or stop selling them; what lies on the shelf stays to be got rid of."""
    row = store.goods(e, text)
    changes = {"maker": maker, "address": address, "shelf_life_days": shelf_life_days, "stopped_on": stop,
               **(named(name) if name else {})}  # fmt: skip
    changes = {key: value for key, value in changes.items() if value is not None}
    if not changes:
        raise Usage("shop.nothing_to_change", name=row["name"])
    e.update("shop_goods", row["id"], **changes)
    left = sum(lot.left for lot in store.lots(e.db, row["id"]))
    if stop is not None and left:
        e.warn("shop.stopped_with_rest", name=row["name"], left=Milli(left), unit=row["unit"])
    e.subject = row["code"]
    after = store.goods_of(e.db, row["id"])
    facts = {"name": after["name"], "maker": after["maker"], "address": after["address"],
             "shelf_life_days": after["shelf_life_days"], "stopped": stop}  # fmt: skip
    return Confirmation("shop.goods.edit", row["code"], facts=facts)


def set_price(e: Entry, text: str, price: int, *, starts: date | None = None, reason: str | None = None) -> Confirmation:
    """What goods cost from a day on; a higher price needs a reason (the prices are not raised at will)."""
    row, day = store.goods(e, text), starts or e.today
    there = [one for one in store.prices(e.db, row["id"]) if one["from_day"] == day.isoformat()]
    if there:
        raise Refused("shop.price_there", name=row["name"], day=day, price=Fen(there[0]["price_fen"]))
    if e.closed_until and day.isoformat()[:7] <= e.closed_until:
        raise Refused("front.month_closed", day=day, month=e.closed_until)
    before = store.price_on(e.db, row["id"], day)
    if before is not None and price > before["price_fen"] and reason is None:
        raise Usage("shop.dearer_why", name=row["name"], before=Fen(before["price_fen"]), price=Fen(price))
    e.insert("shop_price", goods_id=row["id"], from_day=day, price_fen=price, reason=reason)
    e.subject = row["code"]
    facts = {"name": row["name"], "unit": row["unit"], "price": Fen(price), "since": day, "reason": reason,
             "before": None if before is None else Fen(before["price_fen"])}  # fmt: skip
    return Confirmation("shop.price.set", row["code"], facts=facts)


def bring(e: Entry, text: str, quantity: int, *, price: int, vendor: str, by: Sequence[str], made: date | None = None,
          expires: date | None = None, maker: str | None = None, address: str | None = None, licence: str | None = None,
          certificate: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Goods come in (SP-year-running), looked at by two. Refused (4): food without maker, address or day (三無), food past its
    day, a supplier without a licence that holds, food without the certificate of its batch."""
    day, row = e.happened(on or e.today), store.goods(e, text)
    firm, food = school.vendor(e, vendor), row["class"] == "food"
    if row["stopped_on"] and row["stopped_on"] <= day.isoformat():
        raise Refused("shop.stopped", name=row["name"], day=date.fromisoformat(row["stopped_on"]))
    people = _people(e, by, day)
    maker, address = maker or row["maker"], address or row["address"]
    last = expires or (made + timedelta(days=row["shelf_life_days"]) if made and row["shelf_life_days"] else None)
    if food:
        _papers(e, row, maker, address, made, last, certificate)
    _days(row, made, last, day)
    paper = _licence(firm, licence, day) if food else licence or firm["licence_no"]
    number = e.number("SP", str(day.year), book="shop", kind="slip")
    value = rules.amount(quantity, price)
    e.insert("shop_move", on_day=day, number=number, line=1, goods_id=row["id"], what="in", lot=f"{number}-1",
             quantity_milli=quantity, price_fen=price, amount_fen=value, vendor_id=firm["id"], maker=maker, address=address,
             made_on=made, expires_on=last, licence=paper, certificate=certificate, by_id=people[0]["id"],
             second_id=people[1]["id"] if len(people) > 1 else None)  # fmt: skip
    _warn_of(e, row, last, day)
    facts = {"name": row["name"], "qty": Milli(quantity), "unit": row["unit"], "value": Fen(value), "vendor": firm["name"],
             "maker": maker, "made": made, "expires": last, "by": [one["name"] for one in people], "on": day}  # fmt: skip
    e.subject = number
    return Confirmation("shop.in", number, facts=facts)


def leave(e: Entry, pairs: Sequence[tuple[str, int]], *, how: str, by: str, reason: str | None = None,
          witness: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Goods go out, the first to expire first: sold (never past their day), destroyed (before a witness), returned."""
    day, seller = e.happened(on or e.today), school.person(e, by)
    second = school.person(e, witness) if witness else None
    if how != "sold" and reason is None:
        raise Usage("shop.out_why", how=Word.of(WHAT, how))
    if how == "destroyed" and (second is None or second["id"] == seller["id"]):
        raise Refused("shop.no_witness")
    if how == "sold" and not certified(e.db, seller["id"], day):
        e.overridable(Refused("shop.seller_uncertified", person=seller["name"], code=seller["code"]), seller["code"])
    number = e.number("SP", str(day.year), book="shop", kind="slip")
    line, value, goods = 0, 0, []
    for text, quantity in pairs:
        row = store.goods(e, text)
        price = _price(e, row, day) if how == "sold" else None
        for lot, part in _give(e, row, quantity, how, day):
            line += 1
            amount = rules.amount(part, price) if price is not None else None
            value += amount or 0
            e.insert("shop_move", on_day=day, number=number, line=line, goods_id=row["id"], what=how, lot=lot.code,
                     quantity_milli=-part, price_fen=price, amount_fen=amount, by_id=seller["id"],
                     second_id=second["id"] if second else None, reason=reason)  # fmt: skip
        left = sum(lot.left for lot in store.lots(e.db, row["id"]))
        goods.append(f"{row['name']} {_plain(quantity)} {row['unit']} ({_plain(left)})")
    e.subject = number
    facts = {"how": Word.of(WHAT, how), "goods": goods, "value": Fen(value) if how == "sold" else None, "by": seller["name"],
             "witness": second["name"] if second else None, "reason": reason, "on": day}  # fmt: skip
    return Confirmation("shop.out", number, facts=facts)


def look(e: Entry, *, by: str, found: str | None = None, on: date | None = None) -> Confirmation:
    """Somebody looks through the shelf: what is past its day or near it by the ledger, and what else was found."""
    day, person = e.happened(on or e.today), school.person(e, by)
    notice = int(school.policy(e, "shop.expiry_days", day))
    there = [lot for lot in store.lots(e.db, until=day) if lot.left > 0]
    if not there:
        raise NotFound("shop.empty", day=day)
    states = {lot.code: rules.standing(lot.expires, day, notice) for lot in there}
    old = [lot for lot in there if states[lot.code] == "expired"]
    for lot in old:
        row = store.goods_of(e.db, lot.goods_id)
        e.warn("shop.on_shelf", name=row["name"], left=Milli(lot.left), unit=row["unit"], code=row["code"],
               day=date.fromisoformat(str(lot.expires)))  # fmt: skip
    soon = sum(state == "expiring" for state in states.values())
    e.insert("shop_look", on_day=day, by_id=person["id"], lots=len(there), expired=len(old), soon=soon, found=found)
    facts = {"on": day, "by": person["name"], "lots": len(there), "expired": len(old), "soon": soon, "found": found}
    return Confirmation("shop.look", facts=facts)


def _people(e: Entry, by: Sequence[str], day: date) -> list[store.Row]:
    people = list({row["id"]: row for row in (school.person(e, name) for name in by)}.values())
    least = int(school.policy(e, "food.inspectors_min", day))
    if len(people) < least or len(people) > 2:
        raise Refused("shop.two_look", least=least, count=len(people))
    return people


def _papers(e: Entry, row: store.Row, maker: str | None, address: str | None, made: date | None, last: date | None,
            certificate: str | None) -> None:  # fmt: skip
    """Food has a maker, an address and a day of making (三無), a last day, and the certificate of its batch."""
    lacks = [key for key, value in (("maker", maker), ("address", address), ("made", made)) if value is None]
    if lacks:
        raise Refused("shop.three_no", name=row["name"], lacks=[Word.of("shop.lack", key) for key in lacks])
    if last is None:
        raise Refused("shop.no_last_day", name=row["name"], code=row["code"])
    if certificate is None:
        raise Refused("shop.no_certificate", name=row["name"])


def _days(row: store.Row, made: date | None, last: date | None, day: date) -> None:
    if made is not None and made > day:
        raise Refused("shop.made_later", name=row["name"], made=made, day=day)
    if last is not None and last < day:
        raise Refused("shop.past_its_day", name=row["name"], last=last, day=day)
    if made is not None and last is not None and last < made:
        raise Refused("shop.lasts_backwards", name=row["name"], made=made, last=last)


def _licence(firm: store.Row, given: str | None, day: date) -> str:
    if given is not None:
        return given
    if firm["licence_no"] is None:
        raise Refused("shop.no_licence", vendor=firm["name"], code=firm["code"])
    if firm["licence_to"] and firm["licence_to"] < day.isoformat():
        raise Refused("shop.licence_over", vendor=firm["name"], code=firm["code"], day=date.fromisoformat(firm["licence_to"]))
    return str(firm["licence_no"])


def _warn_of(e: Entry, row: store.Row, last: date | None, day: date) -> None:
    if not school.policy(e, "shop.enabled", day):
        e.warn("shop.not_enabled")
    if last is not None and rules.standing(last.isoformat(), day, int(school.policy(e, "shop.expiry_days", day))) == "expiring":
        e.warn("shop.near_its_day", name=row["name"], last=last)
    if store.price_on(e.db, row["id"], day) is None:
        e.warn("shop.no_price", name=row["name"], code=row["code"])


def _price(e: Entry, row: store.Row, day: date) -> int:
    found = store.price_on(e.db, row["id"], day)
    if found is None:
        raise Refused("shop.no_price", name=row["name"], code=row["code"])
    return int(found["price_fen"])


def _give(e: Entry, row: store.Row, quantity: int, how: str, day: date) -> list[tuple[rules.Lot, int]]:
    """The lots that give it. Refused (4): more than is there on that day or later, or only what is past its day."""
    on, lots = day.isoformat(), store.lots(e.db, row["id"])
    good = [lot for lot in lots if how != "sold" or lot.expires is None or lot.expires >= on]
    given, short = rules.taken(good, on, quantity)
    if short:
        there = sum(part for _, part in given)
        if how == "sold" and sum(lot.free(on) for lot in lots) >= quantity:
            raise Refused("shop.only_expired", name=row["name"], there=Milli(there), unit=row["unit"], code=row["code"])
        raise Refused("shop.too_few", name=row["name"], there=Milli(there), unit=row["unit"], wanted=Milli(quantity), day=day)
    return given


def _plain(quantity: int) -> str:
    whole, part = divmod(quantity, 1000)
    return f"{whole}.{part:03d}".rstrip("0").rstrip(".") if part else str(whole)
