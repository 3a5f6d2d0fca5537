"""Paper by Typst: templates of ours, data as JSON, our own font first; a sign that no font has is named, never blank."""

import json
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from logi.core.datafiles import data_path, path_typed
from logi.core.errors import Unavailable, Usage
from logi.core.messages import language, say
from logi.core.text import show

_BORN = datetime(2025, 1, 1, tzinfo=UTC)  # fixed: a clock in the file would make two runs differ
FAMILY = "Logi Sans SC"
BREAK = "\u200b"  # where a word too long for its column may break
_LETTER = 0.21  # mm a point, of a wide Latin letter
_LATIN = r"[!-~\u00a1-\u024f]+"
# Where the bundled subset lacks a character and the system has a fuller font.
SYSTEM = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Serif CJK SC",
    "Songti SC", "SimSun", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip


def typeset(template: Path, data: Mapping[str, Any], *, form: str = "pdf", ppi: int = 300) -> Any:
    """The bytes of a PDF (or PNG: a list of pages' bytes, or bytes for one page) made from a template and its data.

    PDF/A refuses a character without a glyph: then the system's fonts are asked too, and at last the sign is named in a
    warning on stderr. Raises Unavailable (6) without the extra.
    """
    typst = _typst()
    named = _own_font()
    fonts = [str(data_path("fonts")), *([str(named)] if named else [])]
    inputs = {"data": json.dumps(data, ensure_ascii=False), "lang": _lang()}
    first = [*_families(typst, named), FAMILY]
    problem = ""
    for families, system, standards in (
        (first, False, ["a-2b"]), ([*first, *SYSTEM], True, ["a-2b"]), ([*first, *SYSTEM], True, []),
    ):  # fmt: skip
        wanted = {"pdf_standards": standards, "timestamp": _BORN, "pdf_tags": False} if form == "pdf" else {"ppi": ppi}
        try:
            made, _ = typst.compile_with_warnings(
                template.read_bytes(), font_paths=fonts, ignore_system_fonts=not system, format=form,
                sys_inputs={**inputs, "fonts": json.dumps(families)}, **wanted,
            )  # fmt: skip
        except typst.TypstError as error:
            if not standards or not (problem := _lacking(error)):
                raise
            continue
        if not standards and problem:
            print(show(say("formats.no_glyph", problem=problem)), file=sys.stderr)
        return made
    raise AssertionError("the last try is unguarded")


def breakable(text: str, millimetres: float, points: float) -> str:
    """A text whose Latin words may break anywhere if they are wider than their column; others are left as they are."""
    import re

    letters = max(1, int(millimetres / (points * _LETTER)))
    if len(text) <= letters or text.isspace():
        return text
    return re.sub(_LATIN, lambda word: word[0] if len(word[0]) <= letters else BREAK.join(word[0]), text)


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise Unavailable("formats.no_typst") from None
    return typst


def _own_font() -> Path | None:
    """LOGI_FONT: a font file, or a folder of fonts."""
    text = os.environ.get("LOGI_FONT")
    if not text:
        return None
    path = path_typed(text)
    if not path.exists():
        raise Usage("formats.no_font", path=text)
    return path if path.is_dir() else path.parent


def _families(typst: Any, folder: Path | None) -> list[str]:
    """The families of the named font: those of its file alone, or of all in its folder."""
    if folder is None:
        return []
    wanted = path_typed(os.environ["LOGI_FONT"])
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]).fonts()
    return sorted({
        one.family for one in found
        if wanted.is_dir() or (one.path and Path(one.path).resolve() == wanted.resolve())
    })  # fmt: skip


def _lacking(error: Exception) -> str:
    """The signs that Typst could not draw, as it names them; "" for any other trouble."""
    import re

    text = "\n".join([str(getattr(error, "message", "")), str(getattr(error, "diagnostic", "")), str(error)])
    signs: dict[str, None] = {}
    for found in re.findall(r'the text `?"(.+?)"`? could not', text):
        for sign in re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found):
            if sign != BREAK:
                signs[sign] = None
    return " ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs)


def _lang() -> str:
    return {"en": "en", "zh-Hant": "zh-Hant", "zh-Hans": "zh-Hans"}[language()]
