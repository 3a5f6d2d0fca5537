"""Which facts of logi's own books a ledger of the catalogue is kept in: a book, or one of its tables (`safety.event`)."""

from logi.registry import cards, room


def fact_tables(text: str) -> list[tuple[str, str]]:
    """The tables of facts behind `stock` or `patrol.round`, each with the column of its day; none if there are none."""
    book, _, part = text.partition(".")
    schema = room(book, "schema") if book in cards() and book != "paper" else None
    tables = [(spec.name, spec.day) for spec in schema.TABLES if spec.kind == "fact" and spec.day] if schema else []
    return [(name, day) for name, day in tables if not part or name == f"{book}_{part.replace('-', '_')}"]


def known_sources() -> list[str]:
    """Every book with facts, and every part of one."""
    found = []
    for book in cards():
        parts = [name.partition("_")[2] for name, _ in fact_tables(book)]
        found += [book, *(f"{book}.{part}" for part in parts)] if parts else []
    return found
