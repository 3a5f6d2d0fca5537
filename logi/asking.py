"""Asking for what is missing, on a terminal and never elsewhere; afterwards the same is shown as one line."""

from typing import TYPE_CHECKING, Any

from logi.core.errors import BadValue
from logi.core.messages import say, title
from logi.core.text import quoted
from logi.option_words import label

if TYPE_CHECKING:
    from logi.context import Desk


def ask_missing(desk: "Desk", ctx: Any, missing: list[Any], opts: dict[str, Any]) -> None:
    """Ask for each missing parameter in turn: `?` explains, `<` goes back, `.` cancels, an empty line ends a list."""
    desk.note(say("front.asking"))
    at = 0
    while at < len(missing):
        param = missing[at]
        values: list[str] = []
        while True:
            typed = desk.ask(label(param))
            if typed == "?":
                desk.note(say(param.help) if param.help else label(param))
                continue
            if typed == "<":
                at = max(at - 1, 0) - 1
                break
            if not typed:
                if values:
                    break
                continue
            if (problem := _problem(ctx, param, typed)) is not None:
                desk.note(problem)
                continue
            values.append(typed)
            if param.nargs == 1 and not getattr(param, "multiple", False):
                break
        if values:
            single = param.nargs == 1 and not getattr(param, "multiple", False)
            opts[param.name] = values[0] if single else tuple(values)
        at += 1
    desk.note(say("front.same_line", line=_line(ctx, opts)))


def ask_for(desk: "Desk", ctx: Any, name: str, default: str | None = None) -> Any:
    """One value of a command, asked for until it is good: its choices are listed with their titles, `?` explains.

    Without a default an empty line answers nothing.
    """
    param = next(param for param in ctx.command.params if param.name == name)
    prefix, keys = getattr(getattr(param.type, "func", None), "titled", ("", ()))
    for key in keys:
        desk.note(f"  {key}  {title(prefix, key)}")
    while True:
        typed = desk.ask(label(param), default)
        if typed == "?":
            desk.note(say(param.help))
        elif (problem := _problem(ctx, param, typed)) is not None:
            desk.note(problem)
        else:
            return param.type.convert(typed, param, ctx)


def _problem(ctx: Any, param: Any, typed: str) -> str | None:
    try:
        param.type.convert(typed, param, ctx)
    except BadValue as error:
        return say(error.key, **error.facts)
    return None


def _line(ctx: Any, opts: dict[str, Any]) -> str:
    words = [ctx.command_path]
    for param in ctx.command.params:
        value = opts.get(param.name)
        if value in (None, (), []):
            continue
        values = [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
        flag = max(param.opts, key=len)
        for one in values:
            words += [flag, quoted(one)] if flag.startswith("-") else [quoted(one)]
    return " ".join(words)
