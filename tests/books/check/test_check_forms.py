"""Checklists on paper: filled with what was found, or blank by the list's name."""


def test_a_run_is_printed_with_its_results_and_signatures(logi):
    logi('check run fire-round --by 陈巡安 --rest-ok --set "exits=fail B203 门口堆物" --sign supervisor=钱样真 --on 2025-09-28')
    said = logi("form checklist JC-2025-0001 --lang zh-Hans").out
    for words in ("防火巡查", "B203 门口堆物", "YH-2025-0001", "检查人：陈巡安  2025-09-28", "会签人：钱样真  2025-09-28"):
        assert words in said
    assert "seed" not in said


def test_a_list_is_printed_blank_by_any_of_its_names(logi):
    said = logi("form 检查表 商店八不准 --lang zh-Hans").out
    assert "商店八不准" in said
    assert "签字：________" in said
    logi("form checklist JC-2025-0099", code=3)
    logi("form checklist 游泳池", code=3)


def test_the_notice_of_a_hazard_says_who_shall_do_what_until_when_and_what_came_of_it(logi):
    logi("hazard open B203插座松动 --place B203 --category electric --owner 王修好 --measure 更换插座 --on 2025-09-10")
    logi("hazard extend YH-2025-0001 --to 2025-10-10 --reason 等待到货 --on 2025-09-20")
    before = logi("form hazard-notice YH-2025-0001 --lang zh-Hans").out
    assert "更换插座" in before
    assert "延至 2025-10-10：等待到货" in before
    logi("hazard fix YH-2025-0001 --by 王修好 --on 2025-09-28")
    logi("hazard verify YH-2025-0001 --by 陈巡安 --on 2025-09-29")
    after = logi("form 整改通知单 YH-2025-0001 --lang zh-Hans").out
    assert "整改人：王修好  2025-09-28" in after
    assert "验收人：陈巡安  2025-09-29" in after
    logi("form hazard-notice YH-2025-0099", code=3)
