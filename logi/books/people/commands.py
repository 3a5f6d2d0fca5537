"""`logi staff …, survey …, opinion …`: the staff, and what those they serve think."""

import typer

from logi.books.people.certificate_commands import certificate
from logi.books.people.opinion_commands import opinion
from logi.books.people.survey_commands import survey
from logi.books.people.training_commands import training

staff = typer.Typer()
apps = {"staff": staff, "survey": survey, "opinion": opinion}
for name, act in training.items():
    staff.command(name, help=f"people.help.{name}")(act)
staff.add_typer(certificate, name="certificate", help="people.help.certificate")
