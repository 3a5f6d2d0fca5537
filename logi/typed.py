"""What was typed, before it is parsed: the input method's dashes, curly quotes, and the options every command shares."""

from collections.abc import Sequence

from logi.core.errors import Usage

DASHES = "—–－―‒﹣"
CURLY = {"“": "”", "‘": "’", "「": "」"}

# Shared options: name -> spellings. Chinese spellings are simplified; typed traditional ones are folded to them.
VALUED = {
    "ledger": ("--ledger", "--账本"),
    "lang": ("--lang", "--语言"),
    "actor": ("--as", "--身份"),
    "wait": ("--wait", "--等待"),
    "format": ("--format", "-f", "--格式"),
    "output": ("--output", "-o", "--输出"),
    "key": ("--key", "--幂等键"),
    "override": ("--override", "--破例"),
    "header": ("--header", "--表头"),
    "sort": ("--sort", "--排序"),
    "limit": ("--limit", "--条数"),
    "columns": ("--columns", "--列"),
}
FLAGS = {
    "help": ("--help", "-h", "--帮助"),
    "quiet": ("--quiet", "-q", "--安静"),
    "no_input": ("--no-input", "--不询问"),
    "exact": ("--exact", "--精确"),
    "dry_run": ("--dry-run", "--试算"),
    "excel": ("--excel",),
    "version": ("--version", "-V", "--版本"),
}
# Options of an earlier state, taken out where the command has none of its own (front.py).
LOOK_BACK = {"at": ("--at", "--截至"), "known": ("--known", "--已知", "--已记录至", "--已記錄至")}
EXPORTS = ("export", "导出", "導出")  # after these --as is the command's own
SPELLINGS = {s: name for table in (VALUED, FLAGS) for name, spellings in table.items() for s in spellings}


def fold_dashes(word: str) -> str:
    """`——to`, `—to`, `–to`, `－－to` at a word's start become `--to`; numbers like `－2` become `-2`."""
    rest = word.lstrip(DASHES + "-")
    lead = len(word) - len(rest)
    if not rest or not lead or not any(c in DASHES for c in word[:lead]):
        return word
    if rest[0].isdigit():
        return "-" + rest if lead == 1 else word
    if lead == 1 and len(rest) == 1 and rest.isascii():
        return "-" + rest
    return "--" + rest


def fold_words(words: Sequence[str]) -> list[str]:
    """Every word with its dashes folded; a curly quote that is opened and not closed is refused (2)."""
    folded: list[str] = []
    for at, word in enumerate(words):
        if word == "--":
            return [*folded, *words[at:]]
        if word[:1] in CURLY and CURLY[word[0]] not in word:
            raise Usage("front.curly_quote", text=word)
        folded.append(fold_dashes(word))
    return folded


def hoist(words: Sequence[str]) -> tuple[dict[str, str | bool], list[str]]:
    """Take the shared options out of a line, wherever they stand (up to a bare `--`)."""
    shared: dict[str, str | bool] = {}
    rest: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word == "--":
            return shared, [*rest, "--", *words[at:]]
        joined = word.startswith("--") or word[:3] in ("-f=", "-o=")
        spelling, equals, value = word.partition("=") if joined else (word, "", "")
        name = SPELLINGS.get(spelling) if word.startswith("-") else None
        if name is None and word.startswith("--") and not spelling.isascii():
            name = folded(spelling)
        if name == "actor" and rest[:1] and rest[0] in EXPORTS:  # `export stock --as beancount` means another thing
            name = None
        if name is None:
            rest.append(word)
        elif name in FLAGS:
            if equals:
                raise Usage("front.option_takes_no_value", option=spelling)
            shared[name] = True
        else:
            if not equals:
                if at >= len(words):
                    raise Usage("front.option_needs_value", option=spelling)
                value = words[at]
                at += 1
            if not value.strip():
                raise Usage("front.option_needs_value", option=spelling)
            shared[name] = value
    return shared, rest


def folded(spelling: str) -> str | None:
    """The shared option that a spelling names, in either script."""
    if spelling in SPELLINGS:
        return SPELLINGS[spelling]
    from logi.core.folding import fold

    return SPELLINGS.get("--" + fold(spelling[2:]))
