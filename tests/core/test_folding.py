"""Folding: what a typist means the same is the same, and initials find names."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logi.core.datafiles import data_path
from logi.core.folding import closest, fold, initials


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("粉筆", "粉笔"),
        ("Ａ４紙", "a4纸"),
        ("總務處", "总务处"),
        # domain/traps.md F.2
        ("爲", "为"), ("衆", "众"), ("牀", "床"), ("裏", "里"), ("裡", "里"), ("覈", "核"), ("臺", "台"),
        ("帳", "账"), ("賬", "账"), ("帐", "账"), ("箇", "个"), ("匯", "汇"), ("彙", "汇"), ("纔", "才"),
        ("Km∕h", "km/h"), ("（甲）：", "(甲):"), ("BV2.5－4", "bv2.5—4"), ("電線 BV 2.5", "电线BV2.5"),
        ("阿依·古丽", "阿依古丽"), ("阿依・古麗", "阿依古丽"), ("值班\u3000表", "值班表"),
    ],
)  # fmt: skip
def test_two_ways_of_typing_one_thing_fold_to_one_form(typed, other):
    assert fold(typed) == fold(other)


def test_a_misprint_of_the_seed_is_not_a_variant():
    assert fold("剎") != fold("殺")


def test_plain_words_are_only_lowered():
    assert fold(" A4 Paper-Box ") == "a4paper-box"


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("粉笔", "fb"), ("粉筆", "fb"), ("A4纸", "a4z"), ("Ａ４紙", "a4z"), ("拖把", "tb"), ("总务处", "zwc"),
        ("音樂教室", "yyjs"), ("会计", "kj"), ("乾電池", "gdc"), ("空調機", "ktj"), ("调拨单", "dbd"),
        ("银行", "yh"), ("长尾夹", "cwj"), ("校长室", "xzs"), ("七年级1班", "qnj1b"), ("LED灯管", "leddg"), ("消毒液84", "xdy84"),
        ("郑示园", "zsy"), ("钱样真", "qyz"), ("尤保康", "ybk"), ("褚守门", "csm"), ("曾小明", "zxm"),
        ("", ""), ("E-101", "e101"),
    ],
)  # fmt: skip
def test_initials_are_what_a_bursar_types(name, letters):
    assert initials(name) == letters


def test_a_near_name_is_offered_best_first():
    assert closest("白板比", ["粉笔", "白板擦子盒", "白板笔", "拖把"])[0] == "白板笔"
    assert closest("總務所", ["教务处", "总务处"])[0] == "总务处"
    assert closest("wxyz", ["粉笔"]) == []


def test_the_tables_are_small_and_fit_together():
    old, new = data_path("tables", "t2s.txt").read_text("utf-8").splitlines()
    assert len(old) == len(new) == len(set(old))
    assert not set(old) & set(new)
    lines = data_path("tables", "initials.txt").read_text("utf-8").splitlines()
    assert [line[0] for line in lines] == list("abcdefghijklmnopqrstuvwxyz")
    signs = "".join(line[1:] for line in lines)
    assert len(signs) == len(set(signs))
    assert sum(path.stat().st_size for path in data_path("tables").iterdir()) < 60_000


def test_folding_plain_ascii_reads_no_table():
    program = (
        "import sys; from logi.core.folding import fold, initials\n"
        "assert fold('A4') == initials('a-4') == 'a4'\n"
        "assert not {'unicodedata', 'difflib', 'logi.core.datafiles'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
