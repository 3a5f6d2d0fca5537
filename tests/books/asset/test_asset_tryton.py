"""Depreciation held against Tryton's asset module, asked live (extra `dev`: trytond-account-asset; see tryton_says.py).

Its conventions differ from the government's in three things, and each is dealt with here in the open:
- it shares a month that is begun in its middle by days; the government counts whole months, so it is told the first of them;
- it rounds half a fen to the even fen, logi (as the rules of the school have it) up: such rates are compared apart;
- it knows no changes of value from a month on: it is asked anew with what had been written down before.
"""

import json
import random
import subprocess
import sys
import warnings
from calendar import monthrange
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from logi.books.asset import rules

ASKER = Path(__file__).with_name("tryton_says.py")


def ask(questions):
    if find_spec("trytond") is None or find_spec("trytond.modules.account_asset") is None:
        warnings.warn("trytond-account-asset is not installed: depreciation was not checked against it", stacklevel=1)
        pytest.skip("trytond-account-asset is not installed (pip install -e '.[dev]')")
    said = subprocess.run([sys.executable, str(ASKER)], input=json.dumps(questions), capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return [[int(Decimal(text) * 100) for text in one] for one in json.loads(said.stdout)]


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def question(basis):
    """A basis in Tryton's words: from the first day of its month to the last of its last one."""
    last = basis.month + basis.life_months - basis.taken - 1
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return [yuan(basis.cost_fen), yuan(basis.accumulated_fen), date(basis.month // 12, basis.month % 12 + 1, 1).isoformat(), end.isoformat()]


def ours(basis):
    """What we have written down at the end of each month of a basis."""
    months = range(basis.month, basis.month + basis.life_months - basis.taken)
    return [rules.written(basis, date(at // 12, at % 12 + 1, 28)).accumulated_fen for at in months]


def cases():
    """The vector, the demo school's things, and three hundred others; a third of them go on from a change."""
    made = [rules.Basis(2025 * 12 + 8, 480000, 72), rules.Basis(2019 * 12 + 7, 156000, 60), rules.Basis(2025 * 12 + 2, 326000, 60)]
    dice = random.Random(2025)
    for n in range(300):
        month, life = dice.randrange(2010 * 12, 2030 * 12), dice.randrange(2, 121)
        cost = dice.randrange(1, 10 ** dice.randrange(3, 9))
        start = rules.Basis(month, cost, life)
        if n % 3 == 0:
            taken = dice.randrange(1, life)
            had = rules.written(start, date((month + taken - 1) // 12, (month + taken - 1) % 12 + 1, 28))
            worth = dice.randrange(had.accumulated_fen + 1, had.accumulated_fen + cost + 2)
            start = rules.Basis(month + taken, worth, life + dice.randrange(0, 60), taken, had.accumulated_fen)
        made.append(start)
    return made


@pytest.fixture(scope="module")
def said():
    """What Tryton answers to all questions of this page, asked once."""
    return ask([*(question(basis) for basis in cases()), ["4800.00", "0.00", "2025-09-18", "2031-09-17"]])


def test_every_month_is_what_tryton_writes_down(said):
    compared = ties = 0
    for basis, theirs in zip(cases(), said, strict=False):
        mine = ours(basis)
        theirs = theirs + [theirs[-1]] * (len(mine) - len(theirs))  # it stops once nothing is left
        assert mine[-1] == theirs[-1] == basis.cost_fen, basis
        rest, left = basis.cost_fen - basis.accumulated_fen, basis.life_months - basis.taken
        if 2 * rest % left == 0 and 2 * rest // left % 2:  # the month's share ends in half a fen
            ties += 1
            assert all(abs(a - b) <= n for n, (a, b) in enumerate(zip(mine, theirs, strict=True), 1)), basis
            continue
        assert mine == theirs, basis
        compared += len(mine)
    assert compared > 10_000
    assert ties < 20


def test_the_vector_of_the_rules_is_what_tryton_says(said):
    # 4,800.00 from 2025-09 over 72 months: 266.68 at 2025-12-31 (4 months), 2,000.10 when disposed of 2028-03-10 (30 months)
    theirs = said[0]
    assert (theirs[3], theirs[29], theirs[71]) == (26668, 200010, 480000)
    gone = rules.depreciation(480000, 72, date(2025, 9, 18), date(2028, 12, 31), gone_on=date(2028, 3, 10))
    assert (gone.accumulated_fen, gone.net_fen) == (theirs[29], 279990)


def test_a_month_begun_in_its_middle_is_where_the_conventions_part(said):
    # Tryton takes September from the 18th only: 13 of 30 days; the government's rule takes it whole.
    assert said[-1][0] == round(6667 * 13 / 30)
    assert rules.depreciation(480000, 72, date(2025, 9, 18), date(2025, 9, 30)).accumulated_fen == 6667
