"""Files that appear whole or not at all: made privately beside their target, synced, then given their name."""

import contextlib
import errno
import glob
import os
import signal
from pathlib import Path

NAMES = ("EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV")
NO_LINKS = frozenset(getattr(errno, name) for name in NAMES if hasattr(errno, name))


def hold_signals() -> None:
    """Hold Ctrl-C and TERM back until what is done now was said: nobody hears that nothing was saved when it was."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})


def partial_of(path: Path) -> Path:
    """The temporary name beside a file that is being made by this process."""
    return path.with_name(f".{path.name}.{os.getpid()}.partial")


def make_folder(folder: Path) -> None:
    """Make a private folder and those above it that are missing, and sync their names: a power cut must not lose them."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in reversed(made):
        with contextlib.suppress(PermissionError):
            sync(one.parent)


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read; refuses what is already there, links too."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600))


def place(partial: Path, path: Path) -> None:
    """Give a finished file its name; never over another one (FileExistsError). The folder is synced."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError as error:
        # FAT on a memory stick and some shares know no links; there the moment between look and rename must do.
        if error.errno not in NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.rename(partial, path)
    else:
        remove(partial)
    sync(path.parent)


def forget_partials(path: Path) -> bool:
    """Take away temporary names of a file whose making was cut off just after it was named; is one left?"""
    try:
        mine = path.stat()
        for other in path.parent.glob(f".{glob.escape(path.name)}.*.partial"):
            if os.path.samestat(mine, other.lstat()):
                other.unlink()
        return path.stat().st_nlink == 1
    except OSError:
        return False


def sync(path: Path) -> None:
    """Push a file or folder to the disk (folders only where the system knows how)."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Take away a file of ours if it is there."""
    with contextlib.suppress(OSError):
        path.unlink()
