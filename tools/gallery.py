"""Remakes the three pictures of paper in README and docs from what the program prints of the demo school.

    python tools/gallery.py [--logi PATH]

Needs the extra `pdf` and pdftoppm (Debian: poppler-utils). Pages are grey where they have no colour, to stay small.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DAY = "2025-10-08"
# picture, the line that prints it, page, dots an inch, cropped to (width, height) of the page in dots
PICTURES = (
    ("pack", ["report", "month", "2025-09", "--only", "stock,repair", "--lang", "zh-Hans"], 1, 66, None),
    ("form", ["form", "disposal", "CZ-2025-0001", "--lang", "zh-Hant"], 1, 72, None),
    ("labels", ["asset", "label", "2025-0001-01..21", "--lang", "zh-Hans"], 1, 72, (595, 371)),
)
MOST = 300_000  # bytes of all three together


def main() -> None:
    """Print, draw, and look that all stay small."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--logi", type=Path, default=Path(sys.executable).with_name("logi"))
    parser.add_argument("--output", type=Path, default=ROOT / "docs")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        run(given.logi, folder, ["demo", str(folder)])
        for name, words, page, dots, crop in PICTURES:
            run(given.logi, folder, [*words, "-o", str(folder / f"{name}.pdf")])
            cut = ["-x", "0", "-y", "0", "-W", str(crop[0]), "-H", str(crop[1])] if crop else []
            grey = [] if name == "pack" else ["-gray"]
            subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", str(dots), "-f", str(page), "-l", str(page), *cut, *grey,
                            folder / f"{name}.pdf", given.output / name], check=True)  # fmt: skip
    sizes = {name: (given.output / f"{name}.png").stat().st_size for name, *_ in PICTURES}
    if sum(sizes.values()) > MOST:
        sys.exit(f"the pictures are too large: {sizes}")
    print(", ".join(f"docs/{name}.png {size // 1000} kB" for name, size in sizes.items()))


def run(logi: Path, folder: Path, words: list[str]) -> None:
    """The program, as a stranger would run it in the demo school."""
    env = {"PATH": os.environ.get("PATH", ""), "LOGI_TODAY": DAY, "LOGI_LEDGER": str(folder / "ledger.db")}
    subprocess.run([logi, *words], env=env, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
