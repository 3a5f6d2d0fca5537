"""A power cut, played: from what a logi did to its files, the states a disk may be found in afterwards.

The disk keeps what was synced. What was written to a file since its last sync may be lost, kept, torn at 512-byte sectors, or there
without what was written before it; a name made, changed or taken away counts only once its folder was synced. The power may fail after
any change, and after the answer was given.
"""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
WAYS = ("nothing", "all", "in order", "any", "any")


class Record(NamedTuple):
    """One change as the preloaded library wrote it down."""

    kind: str
    at: int
    path: str
    content: bytes


def records(log: Path) -> Iterator[Record]:
    """The changes of a log, in order."""
    whole, at = log.read_bytes(), 0
    while at < len(whole):
        end = whole.index(b"\n", at)
        kind, offset, size, path = whole[at:end].decode().split(" ", 3)
        at = end + 1 + int(size)
        yield Record(kind, int(offset), path, whole[end + 1 : at])


Written = tuple[str, int, bytes]  # "w" or "t", where, what
Named = tuple[str, str, int]  # "add" or "drop", a path, an inode


class Disk:
    """What lies on the disk for certain, and what is still on its way there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inodes = 0
        self.contents: dict[int, bytes | None] = {}  # None: a folder
        self.sure: dict[str, int] = {}
        self.now: dict[str, int] = {}
        self.writes: dict[int, list[Written]] = {}
        self.names: list[Named] = []
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                path = Path(place, name)
                self._make(str(path), None if path.is_dir() else path.read_bytes())
        self.sure = dict(self.now)
        self.names.clear()

    def _make(self, path: str, content: bytes | None) -> None:
        self.inodes += 1
        self.contents[self.inodes] = content
        self.now[path] = self.inodes
        self.names.append(("add", path, self.inodes))

    def happens(self, one: Record) -> None:
        """Take one change in."""
        inode = self.now.get(one.path)
        if one.kind in "cd":
            self._make(one.path, b"" if one.kind == "c" else None)
        elif inode is None:
            if one.kind == "s" and one.path == str(self.folder):
                self._sync_folder(one.path)
        elif one.kind in "wt":
            self.writes.setdefault(inode, []).append((one.kind, one.at, one.content))
        elif one.kind == "u":
            del self.now[one.path]
            self.names.append(("drop", one.path, inode))
        elif one.kind in "rl":
            new = one.content.decode()
            self.now[new] = inode
            self.names.append(("add", new, inode))
            if one.kind == "r":
                del self.now[one.path]
                self.names.append(("drop", one.path, inode))
        elif self.contents[inode] is None:
            self._sync_folder(one.path)
        else:
            self.contents[inode] = applied(self.contents[inode] or b"", self.writes.pop(inode, []))

    def _sync_folder(self, folder: str) -> None:
        mine = [one for one in self.names if os.path.dirname(one[1]) == folder]
        rename(self.sure, mine)
        self.names = [one for one in self.names if one not in mine]

    def cut(self, way: str, chance: random.Random) -> dict[str, bytes | None]:
        """The files as found after the power came back: `nothing` of what was on its way, `all`, a beginning, or anything of it."""
        found = dict(self.sure)
        if way == "all":
            rename(found, self.names)
        elif way != "nothing":  # the file system keeps the order of names
            rename(found, self.names[: chance.randint(0, len(self.names))])
        state: dict[str, bytes | None] = {}
        for path, inode in found.items():
            if self._reachable(path, found):
                state[path] = self._content(inode, way, chance)
        return state

    def _reachable(self, path: str, found: dict[str, int]) -> bool:
        parent = os.path.dirname(path)
        return parent == str(self.folder) or (parent in found and self._reachable(parent, found))

    def _content(self, inode: int, way: str, chance: random.Random) -> bytes | None:
        content, writes = self.contents[inode], self.writes.get(inode, [])
        if content is None or way == "nothing":
            return content
        if way == "in order":
            writes = writes[: chance.randint(0, len(writes))]
        elif way == "any":
            writes = torn([one for one in writes if chance.random() < 0.6], chance)
        return applied(content, writes)


def rename(names: dict[str, int], changes: list[Named]) -> None:
    """Carry changes of names out."""
    for how, path, inode in changes:
        if how == "add":
            names[path] = inode
        elif names.get(path) == inode:
            del names[path]


def torn(writes: list[Written], chance: random.Random) -> list[Written]:
    """Some of the writes cut at a sector, and sometimes in another order."""
    found: list[Written] = []
    for kind, at, content in writes:
        if kind == "w" and len(content) > SECTOR and chance.random() < 0.4:
            middle = SECTOR * chance.randint(1, (len(content) - 1) // SECTOR)
            found.append((kind, at, content[:middle]) if chance.random() < 0.5 else (kind, at + middle, content[middle:]))
        else:
            found.append((kind, at, content))
    if chance.random() < 0.5:
        chance.shuffle(found)
    return found


def applied(content: bytes, writes: list[Written]) -> bytes:
    """A file's bytes after writes and cuts."""
    made = bytearray(content)
    for kind, at, new in writes:
        if kind == "t":
            made[:] = made[:at] + bytes(max(at - len(made), 0))
            continue
        if len(made) < at:
            made += bytes(at - len(made))
        made[at : at + len(new)] = new
    return bytes(made)


def laid_out(state: dict[str, bytes | None], root: Path, target: Path) -> None:
    """The files of a state, below another folder."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path, content in sorted(state.items()):
        place = target / Path(path).relative_to(root)
        if content is None:
            place.mkdir(exist_ok=True)
        else:
            place.write_bytes(content)
            place.chmod(0o600)
