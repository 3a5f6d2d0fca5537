"""GB18030 or Big5: told apart by how many characters are common ones in each standard."""

import re

# Two characters in UTF-8 side by side: in GB18030 and Big5 their bytes are hardly ever met.
_UTF8 = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){2}")

_LEAST = 0.6  # below this share of common characters neither is believed
# Full-width punctuation is common in both standards and says nothing.
_NEUTRAL = frozenset("，。、；：？！（）【】《》“”‘’—…·％￥　１２３４５６７８９０")


def guess(sample: bytes) -> str | None:
    """ "gb18030" or "big5hkscs", or None if the bytes look like neither."""
    shares = {encoding: _share(sample, encoding) for encoding in ("gb18030", "big5hkscs")}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _LEAST else None


def joined_line(block: bytes, encoding: str) -> int | None:
    """Where in a block of GB18030 or Big5 a line begins that is UTF-8 all through, and in the encoding a heap of rare signs."""
    for found in _UTF8.finditer(block):
        start = max(block.rfind(b"\n", 0, found.start()), block.rfind(b"\r", 0, found.start())) + 1
        ends = [at for at in (block.find(b"\n", found.end()), block.find(b"\r", found.end())) if at >= 0]
        line = block[start : min(ends, default=len(block))]
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if _share(line, encoding) < _LEAST:
            return start
    return None


def _share(sample: bytes, encoding: str) -> float:
    """The share of level-1 characters of the encoding's standard among those beyond ASCII; -1 if it cannot be decoded."""
    text = _decoded(sample, encoding)
    if text is None:
        return -1.0
    chars = [char for char in text if char > "\x7f" and char not in _NEUTRAL]
    if not chars:
        return 0.7 if encoding == "gb18030" else 0.65
    return sum(_common(char, encoding) for char in chars) / len(chars)


def _decoded(sample: bytes, encoding: str) -> str | None:
    for end in range(len(sample), max(len(sample) - 4, 0), -1):  # the sample may end inside a character
        try:
            return sample[:end].decode(encoding)
        except UnicodeDecodeError as error:
            if error.end < end - 4:
                return None
    return None


def _common(char: str, encoding: str) -> bool:
    """Whether a character is of the first, common level: GB 2312 rows 16-55, Big5 A440-C67E."""
    standard, first, last = ("gb2312", 0xB0, 0xD7) if encoding == "gb18030" else ("big5", 0xA4, 0xC6)
    try:
        lead = char.encode(standard)[0]
    except UnicodeEncodeError:
        return False
    return first <= lead <= last
