"""The forms as data: every word in three languages, every column with a width, chains that the rules can fill."""

import pytest

from logi.core import messages
from logi.core.folding import fold, simplify
from logi.core.forms import Asked, FormData, Signed
from logi.core.money import capitals
from logi.forms.filling import fill
from logi.forms.parts import SignPart
from logi.forms.shapes import KINDS, PAPERS, TAKES, shape_named, shapes
from logi.registry import cards, room

SHAPES = list(shapes().values())


def keys(shape) -> set[str]:
    """Every word a form needs."""
    found = set(shape.copies)
    for block in shape.blocks:
        found |= {block.heading, *(f.key for f in block.fields), *(c.key for c in block.columns), *block.roles}
        found |= {c.group for c in block.columns}
    return found - {""}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_a_form_is_well_made(shape):
    assert shape.takes in TAKES
    assert shape.paper in PAPERS
    assert set(shape.titles) == set(messages.LANGUAGES)
    assert simplify(shape.titles["zh-Hans"]) == shape.titles["zh-Hans"]
    assert fold(shape.titles["zh-Hans"]) == fold(shape.titles["zh-Hant"])
    for block in shape.blocks:
        assert {f.kind for f in block.fields} | {c.kind for c in block.columns} <= set(KINDS)
        assert set(block.totals) | set(block.tiers) <= {c.key for c in block.columns} | set(block.roles)
        assert not block.capitals or block.capitals in block.totals
    assert any(block.part == "sign" for block in shape.blocks), "what is printed is signed"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_every_word_of_a_form_is_known_in_three_languages(shape):
    for key in keys(shape):
        assert shape.knows(key), key
        texts = shape.words[key]
        assert len(texts) in (2, 3)
        assert all(texts)
        assert texts[-1].isascii() or key in ("from_to", "score", "kept_at", "outlet")


def test_every_word_is_used():
    import tomllib

    from logi.core.datafiles import data_path

    common = tomllib.loads((data_path("forms") / "words.toml").read_text("utf-8"))
    assert set(common) <= {key for shape in SHAPES for key in keys(shape)}
    for shape in SHAPES:
        own = tomllib.loads((data_path("forms") / f"{shape.name}.toml").read_text("utf-8")).get("words", {})
        assert set(own) <= keys(shape), shape.name


def test_no_two_forms_share_a_name():
    seen: dict[str, str] = {}
    for shape in SHAPES:
        for word in {fold(w) for w in (shape.name, shape.code, *shape.titles.values(), *shape.also)}:
            assert seen.setdefault(word, shape.name) == shape.name, word
        assert shape_named(shape.titles["zh-Hant"]) is shape


def test_every_hook_of_a_book_belongs_to_a_form():
    for book in cards():
        hooks = room(book, "forms")
        if hooks is not None:
            assert set(hooks.FORMS) | set(getattr(hooks, "NUMBERS", {})) | set(getattr(hooks, "ADDS", {})) <= set(shapes())


def chain(data: FormData) -> dict[str, tuple[str, list[str]]]:
    """The chain of a disposal: title -> (state, lines)."""
    sheet = fill(shapes()["disposal"], data, school="x", head="h", asked=Asked())
    [part] = [part for part in sheet.parts if isinstance(part, SignPart)]
    return {item.title: (item.state, list(item.lines)) for item in part.items}


def test_the_chain_prints_what_is_recorded_open_and_not_needed():
    from datetime import date

    messages.use("en")
    signed = [Signed("school_meeting", "郑示园", date(2025, 9, 15), "校务会12")]
    found = chain(FormData("CZ-1", levels=["school_meeting", "education_bureau"], signed=signed))
    assert found["School (seal, meeting no.)"] == ("signed", ["郑示园", "2025-09-15", "校务会12"])
    assert found["Education bureau"] == ("open", ["Signature: ________", "Date: ____-__-__"])
    assert found["Finance bureau"] == ("unneeded", ["—"])


def test_a_level_that_the_form_has_no_place_for_is_added_to_its_chain():
    messages.use("en")
    found = chain(FormData("CZ-1", levels=["school_meeting", "county_office"], titles={"county_office": "The county"}))
    assert list(found)[-1] == "The county"
    assert found["The county"][0] == "open"


def test_a_refused_level_says_so():
    messages.use("en")
    found = chain(FormData("CZ-1", levels=["school_meeting"], signed=[Signed("school_meeting", "郑示园", None, "1", False)]))
    assert found["School (seal, meeting no.)"] == ("signed", ["郑示园", "1", "not agreed"])


# Domain rules B.6: the twelve amounts and how they are written, in both scripts.
WORDED = [
    (140950, "人民币壹仟肆佰零玖元伍角整", "人民幣壹仟肆佰零玖元伍角整"),
    (600714, "人民币陆仟零柒元壹角肆分", "人民幣陸仟零柒元壹角肆分"),
    (168032, "人民币壹仟陆佰捌拾元零叁角贰分", "人民幣壹仟陸佰捌拾元零叁角貳分"),
    (10700053, "人民币壹拾万柒仟元零伍角叁分", "人民幣壹拾萬柒仟元零伍角叁分"),
    (1640902, "人民币壹万陆仟肆佰零玖元零贰分", "人民幣壹萬陸仟肆佰零玖元零貳分"),
    (32504, "人民币叁佰贰拾伍元零肆分", "人民幣叁佰貳拾伍元零肆分"),
    (0, "人民币零元整", "人民幣零元整"),
    (5, "人民币伍分", "人民幣伍分"),
    (50, "人民币伍角整", "人民幣伍角整"),
    (100000001, "人民币壹佰万元零壹分", "人民幣壹佰萬元零壹分"),
    (100500000, "人民币壹佰万伍仟元整", "人民幣壹佰萬伍仟元整"),
    (10005000000, "人民币壹亿零伍万元整", "人民幣壹億零伍萬元整"),
]


@pytest.mark.parametrize(("fen", "hans", "hant"), WORDED)
def test_a_slip_writes_its_sum_in_words_in_the_script_spoken(fen, hans, hant):
    for language, worded in (("zh-Hans", hans), ("zh-Hant", hant)):
        messages.use(language)
        data = FormData("RK-1", lines=[{"value": fen}])
        sheet = fill(shapes()["stock-in"], data, school="x", head="h", asked=Asked())
        assert [part.capitals for part in sheet.parts if getattr(part, "capitals", "")] == [messages.say("forms.capitals", words=worded)]
    assert capitals(fen) == hans
