"""Help in the reader's language: usage, what the command does, its arguments, its options, the shared ones."""

import sys
from typing import Any

from logi.command_words import beside, in_script, jumps, jumps_to, words_of
from logi.core import messages
from logi.core.messages import say
from logi.core.text import width
from logi.formats.agenda import folded
from logi.option_words import chinese, value_of, words
from logi.registry import FLOOR_COMMANDS, cards
from logi.typed import FLAGS, LOOK_BACK, VALUED

SHARED = ("format", "output", "ledger", "actor", "lang", "key", "dry_run", "override", "exact", "sort", "limit",
          "columns", "header", "excel", "at", "known", "wait", "quiet", "no_input")  # fmt: skip
Row = tuple[str, str, str]
ALL_OPTIONS = ("options", "选项", "選項")  # `logi help options`


def root_help() -> str:
    """`logi --help`: every book's commands by their cards, then the floor's; imports no book."""
    language = messages.language()
    lines = [f"{say('front.usage')} logi {say('front.usage_root')}", "", say("front.about"), ""]
    shelf = [
        (card.title[language], [(name, beside(name), titles[language]) for name, titles in card.commands.items()])
        for card in cards().values()
    ]
    shelf.append((say("front.floor_title"), [(name, beside(name), say(f"front.cmd.{name}")) for name in FLOOR_COMMANDS]))
    every = [row for _, rows in shelf for row in rows]
    for title, rows in shelf:
        lines += [title, *_columns(rows, every), ""]
    lines.pop()
    if language != "en":
        lines += ["", say("front.jumps_title"), *_columns([(", ".join(typed), "", f"logi {path}") for path, typed in jumps()])]
    return "\n".join([*lines, "", *_shared(), "", say("front.help_more")])


def shared_help() -> str:
    """`logi help options`: what the options of every command do."""
    rows = [(_shared_name(name), "", say(f"front.opt.shared.{name}")) for name in SHARED]
    return "\n".join([say("front.shared_options"), *_columns(rows)])


def group_help(group: Any, ctx: Any) -> str:
    """`logi stock --help`: the group's commands with one sentence each."""
    rows = []
    for name in group.list_commands(ctx):
        info = group._infos.get(name) or group._groups[name]
        path = " ".join([*ctx.command_path.split()[1:], name])
        rows.append((name, beside(path), spoken(str(info.help or ""))))
    lines = [f"{say('front.usage')} {ctx.command_path} {say('front.usage_group')}", ""]
    title = spoken(group.help or "")
    if title:
        lines += [title, *_also_typed(ctx), ""]
    return "\n".join([*lines, say("front.commands_title"), *_columns(rows), "", say("front.help_more")])


def command_help(command: Any, ctx: Any) -> str:
    """`logi stock out --help`."""
    arguments = [p for p in command.params if p.param_type_name == "argument" and not p.hidden]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join(_usage(p) for p in arguments)
    needed = " ".join(f"{_longest(p)} {_metavar(p)}" for p in options if p.required)
    pieces = [ctx.command_path, usage, needed, say("front.usage_options")]
    line, room = f"{say('front.usage')} {' '.join(filter(None, pieces))}", _room()
    lines = [*(folded(line, room) if room else [line]), "", spoken(command.help or ""), *_also_typed(ctx)]
    if arguments:
        lines += ["", say("front.arguments_title"), *_columns([(_metavar(p), "", _told(p)) for p in arguments])]
    if options:
        rows = [(_spelled(p), "", _told(p)) for p in options]
        lines += ["", say("front.options_title"), *_columns(rows)]
    return "\n".join([*lines, "", *_shared()])


def spoken(help_key: str) -> str:
    """The sentence behind a help key; text that is no key stays as it is."""
    return say(help_key) if "." in help_key and " " not in help_key and messages.has(help_key) else help_key


def _told(param: Any) -> str:
    text = spoken(param.help or "")
    return f"{text} {say('front.required')}" if param.required else text


def _also_typed(ctx: Any) -> list[str]:
    """The Chinese ways to type a command, in Chinese."""
    if messages.language() == "en":
        return []
    path = ctx.command_path.split()[1:]
    head = [next(iter(words_of(" ".join(path[: at + 1]))), path[at]) for at in range(len(path) - 1)]
    direct = jumps_to(" ".join(path))
    ways = [*direct, *(" ".join([*head, word]) for word in words_of(" ".join(path)) if word not in direct)]
    return [say("front.also_typed", ways=[f"logi {way}" for way in ways])] if ways else []


def _usage(param: Any) -> str:
    name = _metavar(param)
    if param.nargs != 1 and not name.endswith("…"):
        name += "…"
    return name if param.required else f"[{name}]"


def _spelled(param: Any) -> str:
    """An option as it may be typed: `--to, --部门 DEPARTMENT`."""
    names = sorted(param.opts, key=len)
    if words(str(param.name)) and messages.language() != "en":
        names.append(f"--{chinese(str(param.name))}")
    return f"{', '.join(names)} {'' if param.is_flag else _metavar(param)}".rstrip()


def _metavar(param: Any) -> str:
    """The name of a value; the brackets of what may be left out are drawn in the usage alone."""
    named = value_of(param)
    return named[1:-1] if named.startswith("[") and named.endswith("]") else named


def _longest(param: Any) -> str:
    return max((str(o) for o in param.opts), key=len)


def _columns(rows: list[Row], like: list[Row] | None = None) -> list[str]:
    """Names, the words beside them (if any have some), and what they mean, set as the rows `like` them would be.

    On a terminal nothing is wider than it: a long name stands on lines of its own, a long meaning goes on below itself.
    """
    like, room = like or rows, _room()
    left = min(max((width(name) for name, _, _ in like), default=0), 30)
    middle = min(max((width(word) for _, word, _ in like), default=0), 16)
    indent = left + 4 + (middle + 2 if middle else 0)
    lines = []
    for name, word, text in rows:
        beside_it = f"{word}{' ' * max(middle - width(word), 0)}  " if middle else ""
        line = f"  {name}{' ' * max(left - width(name), 0)}  {beside_it}{text}".rstrip()
        if room is None or width(line) <= room:
            lines.append(line)
            continue
        named, told = folded(name, room - 4), folded(text, max(room - indent, 20))
        if len(named) == 1 and width(name) <= left:
            told[0] = f"  {name}{' ' * (left - width(name))}  {beside_it}{told[0]}"
            lines += [told[0].rstrip(), *(" " * indent + part for part in told[1:])]
        else:
            lines += [f"  {named[0]}", *(f"    {part}" for part in named[1:]), *(" " * indent + part for part in told if part)]
    return lines


def _room() -> int | None:
    """The width of the terminal; None where help goes into a file or another program."""
    from logi.formats.writing import screen_width
    from logi.surroundings import is_terminal

    return screen_width() if is_terminal(sys.stdout) else None


def _shared() -> list[str]:
    """The options of every command, by their names alone."""
    lines, line = [say("front.shared_options")], " "
    for name in map(_shared_name, SHARED):
        if width(line) + width(name) > 76:
            lines.append(line)
            line = " "
        line += f" {name}"
    return [*lines, line, say("front.help_options")]


def _shared_name(name: str) -> str:
    """`-o/--output/--输出`: how a shared option may be typed in the language spoken."""
    spellings = VALUED.get(name) or FLAGS.get(name) or LOOK_BACK[name][:2]
    plain = sorted((one for one in spellings if one.isascii()), key=len)
    if messages.language() != "en":
        plain += [in_script(one) for one in spellings if not one.isascii()]
    return "/".join(plain)
