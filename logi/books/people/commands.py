"""`logi staff …`: training, certificates and assessment of the staff."""

import typer

from logi.books.people.certificate_commands import certificate
from logi.books.people.training_commands import training

staff = typer.Typer()
apps = {"staff": staff}
for name, act in training.items():
    staff.command(name, help=f"people.help.{name}")(act)
staff.add_typer(certificate, name="certificate", help="people.help.certificate")
