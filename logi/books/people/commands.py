"""`logi staff …, survey …, opinion …`: the staff, and what those they serve think."""

import typer

from logi.books.people.assess_commands import assess, scheme
from logi.books.people.certificate_commands import certificate
from logi.books.people.conduct_commands import people
from logi.books.people.opinion_commands import opinion
from logi.books.people.organ_commands import function, pilot
from logi.books.people.survey_commands import survey
from logi.books.people.training_commands import training

staff = typer.Typer()
apps = {"staff": staff, "survey": survey, "opinion": opinion}
for name, act in {**training, **people}.items():
    staff.command(name, help=f"people.help.{name}")(act)
staff.add_typer(certificate, name="certificate", help="people.help.certificate")
staff.add_typer(scheme, name="scheme", help="people.help.scheme")
staff.add_typer(assess, name="assess", help="people.help.assess")
staff.add_typer(function, name="function", help="people.help.function")
staff.add_typer(pilot, name="pilot", help="people.help.pilot")
