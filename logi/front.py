"""Typer's classes as logi wears them: groups that import nothing until named, commands that say all that is missing
at once, Chinese words for options, and help and usage errors in the reader's language."""

import re
from collections.abc import Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info

from logi.core import messages
from logi.core.errors import BadValue, Usage
from logi.core.messages import say
from logi.option_words import label, option_named
from logi.options import sit_at
from logi.registry import FLOOR_COMMANDS, FLOOR_WORDS, book_of, cards
from logi.typed import LOOK_BACK

NUMBER = re.compile(r"-[0-9.０-９]")
_converted: dict[int, Any] = {}  # by the identity of a book's own command, which lives as long as the book
INTERRUPTED = 130
MOST_NEAR = 6
LOOKING = tuple(spelling for spellings in LOOK_BACK.values() for spelling in spellings)
# These look at files, or at no ledger at all.
NOT_BACK = frozenset({
    "init", "demo", "migrate", "backup", "restore", "doctor", "run", "shell", "import", "audit verify",
})  # fmt: skip
MARK = "\ufdd0"  # keeps `-2` from being taken for an option while the line is parsed


def dispatch(desk: Any, words: list[str]) -> int:
    """Find the command that the words name, run it at this desk, and return 0 or 7; refusals are raised."""
    sit_at(desk)
    done = Door().main(args=expand_shortcut(words), prog_name="logi", standalone_mode=False, obj=desk)
    if done == INTERRUPTED:  # Typer swallows Ctrl-C and hands back its code
        raise KeyboardInterrupt
    return int(desk.code)


class Line(TyperCommand):
    """One command: its line is parsed strictly, and everything missing is named (or asked for) at once."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        desk = ctx.obj
        if desk.shared.get("help"):
            from logi.help import command_help

            print(command_help(self, ctx))
            raise typer.Exit(0)
        desk.command, desk.command_ctx = self, ctx
        args = self._looking_back(ctx, args)
        parser = self.make_parser(ctx)
        try:
            opts, rest, _ = parser.parse_args(args=[_marked(self, word) for word in args])
        except typer.TyperException as error:
            raise translated(error, ctx.command_path) from None
        opts = {name: _unmarked(value) for name, value in opts.items()}
        rest = [_unmarked(word) for word in rest]
        params = self.get_params(ctx)
        self._fill_missing(ctx, params, opts)
        for param in params:
            self._read_param(ctx, param, opts, rest)
        if rest:
            raise Usage("front.extra_words", words=rest, command=ctx.command_path)
        ctx.args = []
        desk.line = [ctx.command_path, sorted((k, repr(v)) for k, v in ctx.params.items())]
        return []

    def _looking_back(self, ctx: Any, args: list[str]) -> list[str]:
        """Take --at DAY and --known ENTRY|DAY out of the line, where the command has no such option of its own."""
        own = {opt for param in self.params for opt in param.opts}
        if not any(word.startswith(LOOKING) for word in args):
            return args
        from logi.options import as_day, as_entry_or_day

        rest: list[str] = []
        words = iter(args)
        for word in words:
            spelling, equals, value = word.partition("=")
            name = next((name for name, spellings in LOOK_BACK.items() if spelling in spellings), None)
            if word == "--" or name is None or not own.isdisjoint(LOOK_BACK[name]):
                rest += [word, *words] if word == "--" else [word]
                continue
            if not equals and not (value := next(words, "")):
                raise Usage("front.option_needs_value", option=spelling)
            if " ".join(ctx.command_path.split()[1:]) in NOT_BACK:
                raise Usage("front.looks_back_only")
            try:
                setattr(ctx.obj, name, as_day(value) if name == "at" else as_entry_or_day(value))
            except BadValue as error:
                raise Usage("front.bad_value", option=spelling, problem=say(error.key, **error.facts)) from None
        return rest

    def _fill_missing(self, ctx: Any, params: list[Any], opts: dict[str, Any]) -> None:
        missing = [p for p in params if p.required and opts.get(p.name) in (None, (), [])]
        if not missing:
            return
        desk = ctx.obj
        if not desk.interactive:
            raise Usage("front.missing", missing=[label(p) for p in missing], command=ctx.command_path)
        from logi.asking import ask_missing

        ask_missing(desk, ctx, missing, opts)

    def _read_param(self, ctx: Any, param: Any, opts: Mapping[str, Any], rest: list[str]) -> None:
        try:
            param.handle_parse_result(ctx, opts, rest)
        except BadValue as error:
            raise Usage("front.bad_value", option=label(param), problem=say(error.key, **error.facts)) from None
        except typer.TyperException as error:
            raise translated(error, ctx.command_path) from None


class Lazy(TyperGroup):
    """A group made from a Typer app, whose commands are converted only when one is named."""

    def __init__(self, name: str, app: typer.Typer, help: str) -> None:
        super().__init__(name=name, help=help, add_help_option=False, no_args_is_help=False, rich_markup_mode=None)
        self._infos = {info.name: info for info in app.registered_commands}
        self._groups = {info.name: info for info in app.registered_groups}

    def list_commands(self, ctx: Any) -> list[str]:
        return [str(name) for name in (*self._infos, *self._groups)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in self._infos:
            return convert(self._infos[cmd_name])
        if cmd_name in self._groups:
            info = self._groups[cmd_name]
            return Lazy(cmd_name, info.typer_instance, str(info.help or ""))  # type: ignore[arg-type]
        return None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if ctx.obj.shared.get("help") and not args:
            from logi.help import group_help

            print(group_help(self, ctx))
            raise typer.Exit(0)
        if not args:
            raise Usage("front.missing_command", command=ctx.command_path, known=self._spoken_commands(ctx))
        if args[0].startswith("-"):
            raise Usage("front.no_such_option", option=args[0], command=ctx.command_path, near=[])
        ctx._protected_args, ctx.args = args[:1], args[1:]
        return list(ctx.args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = self.named(ctx, args[0])
        command = self.get_command(ctx, name)
        if command is None:
            near = self._near(ctx, args[0])
            raise Usage("front.no_such_command_near" if near else "front.no_such_command", name=args[0],
                        command=ctx.command_path, near=near)  # fmt: skip
        return name, command, args[1:]

    def _spoken_commands(self, ctx: Any) -> list[str]:
        """The commands here, with their Chinese words beside them in Chinese."""
        from logi.command_words import beside

        path = ctx.command_path.split()[1:]
        return [f"{name} {beside(' '.join([*path, name]))}".rstrip() for name in self.list_commands(ctx)]

    def _near(self, ctx: Any, typed: str) -> list[str]:
        """Commands that were perhaps meant; Chinese words where Chinese was typed."""
        from difflib import get_close_matches

        from logi.command_words import beginning_with, deeper

        path = " ".join(ctx.command_path.split()[1:])
        if typed.isascii():
            return [*deeper(typed, path), *get_close_matches(typed, self.list_commands(ctx), n=3)][:MOST_NEAR]
        from logi.core.folding import initials

        by_form = {_fold(word): word for word in beginning_with("", path)}
        alike = [form for form in by_form if initials(form) == initials(typed)]  # an input method's other choice: 如库
        near = dict.fromkeys([*alike, *get_close_matches(_fold(typed), by_form, n=3, cutoff=0.5)])
        return [*deeper(typed, path), *(by_form[form] for form in near)][:MOST_NEAR]

    def named(self, ctx: Any, typed: str) -> str:
        """The English name of a command typed in Chinese."""
        if typed in self._infos or typed in self._groups:
            return typed
        path = " ".join(ctx.command_path.split()[1:])
        return command_word(typed, within=path) or typed


class Door(Lazy):
    """The front door: knows every command by its card, imports a book only when it is named."""

    def __init__(self) -> None:
        super().__init__("logi", typer.Typer(), "")

    def list_commands(self, ctx: Any) -> list[str]:
        return [*(name for card in cards().values() for name in card.commands), *FLOOR_COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        app = app_of(cmd_name)
        if app is None:
            return None
        if len(app.registered_commands) == 1 and not app.registered_groups:
            info = app.registered_commands[0]
            if info.name == cmd_name:
                return convert(info)
        card = book_of(cmd_name)
        title = card.commands[cmd_name][messages.language()] if card else f"front.cmd.{cmd_name}"
        return Lazy(cmd_name, app, title)

    def named(self, ctx: Any, typed: str) -> str:
        return typed if typed in FLOOR_COMMANDS or book_of(typed) else command_word(typed) or typed


def app_of(command: str) -> typer.Typer | None:
    """The Typer app behind a top-level command; its book is imported here, and only here."""
    from importlib import import_module

    card = book_of(command)
    module = FLOOR_COMMANDS.get(command) or (f"logi.books.{card.name}.commands" if card else None)
    if module is None:
        return None
    apps: dict[str, typer.Typer] = import_module(module).apps
    return apps[command]


def convert(info: Any) -> Any:
    """A Typer command as a Line."""
    made = _converted.get(id(info))
    if made is None:
        info.cls = Line
        info.add_help_option = False
        made = _converted[id(info)] = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    return made


def expand_shortcut(words: list[str]) -> list[str]:
    """`rk …` and `入库 …` become `stock in …`: the shortcuts that books' cards give."""
    if not words or words[0].startswith("-"):
        return words
    typed = words[0]
    for fold_it in (False, True):
        name = _fold(typed) if fold_it else typed
        for card in cards().values():
            if name in card.shortcuts:
                return [*card.shortcuts[name].split(), *words[1:]]
        if typed.isascii():
            break
    return words


def command_word(typed: str, within: str = "") -> str | None:
    """The English command that a Chinese word or an abbreviation names, within a group's path ("stock") or at the door."""
    spellings = {typed} if typed.isascii() else {typed, _fold(typed)}
    tables = [FLOOR_WORDS, *(card.words for card in cards().values())]
    for table in tables:
        for path, words in table.items():
            head, _, name = path.rpartition(" ")
            if head == within and not spellings.isdisjoint(words):
                return name
    return None


def command_path(words: list[str]) -> str:
    """The English path of the command a line names, two words deep: "month close" for 月结 and yj alike."""
    first, *rest = [word for word in expand_shortcut(words) if not word.startswith("-")][:2] or [""]
    head = first if first in FLOOR_COMMANDS or book_of(first) else command_word(first) or first
    return " ".join([head, *(command_word(word, within=head) or word for word in rest)])


def translated(error: typer.TyperException, path: str) -> Usage:
    """Typer's own parsing errors as ours, in the reader's language."""
    kind = type(error).__name__
    option = str(getattr(error, "option_name", "") or "")
    if kind == "NoSuchOption":
        near = [p for p in (getattr(error, "possibilities", None) or []) if p.startswith("--")]
        key = "front.no_such_option_near" if near else "front.no_such_option"
        return Usage(key, option=option, command=path, near=near)
    if kind == "BadOptionUsage":
        takes_none = "does not take a value" in error.format_message()
        return Usage("front.option_takes_no_value" if takes_none else "front.option_needs_value", option=option)
    param = getattr(error, "param", None)
    if param is not None:
        return Usage("front.bad_value", option=label(param), problem=error.format_message())
    return Usage("front.bad_line", problem=error.format_message())


def _marked(command: Any, word: str) -> str:
    if NUMBER.match(word):
        return MARK + word
    if word.startswith("--") and not word.isascii():
        name, equals, value = word.partition("=")
        found = option_named(command.params, name[2:])
        if found:
            return found + equals + value
    return word


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return value.removeprefix(MARK)
    if isinstance(value, list | tuple):
        return type(value)(_unmarked(v) for v in value)
    return value


def _fold(text: str) -> str:
    from logi.core.folding import fold

    return fold(text)
