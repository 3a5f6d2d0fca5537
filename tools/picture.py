"""Remakes docs/picture.svg, the README's picture, from what the installed program really prints.

    python tools/picture.py [--logi PATH] [--lines N] [--lang L]

It builds the demo school in a temporary folder, asks for its month and hands the first lines to Rich's SVG export.
Program, ledger, language and width are fixed, so the same version draws the same bytes.
"""

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "picture.svg"
TEXT = re.compile(r'(<text [^>]*textLength=")([0-9.]+)("[^>]*>)([^<]*)')
SHOWN = ["report", "month", "2025-09"]


def main() -> int:
    """Build the demo, take its output, draw it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--logi", default=str(Path(sys.executable).with_name("logi")), help="the program to show")
    parser.add_argument("--lines", type=int, default=40, help="how many lines of its output")
    parser.add_argument("--lang", default="zh-Hans", help="the language to show it in")
    parser.add_argument("--output", type=Path, default=PICTURE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run([given.logi, "demo", str(Path(folder, "demo"))], folder, given.lang)
        ledger = str(Path(folder, "demo", "ledger.db"))
        said = run([given.logi, "--ledger", ledger, *SHOWN, "-f", "text"], folder, given.lang)
    lines = said.splitlines()[: given.lines]
    svg = draw(["$ logi " + " ".join(SHOWN), "", *lines])
    given.output.write_text(svg, encoding="utf-8", newline="\n")
    print(f"{given.output}: {len(lines)} lines")
    return 0


def run(argv: list[str], home: str, lang: str) -> str:
    """What a command prints, run as a stranger would: nothing of this account's settings, the demo's own day."""
    env = {"PATH": os.defpath, "HOME": home, "LOGI_LANG": lang, "LOGI_NO_INPUT": "1"}
    done = subprocess.run(argv, env=env, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("utf-8")


def draw(lines: list[str]) -> str:
    """The lines as a terminal window in SVG, as wide as the widest of them."""
    texts = [_runs(line) for line in lines]
    console = Console(
        record=True,
        width=max(60, *(text.cell_len for text in texts)),
        file=io.StringIO(),
        force_terminal=True,
        legacy_windows=False,
    )
    for text in texts:
        console.print(text, no_wrap=True, overflow="ignore", crop=False)
    # The picture loads nothing from elsewhere. A fixed id, or Rich makes one from the content and every line changes.
    bare = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title="logi", unique_id="logi", code_format=bare)
    return TEXT.sub(_widened, svg)


def _runs(line: str) -> Text:
    """A line whose runs of wide characters are pieces of their own, so that each stands at its column."""
    text = Text()
    for run in re.findall(r"[\u2e80-\uffef]+|[^\u2e80-\uffef]+", line):
        text.append(run, Style(bold=False) if cell_len(run) > len(run) else Style())
    return text


def _widened(found: re.Match[str]) -> str:
    """Rich counts characters for a piece's length; wide ones take two columns."""
    shown = unescape(found[4])
    return f"{found[1]}{float(found[2]) * cell_len(shown) / max(len(shown), 1):g}{found[3]}{found[4]}"


if __name__ == "__main__":
    sys.exit(main())
