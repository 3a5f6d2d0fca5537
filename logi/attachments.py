"""The folder of scans beside a ledger: each file under the hash of its bytes, so that the ledger tells it from any other."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from logi.placing import make_folder, make_private, partial_of, place, remove, sync

NAME = re.compile(r"([0-9a-f]{64})(\.[0-9a-z]{1,8})?")


def folder_of(ledger: Path) -> Path:
    """Where the scans of a ledger lie."""
    return Path(os.path.realpath(ledger)).parent / "attachments"


def keep(ledger: Path, content: bytes, named: Path) -> Path:
    """Put a file's bytes under their hash, whole and private; one that is there already stays. Raises OSError."""
    digest = hashlib.sha256(content).hexdigest()
    suffix = named.suffix.lower() if NAME.fullmatch(digest + named.suffix.lower()) else ""
    path = folder_of(ledger) / digest[:2] / f"{digest}{suffix}"
    if path.exists():
        return path
    make_folder(path.parent)
    partial = partial_of(path)
    try:
        make_private(partial)
        partial.write_bytes(content)
        sync(partial)
        place(partial, path)
    finally:
        remove(partial)
    return path


def altered(ledger: Path) -> Iterator[Path]:
    """The kept files whose bytes are no longer what their names say."""
    for path in sorted(folder_of(ledger).glob("*/*")):
        found = NAME.fullmatch(path.name)
        if found is None or not path.is_file():
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != found[1]:
                yield path
