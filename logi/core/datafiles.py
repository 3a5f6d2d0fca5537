"""Where files are: the shipped data beside the program (policies, holidays, plans, tables), and paths as they are typed."""

from pathlib import Path

from logi.core.errors import BadValue
from logi.core.text import cut

PACKAGE = Path(__file__).resolve().parent.parent


def data_path(*parts: str) -> Path:
    """A file or folder of the shipped data: inside the installed package, else at the root of a checkout."""
    installed = PACKAGE / "data"
    base = installed if installed.is_dir() else PACKAGE.parent / "data"
    return base.joinpath(*parts)


def path_typed(text: str) -> Path:
    """A path as somebody typed it: `~` is their home; the home of a user nobody knows is a name like any other.

    Raises BadValue for what no system takes as a path.
    """
    if "\0" in text:
        raise BadValue("core.text_control", text=cut(text), char="U+0000", position=text.index("\0") + 1)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)
