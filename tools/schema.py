"""Writes logi/schema.sha256: the fingerprint of a ledger's tables and guards, so that opening one need not build one.

    python tools/schema.py           write it
    python tools/schema.py --check   exit 1 if it is not in step
"""

import sys

from logi.connecting import FINGERPRINT, computed_fingerprint
from logi.registry import ledger_format


def main() -> int:
    """Write or check."""
    text = f"{ledger_format()} {computed_fingerprint()}\n"
    if "--check" in sys.argv[1:]:
        if FINGERPRINT.exists() and FINGERPRINT.read_text("ascii") == text:
            return 0
        print("logi/schema.sha256 is not in step: run `python tools/schema.py`", file=sys.stderr)
        return 1
    FINGERPRINT.write_text(text, "ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
