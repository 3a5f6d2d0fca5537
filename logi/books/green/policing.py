"""What a policy of the green book may say: a task of the season has a known work and two days of the year."""

from datetime import date
from typing import Any

from logi.books.green import rules
from logi.core.errors import BadValue

TASKS = "green.tasks"


def check(name: str, value: Any) -> None:
    """Refuse (2) a task that could not be asked: BadValue names what is wrong with it."""
    for n, one in enumerate(value if name == TASKS else (), 1):
        lacking = [key for key in ("what", "from", "until") if key not in one]
        if lacking:
            raise BadValue("green.task_lacks", n=n, lacking=lacking)
        if one["what"] not in rules.ASKED_FOR:
            raise BadValue("green.task_work", n=n, text=str(one["what"])[:40], known=list(rules.ASKED_FOR))
        for key in ("from", "until"):
            if not _day(one[key]):
                raise BadValue("green.task_day", n=n, text=str(one[key])[:40])
        for key in ("times", "every_days"):
            if not 0 < one.get(key, 1) <= rules.MOST:
                raise BadValue("green.task_number", n=n, field=key, most=rules.MOST)


def _day(text: str) -> bool:
    try:
        return date.fromisoformat(f"2000-{text}").isoformat() == f"2000-{text}"
    except ValueError:
        return False
