"""The front door: the line is folded, shared options come out, the book is found, every error becomes a sentence."""

import gc
import os
import signal
import sys

gc.disable()  # a command is one short breath; long ones (imports, packs) switch it on again


class Terminated(BaseException):
    """SIGTERM arrived before anything was saved. It stands here, as it may come before anything else is imported."""


def main(argv: list[str] | None = None) -> None:
    """The program. Exit codes are those of the contract."""
    done: int | None = None
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, _terminated)
        done = run(sys.argv[1:] if argv is None else argv)
        for one in (signal.SIGINT, signal.SIGTERM):  # all is said: there is nothing left to stop
            signal.signal(one, signal.SIG_IGN)
    except KeyboardInterrupt:  # before or after anything could be saved
        done = 130 if done is None else done
    except Terminated:
        done = 143 if done is None else done
    _leave(done)


def run(argv: list[str]) -> int:
    """One line from its words to its exit code; nothing escapes as a traceback."""
    from logi.core.errors import PipeGone
    from logi.front_errors import code_of, fault, interrupted

    os.umask(0o077)
    _streams_utf8()
    holder: dict[str, object] = {}
    try:
        return _line(argv, holder)
    except KeyboardInterrupt:
        return interrupted(130)
    except Terminated:
        return interrupted(143)
    except (PipeGone, BrokenPipeError):
        _hush()
        return 0
    except BaseException as error:
        code = code_of(error, holder)
        return fault(error, holder) if code is None else code
    finally:
        desk = holder.get("desk")
        if desk is not None:
            desk.close()  # type: ignore[attr-defined]
        _release_signals()


def _line(argv: list[str], holder: dict[str, object]) -> int:
    from logi.context import Desk
    from logi.core import messages
    from logi.surroundings import choose_language
    from logi.typed import fold_words, hoist

    holder["desk"] = Desk(_first_look(argv), os.environ)
    messages.use(_first_language())
    words = [_utf8(word) for word in argv]
    if words[:1] in (["--complete"], ["--show-completion"]):
        return _complete(words, holder)
    shared, rest = hoist(fold_words(words))
    desk = Desk(shared, os.environ)
    holder["desk"] = desk
    peeked = None
    if not (shared.get("lang") or os.environ.get("LOGI_LANG")):
        peeked = desk.ledger_language()
    messages.use(choose_language(shared, os.environ, peeked))
    if shared.get("version"):
        from logi.versions import print_versions

        print_versions(desk)
        return 0
    if rest and rest[0] in ("help", "帮助", "幫助"):
        desk.shared["help"], rest = True, rest[1:]
        from logi.help import ALL_OPTIONS, shared_help

        if rest and rest[0] in ALL_OPTIONS:
            print(shared_help())
            return 0
    if not rest:
        if desk.shared.get("help"):
            from logi.help import root_help

            print(root_help())
            return 0
        rest = ["today"]
    from logi.front import dispatch

    return dispatch(desk, rest)


def _complete(words: list[str], holder: dict[str, object]) -> int:
    """What the shells' completion scripts ask, and the scripts themselves."""
    from logi.completing import candidates, script
    from logi.context import Desk

    if words[0] == "--show-completion":
        print(script(words[1] if len(words) > 1 else "bash"), end="")
        return 0
    desk = holder["desk"] = Desk({"no_input": True}, os.environ)
    at = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    found = candidates(desk, at, words[2:])
    print("\n".join(found))
    return 0


def _first_look(argv: list[str]) -> dict[str, str | bool]:
    """Whether JSON is asked for, before the line is understood: so that its refusal is JSON too."""
    asked = any(word in ("-fjson", "-f=json", "--format=json") for word in argv)
    asked = asked or any(word == "json" and argv[at] in ("-f", "--format") for at, word in enumerate(argv[1:]))
    return {"format": "json"} if asked else {}


def _first_language() -> str:
    """The language for refusing a line that cannot be read."""
    from logi.core.errors import Usage
    from logi.surroundings import choose_language

    try:
        return choose_language({}, os.environ, None)
    except Usage:
        return choose_language({}, {**os.environ, "LOGI_LANG": ""}, None)


def _utf8(word: str) -> str:
    """A word as UTF-8, whatever the locale made of it."""
    from logi.core.errors import Usage

    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        raise Usage("front.not_utf8", text=ascii(word)) from None


def _release_signals() -> None:
    """Let signals in that were held since a COMMIT; what came meanwhile came too late to stop anything and is dropped."""
    if not hasattr(signal, "pthread_sigmask"):
        return
    held = {signal.SIGINT, signal.SIGTERM}
    if not signal.sigpending().isdisjoint(held):
        handlers = {one: signal.signal(one, signal.SIG_IGN) for one in held}
        signal.pthread_sigmask(signal.SIG_UNBLOCK, held)
        for one, handler in handlers.items():
            signal.signal(one, handler)
    else:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, held)


def _terminated(number: int, frame: object) -> None:
    raise Terminated


def _hush() -> None:
    """Point stdout at nothing, so that the interpreter's last flush finds no closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError:
        sys.stdout = None


def _leave(code: int) -> None:
    """Flush, and go without waiting for the interpreter to tidy up."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = code or 6
    os._exit(code)


def _streams_utf8() -> None:
    """Piped output is UTF-8 on every system; what cannot be shown is replaced, never a fault."""
    encoding = os.environ.get("LOGI_ENCODING")
    for stream in (sys.stdout, sys.stderr):
        if stream is None or not hasattr(stream, "reconfigure"):
            continue
        terminal = False
        try:
            terminal = stream.isatty()
        except ValueError:
            continue
        if encoding and _known(encoding):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
        elif not terminal:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        else:
            stream.reconfigure(errors="backslashreplace")


def _known(encoding: str) -> bool:
    import codecs

    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True
