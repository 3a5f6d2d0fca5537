"""Shell completion: commands by their cards (no book imported), options, fixed values, and things by code, name or initials.

    logi --show-completion bash|zsh|fish|powershell    prints the script to put into the shell's start-up file
    logi --complete N WORD…                            what the scripts ask: candidates for word N, one a line
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from logi.core.errors import LogiError, Usage

if TYPE_CHECKING:
    from logi.context import Desk

SCRIPTS = {
    "bash": """_logi() {
  local IFS=$'\\n'
  COMPREPLY=($(logi --complete "$COMP_CWORD" "${COMP_WORDS[@]:1}" 2>/dev/null))
}
complete -o nosort -F _logi logi
""",
    "zsh": """#compdef logi
_logi() {
  local -a found
  found=("${(@f)$(logi --complete $((CURRENT - 1)) "${words[@]:1}" 2>/dev/null)}")
  compadd -U -- $found
}
compdef _logi logi
""",
    "fish": """function __logi
  set -l words (commandline -opc) (commandline -ct)
  logi --complete (math (count $words) - 1) $words[2..-1] 2>/dev/null
end
complete -c logi -f -a '(__logi)'
""",
    "powershell": """Register-ArgumentCompleter -Native -CommandName logi -ScriptBlock {
  param($word, $line, $at)
  $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($word -eq '') { $words += '' }
  logi --complete $words.Count @words 2>$null | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
""",
}

# What a parameter's name says about what it names: the table to look in.
THINGS = {
    "school_person": {
        "by", "keeper", "worker", "owner", "person", "inspector", "buyer", "appraiser", "leader", "who", "witness",
    },
    "school_place": {"place", "places", "parent", "room"},
    "school_vendor": {"vendor", "from_"},
    "school_department": {"to", "department"},
    "school_category": {"category"},
    "stock_item": {"item", "items", "items_", "lines"},
    "asset_card": {"asset", "assets", "codes", "code"},
    "patrol_route": {"route"},
}


def script(shell: str) -> str:
    """The completion script of a shell; unknown shells are refused (2)."""
    if shell not in SCRIPTS:
        raise Usage("front.no_such_shell", text=shell, known=list(SCRIPTS))
    return SCRIPTS[shell]


def candidates(desk: "Desk", at: int, words: Sequence[str]) -> list[str]:
    """What word number `at` (counted from 1) may be; an unreadable line has no candidates."""
    typed = words[at - 1] if 0 < at <= len(words) else ""
    before = [word for word in words[: at - 1] if word]
    try:
        return list(_found(desk, before, typed))
    except LogiError:
        return []


def _found(desk: "Desk", before: Sequence[str], typed: str) -> Iterable[str]:
    from logi.command_words import beginning_with
    from logi.typed import VALUED, fold_dashes, folded, hoist

    before, typed = [fold_dashes(word) for word in before], fold_dashes(typed)
    if before and before[-1][:1] == "-" and (shared := folded(before[-1])) in VALUED:
        return _fixed(str(shared), typed)
    command, used = _command(desk, hoist(before)[1])
    if isinstance(command, Reached):
        if typed and not typed.isascii():
            return beginning_with(typed, command.english)
        return [name for name in command.names if name.startswith(typed)]
    if typed.startswith("-"):
        return _options(command, typed)
    return _values(desk, _expected(command, used), typed)


def _options(command: Any, typed: str) -> list[str]:
    """The command's own options and the shared ones that begin as typed; Chinese words where Chinese is typed."""
    from logi.command_words import as_typed, traditional
    from logi.core.folding import fold, simplify
    from logi.option_words import words
    from logi.typed import LOOK_BACK, SPELLINGS

    own = [p for p in command.params if p.param_type_name == "option"]
    shared = [s for s in (*SPELLINGS, *(s for known in LOOK_BACK.values() for s in known)) if s.startswith("--")]
    if typed.isascii():
        names = [*(max(p.opts, key=len) for p in own), *(s for s in shared if s.isascii())]
        return [name for name in dict.fromkeys(names) if name.startswith(typed)]
    names = [*(f"--{word}" for p in own for word in words(str(p.name))), *(s for s in shared if not s.isascii())]
    fitting = [name for name in dict.fromkeys(names) if fold(name).startswith(fold(typed))]
    return list(dict.fromkeys(as_typed(typed, simplify(name), traditional(name)) for name in fitting))


class Reached:
    """A group that the words have reached: its path in English and the names that may come next."""

    __slots__ = ("english", "names")

    def __init__(self, english: str, names: Sequence[str]) -> None:
        self.english, self.names = english, names


def _command(desk: "Desk", words: Sequence[str]) -> tuple[Any, list[str]]:
    """The command the words have reached and the words after it, or the group that the next word stands in."""
    import typer

    from logi.front import Door, expand_shortcut

    group: Any = Door()
    left = expand_shortcut(list(words))
    ctx = typer.Context(group, info_name="logi", obj=desk)
    path = "logi"
    while left:
        ctx.info_name = path
        name = group.named(ctx, left[0])
        command = group.get_command(ctx, name)
        if command is None:
            return Reached("?", []), []
        path, left = f"{path} {name}", left[1:]
        if not hasattr(command, "list_commands"):
            return command, left
        group = command
    return Reached(" ".join(path.split()[1:]), group.list_commands(ctx)), []


def _expected(command: Any, used: Sequence[str]) -> Any:
    """The parameter whose value comes next."""
    from logi.option_words import option_named

    used = [option_named(command.params, one[2:]) or one if one[:2] == "--" and not one.isascii() else one for one in used]
    if used and used[-1].startswith("--"):
        for param in command.params:
            if used[-1] in param.opts and not param.is_flag:
                return param
    flags = {opt for p in command.params if p.param_type_name == "option" and p.is_flag for opt in p.opts}
    given, skip = 0, False
    for word in used:
        if skip:
            skip = False
        elif word.startswith("--"):
            skip = word not in flags and "=" not in word
        else:
            given += 1
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    if not arguments:
        return None
    return arguments[min(given, len(arguments) - 1)]


def _values(desk: "Desk", param: Any, typed: str) -> Iterable[str]:
    if param is None:
        return []
    titled = getattr(getattr(param.type, "func", None), "titled", None)
    if titled and typed and not typed.isascii():
        return _titles(titled[0], titled[1], typed)
    if param.metavar and "|" in param.metavar:
        return [key for key in param.metavar.split("|") if key.startswith(typed)]
    for table, names in THINGS.items():
        if param.name in names:
            return _things(desk, table, typed)
    return []


def _titles(prefix: str, keys: Sequence[str], typed: str) -> list[str]:
    """The titles of fixed values in either script that begin as typed."""
    from logi.core.messages import template

    titles = [template(f"{prefix}.{key}", language) for key in keys for language in ("zh-Hans", "zh-Hant")]
    return list(dict.fromkeys(title for title in titles if title.startswith(typed)))


def _things(desk: "Desk", table: str, typed: str) -> list[str]:
    from logi.finding import search, some

    rows = search(desk.ledger.db, table, typed) if typed else some(desk.ledger.db, table)
    by_name = typed and not typed.isascii()
    return [str(row["name"] if by_name else row["code"]) for row in rows] if len(rows) != 1 else [str(rows[0]["code"])]


def _fixed(name: str, typed: str) -> list[str]:
    from logi.core.messages import LANGUAGES
    from logi.formats import FORMATS

    known = {"format": FORMATS, "lang": LANGUAGES, "header": ("titles", "keys")}.get(name, ())
    return [one for one in known if one.startswith(typed)]
