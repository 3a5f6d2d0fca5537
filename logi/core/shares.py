"""Shares in tenths of a percent, as whole numbers."""


def permille(part: int, whole: int) -> int | None:
    """A share in tenths of a percent, rounded half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def permille_text(part: int, whole: int) -> str:
    """A share in percent with one decimal; nought of nothing."""
    tenths = permille(part, whole) or 0
    return f"{tenths // 10}.{tenths % 10}"
