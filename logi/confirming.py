"""What a command's confirmation is hung on: its entry, the sentence of its action, and its return when a key comes again."""

import json
from typing import TYPE_CHECKING

from logi.core.answers import Confirmation
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

MOST_SUBJECTS = 500  # numbers of one entry that `show` finds it by  # numbers of one entry that `show` finds it by


def finish(e: "Entry", done: Confirmation) -> None:
    """Hang an action's confirmation on its entry, and the entry's warnings on the confirmation."""
    done.entry = e.n
    done.says = done_key(done.action)
    done.warnings += [say(key, **facts) for key, facts in e.warnings]
    e.subject = e.subject or done.number
    others = [number for number in dict.fromkeys(done.numbers) if number != e.subject]
    for number in others[:MOST_SUBJECTS]:
        e.insert("entry_about", subject=number)
    e.answer = {
        "action": done.action, "number": done.number, "numbers": done.numbers, "facts": done.facts,
        "warnings": done.warnings,
    }  # fmt: skip


def done_key(action: str) -> str:
    """The sentence of an action: stock.out -> stock.out.done, person.add -> school.person.add.done, undo -> front.done.undo."""
    from logi.registry import book_of, cards

    group = action.partition(".")[0]
    if group == "import":
        return "importing.forgotten" if action == "import.forget" else "importing.done"
    if group in cards():
        return f"{action}.done"
    card = book_of(group)
    return f"{card.name}.{action}.done" if card else f"front.done.{action}"


def confirmation_of(ledger: "Ledger", seq: int) -> Confirmation:
    """The confirmation an entry was answered with."""
    from logi import journal

    row = journal.find_entry(ledger.db, seq)
    assert row is not None
    said = journal.decode(json.loads(row["answer"]))
    done = Confirmation(
        said.get("action", row["action"]), said.get("number"), numbers=said.get("numbers", []),
        facts=said.get("facts"), warnings=said.get("warnings", []), entry=seq,
    )  # fmt: skip
    done.repeated = True
    done.says = done_key(done.action)
    done.undone = journal.undone_by(ledger.db, seq) is not None
    return done
