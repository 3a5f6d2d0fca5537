"""Instants as people read them: the ledger keeps UTC to the microsecond, a school reads its own clock to the second."""

from datetime import datetime, timedelta

SHANGHAI = "Asia/Shanghai"
_EIGHT = timedelta(hours=8)  # no summer time since 1991, so no zone file is needed for the usual school
_zone = SHANGHAI


def use(zone: str) -> None:
    """Read instants by this zone's clock from now on."""
    global _zone
    _zone = zone


def local(text: str) -> str:
    """`2026-11-23T05:08:35.173901Z` -> `2026-11-23 13:08:35` in Shanghai; what is no instant stays as it is."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    if at.tzinfo is None:
        return text
    if _zone == SHANGHAI:
        return (at.replace(tzinfo=None) - (at.utcoffset() or timedelta()) + _EIGHT).isoformat(" ", "seconds")
    from zoneinfo import ZoneInfo

    return at.astimezone(ZoneInfo(_zone)).replace(tzinfo=None).isoformat(" ", "seconds")
