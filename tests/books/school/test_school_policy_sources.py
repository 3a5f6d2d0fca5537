"""Where a policy comes from is said in the reader's language; what a school wrote itself stays as written."""

import json
import re

import pytest

from logi.basis_messages import SOURCES
from logi.core.messages import template

LATIN = re.compile(r"[a-z]{4,} [a-z]{2,}")  # two English words beside each other


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_every_shipped_source_is_said_in_chinese(language):
    assert [key for key in SOURCES if LATIN.search(re.sub("`[^`]*`", "", template(key, language)))] == []
    assert [key for key in SOURCES if template(key, language) == SOURCES[key] and not re.search("[一-鿿]", SOURCES[key])] == []


def test_policy_show_says_the_source_in_chinese_and_keeps_the_schools_own(logi):
    logi("policy set asset.idle_months 9 --from 2025-10-01 --source 校务会纪要12")
    rows = json.loads(logi("--lang zh-Hans policy show asset.idle_months -f json").out)["rows"]
    assert [row["source"] for row in rows] == ["本系统默认：列出长期闲置的资产（AST-10）", "校务会纪要12"]
    rows = json.loads(logi("policy show asset.idle_months --lang en -f json").out)["rows"]
    assert rows[0]["source"] == "our line for listing things that stand unused (AST-10)"
