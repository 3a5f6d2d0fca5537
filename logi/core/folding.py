"""Folding of names, so that both scripts, both widths, both cases and pinyin initials find the same thing."""

from collections.abc import Iterable

# Punctuation that NFKC leaves apart though a typist means the same key.
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"),
    **dict.fromkeys("∕⁄⧸", "/"),
    **dict.fromkeys("‘’′‵", "'"),
    **dict.fromkeys("“”″", '"'),
    "∶": ":",
    "〜": "~",
}
# Middle dots stand inside names or not as the typist likes; the rest cannot be seen at all.
_DROPPED = "·・•‧∙⋅᛫\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"
_LONGEST_WORD = 4

_characters: dict[int, str | None] = {}
_letters: dict[str, str] = {}
_words: dict[str, str] = {}
_scripts: dict[int, str] = {}


def fold(text: str) -> str:
    """The form names are compared by: NFKC, simplified, lower case, one kind of dash, no spaces, no middle dots."""
    if text.isascii():
        return "".join(text.lower().split())
    from unicodedata import normalize

    plain = "".join(normalize("NFKC", text).split()).translate(_character_table())
    return normalize("NFKC", plain.casefold()).translate(_character_table())


def simplify(text: str) -> str:
    """Traditional characters as simplified ones, everything else as it stands (for labels, never for stored data)."""
    if text.isascii():
        return text
    if not _scripts:
        from logi.core.datafiles import data_path

        old, new = data_path("tables", "t2s.txt").read_text("utf-8").splitlines()
        _scripts.update(zip(map(ord, old), new, strict=True))
    return text.translate(_scripts)


def initials(text: str) -> str:
    """The pinyin initials of Han characters, with ASCII letters and digits kept: 粉筆 -> "fb", A4纸 -> "a4z"."""
    folded = fold(text)
    if folded.isascii():
        return "".join(filter(str.isalnum, folded))
    letters, found, at = _letter_table(), [], 0
    while at < len(folded):
        word = _word_at(folded, at)
        if word:
            found.append(_words[word])
            at += len(word)
            continue
        sign = folded[at]
        found.append(sign if sign.isascii() and sign.isalnum() else letters.get(sign, ""))
        at += 1
    return "".join(found)


def closest(text: str, candidates: Iterable[str]) -> list[str]:
    """Up to five candidates that nearly match, best first, compared by their folded forms."""
    from difflib import get_close_matches

    originals: dict[str, list[str]] = {}
    for candidate in candidates:
        originals.setdefault(fold(candidate), []).append(candidate)
    near = get_close_matches(fold(text), originals, n=5, cutoff=0.5)
    return [candidate for form in near for candidate in originals[form]][:5]


def _character_table() -> dict[int, str | None]:
    if not _characters:
        from logi.core.datafiles import data_path

        old, new = data_path("tables", "t2s.txt").read_text("utf-8").splitlines()
        table: dict[int, str | None] = {ord(a): b for a, b in zip(old, new, strict=True)}
        table.update({ord(a): b for a, b in _SIGNS.items()})
        table.update(dict.fromkeys(map(ord, _DROPPED)))
        _characters.update(table)
    return _characters


def _letter_table() -> dict[str, str]:
    if not _letters:
        from logi.core.datafiles import data_path

        for line in data_path("tables", "readings.txt").read_text("utf-8").splitlines():
            word, said = line.split()
            _words[word] = said
        for line in data_path("tables", "initials.txt").read_text("utf-8").splitlines():
            _letters.update(dict.fromkeys(line[1:], line[0]))
    return _letters


def _word_at(folded: str, at: int) -> str:
    """The longest word starting here whose characters are not read the usual way; "" if there is none."""
    for length in range(_LONGEST_WORD, 1, -1):
        if folded[at : at + length] in _words:
            return folded[at : at + length]
    return ""
