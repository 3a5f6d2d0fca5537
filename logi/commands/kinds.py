"""The kinds of rows that come in and go out: their names and titles, their templates, the maps of headings."""

from collections.abc import Iterator
from typing import Any

from logi.command_words import kind_prefix
from logi.context import Desk
from logi.core.answers import Column, Confirmation, Table
from logi.core.errors import Usage
from logi.core.messages import say
from logi.importing.kinds import Kind
from logi.importing.running import Maker
from logi.journal import Entry
from logi.registry import cards, room

WHOLE = "journal"  # the kind that is no book's: everything
ALL = ("all", "全部")
CREATABLE = ("people", "places", "categories", "departments", "vendors", "items")


def kinds() -> Iterator[tuple[str, str]]:
    """The whole journal, then every kind with the book that takes it, in shelf order."""
    yield WHOLE, ""
    for card in cards().values():
        for name in card.imports:
            yield name, card.name


def kind_named(typed: str) -> Kind:
    """The kind of a name, in English or Chinese (2 if there is none)."""
    from logi.core.folding import fold

    known = dict(kinds())
    for name, book in known.items():
        if typed == name or fold(typed) in {fold(title) for title in kind_titles(name)}:
            if not book:
                from logi.takeover import KIND

                return KIND
            importing = room(book, "importing")
            assert importing is not None
            found: Kind = importing.KINDS[name]
            return found
    raise Usage("importing.no_kind", kind=typed or "—", known=list(known))


def kind_titles(name: str) -> frozenset[str]:
    """A kind's titles in every language."""
    from logi.core import messages

    key = f"{kind_prefix(name)}.{name}"
    return frozenset(messages.template(key, one) for one in messages.LANGUAGES) if messages.has(key) else frozenset()


def kinds_table() -> Table:
    """What may be imported: kinds and their columns."""
    columns = [
        Column("kind", say("importing.col.kind"), "code"), Column("title", say("importing.col.title")),
        Column("required", say("importing.col.required")), Column("optional", say("importing.col.optional")),
    ]  # fmt: skip
    rows = []
    for name, _ in kinds():
        kind = kind_named(name)
        rows.append({
            "kind": name, "title": kind_title(name),
            "required": " ".join(col.key for col in kind.columns if col.required),
            "optional": " ".join(col.key for col in kind.columns if not col.required),
        })  # fmt: skip
    return Table("import kinds", say("importing.kinds"), columns, rows)


def kind_title(name: str) -> str:
    """A kind's title in the language spoken now."""
    from logi.core.messages import title

    return title(kind_prefix(name), name)


def kinds_to_create(text: str | None) -> frozenset[str]:
    """What `--create` names: kinds whose unknown names are entered on the way."""
    from logi.core.folding import fold

    if not text:
        return frozenset()
    wanted = {part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()}
    named = {fold(title): name for name in CREATABLE for title in kind_titles(name)}
    found = {named.get(fold(one), one) for one in wanted}
    if unknown := sorted(found - set(CREATABLE)):
        raise Usage("importing.cannot_create", kinds=unknown, known=list(CREATABLE))
    return frozenset(found)


def makers(create: frozenset[str]) -> dict[str, Maker]:
    """What can make an unknown name of each kind (a book's importing.py: MAKERS)."""
    if not create:
        return {}
    found = offered("MAKERS", create)
    missing = create - found.keys()
    if missing:
        raise Usage("importing.cannot_create", kinds=sorted(missing), known=sorted(found))
    return found


def offered(name: str, wanted: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What the books' importing rooms offer for each other under a name (MAKERS, FINDERS); no more are asked when all that is
    `wanted` is there."""
    found: dict[str, Any] = {}
    for card in cards().values():
        if wanted and wanted <= found.keys():
            break
        if card.imports:
            found.update(getattr(room(card.name, "importing"), name, {}))
    return found


def maps_table(desk: Desk) -> Table:
    """The maps of headings that `--map @NAME` knows."""
    from logi.importing.maps import rows

    columns = [
        Column("name", say("importing.col.name"), "code"), Column("kind", say("importing.col.kind"), "code"),
        Column("from", say("importing.col.from"), "word", words="importing.map_from"),
        Column("maps", say("importing.col.maps")),
    ]  # fmt: skip
    return Table("import maps", say("importing.maps"), columns, rows(desk.ledger.settings))


def forget_map(desk: Desk, typed: str) -> None:
    """Take a saved map away; `undo` brings it back."""
    from logi.importing.maps import saved_name

    def act(e: Entry) -> Confirmation:
        from logi.journal import set_setting

        set_setting(e, saved_name(e.ledger.settings, typed), "")
        e.subject = typed
        return Confirmation("import.forget", facts={"name": "@" + typed.removeprefix("@")})

    desk.do("import.forget", act)


def template(desk: Desk, kind: Kind) -> None:
    """A file to fill in: headings in the reader's language, notes, drop-downs and one example row."""
    from logi.formats.writing import emit, spare_databases, write_file
    from logi.importing.templates import template_csv, template_xlsx

    if kind.name == WHOLE:
        raise Usage("importing.no_template", kind=kind.name)
    output = desk.output
    if output is None:
        emit(template_csv(kind).removeprefix("\ufeff"))
        return
    content = template_xlsx(kind, kind_title(kind.name)) if output.suffix.lower() == ".xlsx" else template_csv(kind).encode()
    spare_databases(output)

    def leave() -> None:
        write_file(output, content)
        desk.note(say("importing.template_made", file=str(output)))

    desk.when_it_stands(leave)
