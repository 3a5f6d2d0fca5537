"""The gate's part of the calendar of recurring duties: the handover, supervision and training of the guards."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.gate import school, store_guards
from logi.core.messages import say
from logi.core.routine import Routine

if TYPE_CHECKING:
    from logi.db import Ledger


def duties(ledger: "Ledger") -> list[Routine]:
    """What comes round for a school that has guards."""
    today = ledger.today
    guards = store_guards.guards(ledger.db, today)
    if not guards:
        return []
    last = store_guards.last_shift(ledger.db)
    handed = date.fromisoformat(last["on_day"]) if last is not None else None
    code = school.who(ledger.db, today, guards[0]["person_id"])
    following = today if handed != today else today + timedelta(days=1)
    found = [Routine("daily", "gate-handover", say("gate.routine.handover"), None, None, handed, following,
                     f"logi gate handover {code} --at INSTANT")]  # fmt: skip
    for kind, every, name, verb in (("supervision", "monthly", "gate.supervision_days", f"supervise {code}"),
                                    ("training", "termly", "gate.training_days", f"train TOPIC --who {code}")):  # fmt: skip
        days = store_guards.last_days(ledger.db, kind, today)
        least = min((days.get(row["person_id"], "") for row in guards), default="")
        done = date.fromisoformat(least) if least else None
        coming = max(today, done + timedelta(days=int(school.policy(ledger, name, today)))) if done else today
        found.append(Routine(every, f"gate-{kind}", say(f"gate.routine.{kind}"), None, None, done, coming,
                             f"logi gate {verb} --by PERSON"))  # fmt: skip
    return found
