"""Long answers on a screen, page by page: through the pager the reader has, only where a person sits at both ends."""

import os
import shutil
import sys
from collections.abc import Mapping


def pager_for(text: str, env: Mapping[str, str]) -> list[str] | None:
    """The pager's words if a text is longer than the screen; LOGI_PAGER > PAGER > less, and `cat` or nothing for none."""
    if not (_terminal(sys.stdin) and _terminal(sys.stdout)) or env.get("TERM", "dumb") == "dumb":
        return None
    if _typed_ahead():  # lines pasted into a shell: the pager would take them for its own keys
        return None
    if text.count("\n") < shutil.get_terminal_size((80, 24)).lines:
        return None
    import shlex

    named = env.get("LOGI_PAGER", env.get("PAGER"))
    try:
        words = shlex.split(named) if named is not None else ["less"]
    except ValueError:  # a quote left open
        return None
    if not words or words[0] == "cat" or shutil.which(words[0]) is None:
        return None
    return words


def page(text: str, words: list[str], env: Mapping[str, str]) -> bool:
    """Hand a text to the pager and wait until it is closed; False if it could not be started."""
    import signal
    import subprocess

    given = {**env, "LESS": env.get("LESS", "FRX"), "LESSCHARSET": env.get("LESSCHARSET", "utf-8")}
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's
    try:
        subprocess.run(words, input=text.encode("utf-8", "replace"), env=given, check=False)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def to_screen(text: str) -> bool:
    """Whether a text was shown through a pager."""
    words = pager_for(text, os.environ)
    return words is not None and page(text, words, os.environ)


def _typed_ahead() -> bool:
    import select

    try:
        return bool(select.select([sys.stdin], [], [], 0)[0])
    except (OSError, ValueError):
        return False


def _terminal(stream: object) -> bool:
    try:
        return bool(stream is not None and stream.isatty())  # type: ignore[attr-defined]
    except (ValueError, OSError):
        return False
