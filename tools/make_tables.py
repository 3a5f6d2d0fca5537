"""Makes data/tables from OpenCC and pypinyin; run by hand after a change here, the results are committed.

t2s.txt       two lines of equal length: characters as they may be typed, and what they fold to
initials.txt  26 lines: a letter, then every character whose usual reading starts with it
readings.txt  words whose characters are not read the usual way, and their initials
"""

from pathlib import Path

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

TABLES = Path(__file__).resolve().parent.parent / "data" / "tables"
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))

# Variants that a converter of scripts leaves alone but a search must not tell apart. 剎 stays 刹 (a brake): 殺 for
# it in a text is a misprint, not a variant.
VARIANTS = {
    "爲": "为", "衆": "众", "牀": "床", "裏": "里", "裡": "里", "覈": "核", "臺": "台", "帳": "账", "賬": "账",
    "帐": "账", "箇": "个", "纔": "才", "著": "着", "覆": "复", "粧": "妆", "堿": "碱", "甎": "砖", "塼": "砖",
    "窻": "窗", "欵": "款", "氷": "冰", "簷": "檐", "銲": "焊", "鴈": "雁", "搾": "榨", "朶": "朵", "輭": "软",
    "皁": "皂", "癥": "症", "鏇": "旋", "鉋": "刨",
}  # fmt: skip
# Usual readings in a school's names, where the dictionary's first reading is another one.
READ = {"曾": "z", "晟": "s", "薄": "b", "厦": "x", "覃": "q", "仇": "q", "朴": "p", "查": "c", "盖": "g", "斗": "d"}
# Names' characters outside GB2312.
EXTRA = (
    "喆堃垚淼犇焱昇珺玥珅琛瑀瑄璟璇璐瑗瑾翊翀祎祺禛晞晗晔曦昶昊旻旸烜煊熠燚炘烨淏湉溪瀚灏沄泓漪"
    "滢潆潇彧彣婳嫣妤姝妍媛嬛芃芮茉菡萱蕊蘅薇琦"
)
WORDS = """
音乐 乐器 乐谱 乐团 鼓乐 会计 银行 行列 行业 排行 调拨 调查 调换 调动 调度 调离
抽调 校对 校准 校正 重复 重修 长条 长度 长期
长跑 延长 全长 加长 特长 单县 大夫 弹簧 弹性 弹力 扁担 参差 人参 便宜 传记
自传 盛饭 盛器 盛汤 种植 奔驰 朝阳 朝霞 给水 供给 补给 干活 铁棍 折断 薄荷 提防
石磨 臭氧 率领 效率 功率 降落伞 收藏 藏族 宝藏 区别 瓦工 水泊 湖泊 薄膜 厦门 大厦
广厦 宿舍 星宿 都市 首都 系鞋带 解放 曾经 压轧 轧钢 尾巴 折旧 扎带 包扎 称重 对称
数据 的士 目的 地板 土地 还款 归还 还书 还原 还有 空调 色子 掉色 粘贴 粘合 粘土
粘钩 秘鲁 堡垒 柏油 柏树 剥皮 剥线钳 炮制 泡沫 刨子 刨床 刨冰
"""
# Words that the dictionary does not know.
SAID = {
    "长桌": "cz", "长凳": "cd", "长椅": "cy", "长尾夹": "cwj", "长绳": "cs", "重装": "cz", "重铺": "cp", "重做": "cz",
}  # fmt: skip


def main() -> None:
    """Write the three tables and say how large they are."""
    TABLES.mkdir(parents=True, exist_ok=True)
    pairs = fold_pairs()
    _write("t2s.txt", ["".join(pairs), "".join(pairs.values())])
    letters = usual_letters(pairs)
    _write("initials.txt", [letter + "".join(letters[letter]) for letter in sorted(letters)])
    _write("readings.txt", unusual_words({sign: letter for letter, signs in letters.items() for sign in signs}))


def fold_pairs() -> dict[str, str]:
    """Every character of the basic plane that folds to another one there."""
    convert = OpenCC("t2s").convert
    pairs: dict[str, str] = {}
    for code in (code for block in HAN for code in block):
        sign = chr(code)
        simple = VARIANTS.get(sign) or convert(sign)
        simple = VARIANTS.get(simple, simple)
        if simple != sign and len(simple) == 1 and ord(simple) < 0x10000:
            pairs[sign] = simple
    # A chain (a folds to b, b folds to c) is cut short here, so that folding twice changes nothing.
    return {sign: pairs.get(simple, simple) for sign, simple in pairs.items()}


def usual_letters(pairs: dict[str, str]) -> dict[str, list[str]]:
    """Letter -> characters, for the characters that folding can leave behind."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    known = {row.decode("gb2312", "ignore") for row in rows} | set(pairs.values()) | set(EXTRA)
    letters: dict[str, list[str]] = {chr(code): [] for code in range(ord("a"), ord("z") + 1)}
    for sign in sorted(known - set(pairs) - {""}):
        said = READ.get(sign) or lazy_pinyin(sign, style=Style.FIRST_LETTER, errors="ignore")
        if said and said[0][0] in letters:
            letters[said[0][0]].append(sign)
    return letters


def unusual_words(letters: dict[str, str]) -> list[str]:
    """Lines "word initials" for the words whose letters differ from those of their characters."""
    lines = []
    for word in sorted({*WORDS.split(), *SAID}):
        said = SAID.get(word) or "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))
        if said != "".join(letters.get(sign, "") for sign in word):
            lines.append(f"{word} {said}")
    return lines


def _write(name: str, lines: list[str]) -> None:
    path = TABLES / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(name, path.stat().st_size)


if __name__ == "__main__":
    main()
