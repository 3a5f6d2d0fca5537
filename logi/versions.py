"""`logi --version`: program, ledger format, contract."""

from typing import TYPE_CHECKING

from logi import __version__

if TYPE_CHECKING:
    from logi.context import Desk

CONTRACT = 1


def print_versions(desk: "Desk") -> None:
    """One line, or one JSON object under -f json."""
    from logi.formats.writing import emit
    from logi.registry import ledger_format

    if "json" in desk.formats or "jsonl" in desk.formats:
        import json

        facts = {"kind": "version", "program": __version__, "ledger_format": ledger_format(), "contract": CONTRACT}
        emit(json.dumps(facts))
        return
    emit(f"logi {__version__} (ledger format {ledger_format()}, contract {CONTRACT})")
