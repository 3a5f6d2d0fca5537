"""Makes data/fonts from Noto Sans SC: the characters a school writes, in both scripts; run by hand, the result is committed.

    python -m pip install fonttools pylopdf-fonts-zh-cn
    python tools/make_font.py [FONT.otf]

GB2312, the first level of Big5, the signs of both, ASCII, and whatever our own texts use. The subset bears a name of its
own, so that a PDF never takes a like-named font of the system for it.
"""

import importlib.util
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "data" / "fonts"
FAMILY, FILE, LICENCE = "Logi Sans SC", "LogiSansSC-Regular.otf", "OFL.txt"
MOST_BYTES = 3_000_000
# Signs of forms that no Chinese standard of old has.
SIGNS = "€£¥×÷±°²³·–—‘’“”…‰′″℃№①②③④⑤⑥⑦⑧⑨⑩→←↑↓√✓✗□■○●◎△▲☆★〔〕【】《》「」『』々〇〇▁▂▃▄▅▆▇█"
TEXTS = ("*.po", "*.toml", "*.txt", "*.py", "*.tsv", "*.md")


def main() -> None:
    """Write the subset and its licence; say how large it is and what the source lacks."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else packaged()
    wanted = characters()
    font = TTFont(source, lazy=True)
    lacking = sorted(c for c in wanted if ord(c) not in font.getBestCmap())
    options = subset.Options()
    options.layout_features = ["kern", "locl", "ccmp"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "DSIG"]
    maker = subset.Subsetter(options)
    maker.populate(text="".join(sorted(wanted)))
    maker.subset(font)
    rename(font)
    FONTS.mkdir(parents=True, exist_ok=True)
    font.save(FONTS / FILE)
    size = (FONTS / FILE).stat().st_size
    print(f"{FILE}: {len(wanted) - len(lacking)} characters, {size:,} bytes; the source lacks {''.join(lacking) or 'none'}")
    if size > MOST_BYTES:
        raise SystemExit(f"more than {MOST_BYTES:,} bytes")


def packaged() -> Path:
    """The font inside the package pylopdf-fonts-zh-cn."""
    found = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if found is None or found.origin is None:
        raise SystemExit("python -m pip install fonttools pylopdf-fonts-zh-cn")
    return Path(found.origin).parent / "NotoSansSC-Regular.otf"


def characters() -> set[str]:
    """What the subset must be able to print."""
    wanted = {chr(point) for point in range(0x20, 0x7F)} | {chr(point) for point in range(0xA1, 0x100)} | set(SIGNS)
    wanted |= rows("gb2312", range(0xA1, 0xF8))
    wanted |= {c for c in rows("big5", range(0xA1, 0xC7)) if not "\uf000" <= c <= "\uf8ff"}
    for folder in ("logi", "data", "docs", "tools"):
        for pattern in TEXTS:
            for path in (ROOT / folder).rglob(pattern):
                wanted |= {c for c in path.read_text("utf-8") if c.isprintable() and c > "\x7f" and ord(c) < 0x10000}
    table = (ROOT / "data" / "tables" / "t2s.txt").read_text("utf-8")
    return wanted - (set(table) - rows("gb2312", range(0xA1, 0xF8)) - rows("big5", range(0xA1, 0xC7)))


def rows(encoding: str, leads: range) -> set[str]:
    """Every character of a double-byte encoding's rows."""
    found = set()
    for lead in leads:
        for trail in range(0x40, 0xFF):
            try:
                found.add(bytes((lead, trail)).decode(encoding))
            except UnicodeDecodeError:
                continue
    return {c for c in found if len(c) == 1}


def rename(font: TTFont) -> None:
    """Our own family name; copyright, trademark and licence stay as they are."""
    plain = FAMILY.replace(" ", "")
    new = {1: FAMILY, 2: "Regular", 3: f"{plain}-Regular;subset of Noto Sans SC", 4: FAMILY, 6: f"{plain}-Regular",
           16: FAMILY, 17: "Regular"}  # fmt: skip
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in new and record.nameID < 256]
    for number, text in new.items():
        table.setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [f"{plain}-Regular"]
    top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = FAMILY


if __name__ == "__main__":
    main()
