"""Help in the reader's language: usage, what the command does, its arguments, its options, the shared ones."""

from typing import Any

from logi.core import messages
from logi.core.messages import say
from logi.core.text import width
from logi.option_words import chinese, words
from logi.registry import FLOOR_COMMANDS, cards

SHARED = ("-f/--format", "-o/--output", "--ledger", "--as", "--lang", "--key", "--dry-run", "--override", "--exact",
          "--sort", "--limit", "--columns", "--at", "--known", "--wait", "--quiet", "--no-input")  # fmt: skip


def root_help() -> str:
    """`logi --help`: every book's commands by their cards, then the floor's; imports no book."""
    language = messages.language()
    lines = [f"{say('front.usage')} logi {say('front.usage_root')}", "", say("front.about"), ""]
    for card in cards().values():
        lines.append(card.title[language])
        lines += _columns([(name, titles[language]) for name, titles in card.commands.items()])
        lines.append("")
    lines.append(say("front.floor_title"))
    lines += _columns([(name, say(f"front.cmd.{name}")) for name in FLOOR_COMMANDS])
    lines += ["", say("front.shared_options"), *_wrapped(SHARED), "", say("front.help_more")]
    return "\n".join(lines)


def group_help(group: Any, ctx: Any) -> str:
    """`logi stock --help`: the group's commands with one sentence each."""
    rows = []
    for name in group.list_commands(ctx):
        info = group._infos.get(name) or group._groups[name]
        rows.append((name, spoken(str(info.help or ""))))
    lines = [f"{say('front.usage')} {ctx.command_path} {say('front.usage_group')}", ""]
    title = spoken(group.help or "")
    if title:
        lines += [title, ""]
    return "\n".join([*lines, say("front.commands_title"), *_columns(rows), "", say("front.help_more")])


def command_help(command: Any, ctx: Any) -> str:
    """`logi stock out --help`."""
    arguments = [p for p in command.params if p.param_type_name == "argument" and not p.hidden]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join(_usage(p) for p in arguments)
    needed = " ".join(f"{_longest(p)} {_metavar(p)}" for p in options if p.required)
    pieces = [ctx.command_path, usage, needed, say("front.usage_options")]
    lines = [f"{say('front.usage')} {' '.join(piece for piece in pieces if piece)}", "", spoken(command.help or "")]
    if arguments:
        lines += ["", say("front.arguments_title"), *_columns([(_metavar(p), _told(p)) for p in arguments])]
    if options:
        rows = [(_spelled(p), _told(p)) for p in options]
        lines += ["", say("front.options_title"), *_columns(rows)]
    return "\n".join([*lines, "", say("front.shared_options"), *_wrapped(SHARED)])


def spoken(help_key: str) -> str:
    """The sentence behind a help key; text that is no key stays as it is."""
    return say(help_key) if "." in help_key and " " not in help_key and messages.has(help_key) else help_key


def _told(param: Any) -> str:
    text = spoken(param.help or "")
    name = str(param.name)
    if words(name) and messages.language() != "en" and param.param_type_name == "option":
        text = f"[{chinese(name)}] {text}"
    return f"{text} {say('front.required')}" if param.required else text


def _usage(param: Any) -> str:
    name = _metavar(param)
    if param.nargs != 1 and not name.endswith("…"):
        name += "…"
    return name if param.required else f"[{name}]"


def _spelled(param: Any) -> str:
    return f"{', '.join(sorted(param.opts, key=len))} {'' if param.is_flag else _metavar(param)}".rstrip()


def _metavar(param: Any) -> str:
    return str(param.metavar or str(param.name).rstrip("_").upper())


def _longest(param: Any) -> str:
    return max((str(o) for o in param.opts), key=len)


def _columns(rows: list[tuple[str, str]]) -> list[str]:
    left = min(max((width(name) for name, _ in rows), default=0), 30)
    return [f"  {name}{' ' * max(left - width(name), 0)}  {text}".rstrip() for name, text in rows]


def _wrapped(names: tuple[str, ...]) -> list[str]:
    lines, line = [], " "
    for name in names:
        if len(line) + len(name) > 76:
            lines.append(line)
            line = " "
        line += f" {name}"
    return [*lines, line]
