"""Every book's page is played line by line on a fresh ledger: what it shows is what happens."""

import re
from pathlib import Path

import pytest

import logi as house
from logi.registry import cards

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def steps(page: str) -> list[tuple[str, str, int]]:
    """(line, what is said, exit code) of every `$ logi …` in the page's console blocks."""
    found: list[tuple[str, list[str], int]] = []
    for block in BLOCK.findall(page):
        for text in block.splitlines():
            if text.startswith("$ logi"):
                found.append((text[6:].strip(), [], 0))
            elif found and re.fullmatch(r"\[\d+\]", text):
                line, said, _ = found[-1]
                found[-1] = (line, said, int(text[1:-1]))
            elif found:
                found[-1][1].append(text.rstrip())
    return [(line, "\n".join(said).strip(), code) for line, said, code in found]


def fits(shown: str, said: str) -> bool:
    """A line of just `…` matches any text; everything else must be there to the letter."""
    pattern = ".*".join(re.escape(part.strip("\n")) for part in re.split(r"^…$", shown, flags=re.MULTILINE))
    return re.fullmatch(rf"\s*{pattern}\s*", said, re.DOTALL) is not None


HERE = Path(house.__file__).parent
PAGES = [*(HERE / "books" / book / "book.md" for book in cards()), HERE.parent / "docs" / "ledger.md",
         HERE.parent / "docs" / "import.md", HERE.parent / "docs" / "pack.md", HERE.parent / "docs" / "trust.md"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(HERE.parent)))
def test_a_page_tells_the_truth(path, logi, monkeypatch):
    monkeypatch.chdir(logi.folder)
    played = steps(path.read_text("utf-8"))
    assert played, "a book without an example teaches nothing"
    for line, shown, code in played:
        said = logi(line, code=None)
        text = "\n".join(one.rstrip() for one in (said.out + said.err).splitlines())
        assert said.code == code, f"$ logi {line}\nexit {said.code}, the page says {code}\n{text}"
        assert fits(shown, text), f"$ logi {line}\n--- the page shows\n{shown}\n--- it said\n{text}"
