"""Where the shipped data live: policies, holidays, categories, plans and tables, beside the program."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def data_path(*parts: str) -> Path:
    """A file or folder of the shipped data: inside the installed package, else at the root of a checkout."""
    installed = PACKAGE / "data"
    base = installed if installed.is_dir() else PACKAGE.parent / "data"
    return base.joinpath(*parts)
