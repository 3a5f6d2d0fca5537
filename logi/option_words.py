"""The one vocabulary of options and arguments in Chinese: what they are called, and may be typed as.

Written in traditional characters; simplified ones are the same words folded, and either may be typed. One option may have several words, one word one meaning
within a command (a house test). The first word is the label.
"""

import re
from collections.abc import Sequence
from typing import Any

from logi.core import messages

WORDS: dict[str, tuple[str, ...]] = {
    "as_": ("分錄格式",), "folder": ("文件夾",), "last_month": ("上月",), "without": ("不含",),
    "accepted": ("實收",), "again": ("仍要",), "alarm": ("報警",), "all": ("全部",), "amount": ("金額",), "appraiser": ("鑑定人", "鑑定小組"),
    "asset": ("資產", "資產編號"), "at": ("時間", "時刻"), "book": ("賬冊",), "brand": ("品牌",), "buyer": ("採購人",),
    "by": ("經手人", "經辦人", "由"), "category": ("分類", "類別"), "cause": ("原因",), "chemical": ("危化品", "化學品"),
    "class": ("種類",), "code": ("編號", "編碼", "代碼"), "command": ("命令",), "cost": ("原值", "單價原值", "費用"),
    "costing": ("計價方法",), "count": ("件數", "數"), "create": ("新建",), "credit_code": ("信用代碼",), "days": ("天數",),
    "day": ("日", "日子"), "department": ("部門",), "directory": ("目錄",), "doc": ("文件",), "due": ("完成時限", "期限"),
    "encoding": ("編碼方式",), "ends": ("結束",), "entry": ("分錄", "記錄號"), "entries": ("分錄", "記錄號"), "expires": ("保質期至", "有效期至"),
    "file": ("文件名",), "finding": ("發現", "問題"), "findings": ("發現", "問題"), "for": ("用途",), "frequency": ("頻次",), "from": ("供應商", "來源"),
    "from_": ("供應商", "自"), "full": ("完整",), "fund": ("經費來源",), "grams": ("克數",), "how": ("處置方式", "方式"), "inspector": ("驗收人",),
    "input_format": ("輸入格式",), "remove": ("刪去",), "save_map": ("存對應",), "map_": ("對應",),
    "invoice": ("發票", "發票號"), "item": ("物品",), "items": ("物品",), "items_": ("物品",), "keep": ("保留",), "keeper": ("保管人", "責任人"), "kind": ("類型", "類",),
    "kinds": ("種類",), "level": ("級別", "等級"), "life_months": ("折舊月數", "年限月"), "line": ("行",), "lines": ("明細",), "list": ("清單",), "lot": ("批號",),
    "made": ("生產日期",), "map": ("對應",), "max": ("最高庫存",), "measure": ("措施", "整改措施"), "min": ("最低庫存",), "model": ("型號",),
    "month": ("月份", "月"), "name": ("名稱", "姓名"), "named": ("物品",), "names": ("名稱",), "no": ("文號",), "one_entry": ("合記一筆",), "note": ("備註",), "number": ("單號", "號"), "numbers": ("單號",),
    "off": ("放假",), "on": ("日期",), "owner": ("負責人",), "parent": ("上級",), "paste": ("粘貼",), "period": ("期間",), "person": ("人", "人員"),
    "phone": ("電話",), "place": ("地點", "存放地點"), "places": ("地點",), "plan": ("方案",), "post": ("崗位", "職務"), "price": ("單價",),
    "proceeds": ("殘值收入", "收入"), "purpose": ("用途",), "qty": ("數量",), "quantity": ("數量",), "quarter": ("季度",), "reason": ("理由",), "recount": ("複盤",),
    "ref": ("憑證號",), "reject": ("駁回",), "rejects": ("壞行文件",), "rename": ("改名",), "report": ("報表",), "request": ("申請單號",), "room": ("房間",), "route": ("路線",), "scan": ("掃描件",), "attach": ("存掃描件",),
    "school": ("學校",), "school_year": ("學年",), "score": ("評分",), "serial": ("序列號",), "sheet": ("工作表",), "since": ("自",), "source": ("依據",),
    "spec": ("規格",), "standard": ("標準",), "starts": ("開始",), "state": ("狀態",), "strict": ("嚴格",), "target": ("目標",), "targets": ("目標",), "tendered": ("招標",),
    "tendered_from": ("招標自",), "tendered_to": ("招標至",), "term": ("學期",), "text": ("文字",), "threshold_rules": ("起點規則",), "title": ("標題", "內容"),
    "to": ("部門", "領用部門", "至"), "unit": ("單位", "計量單位"), "until": ("至",), "urgency": ("緊急程度",), "value": ("值",), "vendor": ("供應商",),
    "wanted": ("希望時間",), "warranty_until": ("保修期至",), "week": ("周",), "weather": ("天氣",), "worker": ("維修人",), "year": ("年", "年度"), "yes": ("確認",), "zone": ("時區",),
    "shelf_life_days": ("保質天數",), "method": ("計價",), "acquired_by": ("取得方式",), "value_type": ("價值類型",), "helpers": ("配合部門",), "expect": ("覈對指紋",),
    "actor": ("操作人",), "action": ("動作",), "subject": ("對象",), "path": ("路徑",), "reset": ("重置",),
    "upward": ("上報給", "上報單位"), "deputy": ("代驗收人",), "minutes": ("工時", "分鐘"), "estimate": ("估價", "預算"), "receipt": ("收據號",), "liable": ("責任人",), "expense": ("費用",), "origin": ("來源",),
    "check": ("只檢查", "檢查"), "draft": ("擬稿", "草擬"), "priority": ("優先級",), "result": ("結果", "完成情況"), "to_month": ("結轉至", "至"),
    # the month's book
    "leader": ("帶班領導",), "leaders": ("帶班領導",), "people": ("值班人員",), "gate": ("門衛",), "shift": ("班次",), "shifts": ("班次",), "each": ("每班人數",),
    "exclude": ("除外", "不排"), "only": ("只排", "只含"), "holiday": ("節日", "假期"), "first": ("自", "起"), "last": ("至", "止"), "giver": ("換出人", "原值班人"),
    "taker": ("接替人",), "back_on": ("換回日",), "absent": ("缺勤", "未參加"), "stand_in": ("替班",), "visitors": ("來訪",), "event": ("事件", "事件處理"), "handed": ("交接物品",),
    "taken_by": ("接班人",), "what": ("單號或日期",), "meter_or_kind": ("類別或表號",), "log": ("記錄", "值班記錄"), "rule": ("憑據",), "stop": ("停止重複", "不再重複"),
    "order": ("輪班順序", "順序"), "point": ("工作要點", "要點"), "words": ("素材內容",), "of_line": ("計劃事項", "事項"),
    "mode": ("故障類型",), "root": ("根本原因",), "down_since": ("停機起", "停用起"),
    # the purchase book
    "benefit": ("預期效益", "效益"), "budget": ("預算項目",), "emergency": ("急用",), "procured": ("採購方式",), "contract": ("合同號",),
    "certificate": ("合格證明",), "maker": ("生產者", "廠名"), "address": ("廠址", "產地"), "prices": ("報價",), "asked_by": ("申請人", "經手人"),
    # the opening book
    "by_place": ("按地點",), "from_place": ("調出地點",), "to_place": ("調入地點",), "hours": ("時段",), "fields": ("自定義欄目", "欄目"), "choices": ("選項",), "required": ("必填",), "item_class": ("類別", "種類"), "due_back": ("應還日期", "歸還期限", "期限"), "class_": ("班級",), "staff": ("經辦人",), "expected": ("應到",), "pupil": ("學生",), "bed": ("床位",), "unplaced": ("未編班",),
    # the school's book
    "at_day": ("截至",), "back": ("回來",), "begins": ("開頭",), "depreciation": ("折舊方法",), "from_day": ("起用日",),
    "licence_to": ("許可證至",), "licence": ("許可證號",), "contact": ("聯繫人",), "bank": ("開戶行",), "blacklist": ("黑名單",), "no_blacklist": ("移出黑名單",), "expired": ("已過期",), "no_keeper": ("無保管人",), "no_tender": ("未招標",), "policy": ("參數",),
    "setting": ("設置項",), "special": ("專用設備",),
    # the pack
    "issue": ("發出", "簽發"), "changes": ("變動",), "catch_up": ("補做", "補出"), "mail": ("郵件", "寄給"), "cell": ("單元格",), "seed": ("種子",),
    # the asset book
    "booked": ("入賬日期",), "borrower": ("借用人",), "codes": ("資產編號",), "condition": ("狀況",), "from_person": ("移交人",),
    "reviewer": ("審核人",), "sign": ("簽字",), "sign_number": ("簽回",), "signed": ("簽字日期",), "to_day": ("截至日",), "to_person": ("接收人",), "witness": ("監交人",),
    "blind": ("盲盤",), "rest_missing": ("其餘缺失",), "missing": ("缺失", "盤虧"), "found": ("找到",),
    "surplus": ("盤盈",), "whole": ("所屬", "主件"), "detach": ("拆出",), "school_class": ("班級",),
    "applicant": ("申領人",), "thing": ("物品名稱",), "user": ("使用人",), "periods": ("節數",), "allowed_by": ("批准人", "追認人"), "mark": ("標記開學",),
    "used_for": ("使用方向",), "photo": ("照片",), "figure": ("總賬數",), "confirm": ("部門確認",), "explain": ("差異說明",),
    "skip": ("未到點位",), "points": ("點位",), "times": ("應到時刻",), "interim": ("臨時防護",), "funds": ("資金",), "organ": ("上報單位",), "new_due": ("延至", "展期至"), "unsettled": ("未銷號",), "overdue": ("逾期",), "incomplete": ("未落實",),
    # the check book
    "everywhere": ("各處",), "failed": ("不合格",), "rest_ok": ("其餘正常", "其餘相符"), "set_": ("逐項", "項目"), "settled": ("當場整改",),
    "hazard": ("隱患",), "repair": ("報修",), "used": ("起用",), "nothing": ("不開單", "僅記錄"), "audience": ("班級", "對象"), "present": ("人數", "到場人數"), "measures": ("措施",), "outcome": ("結果",), "topic": ("主題",), "assets": ("資產",),
    # the stock book
    "blank": ("空白",), "label_sheet": ("標籤紙",),
    "delivered": ("到貨數",), "ordered": ("應收數",), "pack": ("換算單位",), "unsigned": ("缺簽字",),
    "classes": ("班級",), "drop": ("去掉",), "heads": ("份數",), "kit": ("標準配置", "套裝"), "receivers": ("領用人", "名單"),
    # repairs and patrols
    "part": ("配件", "材料"), "parts": ("待料", "所缺材料"), "told": ("已告知",), "arrived": ("到場",), "every_units": ("每計量",), "start": ("起始讀數",), "ended": ("舊表止碼",), "began": ("新表起碼",), "every": ("周期", "每隔", "重複"), "when": ("學年節點",), "basis": ("起算",), "scope": ("工程內容",), "group": ("分組",),
    "area": ("區域",), "injured": ("受傷人數",), "repairs": ("報修",), "slip": ("報修單號",), "schedules": ("計劃編號",), "reported_to": ("報告單位",), "treatment": ("處置",),
    # the money book
    "headcount": ("人數",), "funds_from": ("來源",), "due_amount": ("應交額", "金額"), "preparer": ("填單人",), "slips": ("入庫單",), "invoiced_to": ("發票抬頭",), "tax_no": ("稅號",), "papers": ("附件張數",), "total": ("總額",), "advance": ("原借款",), "payee": ("收款方",), "means": ("支付方式",), "voucher": ("憑證號",), "unpaid": ("未付款",), "flagged": ("有提示",), "schools": ("學校",), "own": ("本校",), "planned": ("預算明細",), "n": ("序號",), "objection": ("異議",), "answer": ("答覆",), "pieces": ("張數",), "reminder": ("催費方式",), "refundable": ("可退",), "fee": ("收費項目",), "fees_": ("收費項目",), "pupils": ("學生",), "receipt_no": ("票據號",), "least": ("催費次數",), "drive": ("參保年度",), "status": ("參保狀態",), "idle": ("停滯",), "insurer": ("保險公司",), "hospital": ("醫院",), "accident": ("出險",),
    # the canteen book
    "meals": ("餐次",), "meal": ("餐次",), "eaters": ("用餐人數",), "staff_heads": ("教職工人數",), "with_leader": ("陪餐領導", "陪餐人"), "said": ("陪餐意見",),
    "steps": ("環節",), "step": ("環節",), "celsius": ("溫度",), "lasting": ("時長",), "how_done": ("方法",), "checker": ("檢查人",), "job": ("工種",),
    "health_no": ("健康證號",), "examined": ("體檢日期",), "ill": ("患病",), "dress": ("著裝",), "away": ("未上崗",), "dishes": ("菜品",), "weighed": ("留樣",), "still_kept": ("在存", "未銷毀"),
    "inspectors": ("查驗人",), "said_by": ("來自",), "matter": ("答覆意見",), "run": ("檢查單號",), "problems": ("問題",), "waiting": ("待答覆",),
    "duty_area": ("職責",), "trained": ("參加人",), "taught_items": ("培訓項目",), "parties": ("參加單位",), "party": ("調查對象",), "very": ("很滿意",), "content": ("滿意",), "fair": ("一般",), "poor": ("不滿意",),
    # the meter book
    "digits": ("位數",), "factor": ("倍率",), "reader": ("抄表人",), "reading": ("起碼",), "rolled": ("翻轉",), "estimated": ("估抄",), "values": ("讀數",),
    "meter": ("計量表",), "operator": ("司爐工",), "fuel": ("燃料",), "season": ("取暖期",), "work": ("保養內容",), "claim": ("報銷單",), "differing": ("有出入",), "evening": ("晚上讀數",), "morning": ("早上讀數",), "end": ("結束時刻",),
    # the people book
    "training_mode": ("培訓方式", "方式"), "trainer": ("主講人", "授課人"), "class_hours": ("學時",), "trainer_rank": ("主講人身份",), "test_scores": ("成績", "測試成績"),
    "learner": ("學習人",), "study_source": ("學習材料",), "gained": ("收穫", "心得"), "short": ("未達標",), "paper_no": ("證號",), "good_until": ("有效期至",),
    "issued_on": ("發證日期",), "issued_by": ("發證機關",), "invalid": ("無效",), "question": ("題目",), "about": ("方面",), "from_party": ("哪一方",), "survey": ("調查",),
    "reply": ("答覆內容",), "verdict": ("處理結果",), "opinions": ("意見",), "complaints": ("投訴",), "suggestions": ("建議",), "needs": ("需求",),
    "target_kind": ("考核誰",), "scheme_items": ("考核項目", "項目"), "assessed": ("考核對象",), "departments": ("部門",), "marks": ("分數",), "results": ("成績", "測試成績"),
    "of_department": ("對象是部門",), "of_round": ("考核編號",), "grounds": ("依據",), "doc_no": ("文號",), "charge": ("職責或任務",), "aim": ("目標",),
    "manner": ("方式",), "of_pilot": ("試點",), "partner": ("對方單位",),
    # the green book
    "species": ("花木",), "standing": ("原有",), "care": ("作業",), "agent": ("藥劑",), "dose": ("用量",), "safe_days": ("安全間隔",), "draw": ("領用數量",), "posted": ("告示位置",),
    "fault": ("發現問題",), "ownerless": ("無人負責",), "green_zone": ("片區",), "zones": ("片區",), "size": ("面積",), "growth": ("形態",), "duty_class": ("責任班級", "班級"),
    # the dorm book
    "sex": ("性別",), "building": ("樓棟",), "beds": ("床位數",), "floor": ("樓層",), "of_night": ("夜", "哪夜"), "fetched_by": ("接送人",), "relation": ("關係",), "id_tail": ("證件後四位",), "rooms": ("寢室",), "free": ("空床",), "not_there": ("未歸",), "still_out": ("離宿中",), "other_pupil": ("另一學生",),
    # the shop book
    "goods": ("商品",), "taken": ("商品數量",), "stop_on": ("停售日",), "seen_by": ("見證人",),
    # the campus book
    "phase": ("期",), "budgeted": ("預算",), "goal_on": ("目標日期",), "plan_item": ("規劃項目",), "scheme": ("改造計劃",), "shortfall": ("短板",), "agreed": ("合同價",), "conclusion": ("結論", "結果"),
    "accepting": ("驗收人",), "shortfalls": ("存在問題",), "warranty": ("質保至",), "per": ("配置單位",), "match": ("匹配詞",), "room_kind": ("房間類別",), "first_year": ("起始年份",), "last_year": ("結束年份",), "weak": ("薄弱學校",), "money": ("資金總額",),
    # the paper book
    "issuer": ("發文單位",), "effective": ("施行日期", "起用日"), "trial": ("試行",), "work_area": ("工作領域", "領域"), "attend": ("參會人員", "出席"),
    "document": ("文件編號", "文件"), "documents": ("文件",), "chapter": ("篇目",), "evidence": ("佐證", "佐證單號"), "copies": ("份數",),
    "position": ("位置", "次序"), "asked": ("要求", "議題"), "requirement": ("要求編號",), "still": ("未落實", "未完成"), "in_charge": ("分管領導",),
    "duty": ("職責",), "lacking": ("缺項",), "kept": ("臺賬",), "stale": ("久未記錄",), "volume_no": ("卷號",), "pages": ("頁數",), "retention": ("保管期限",),
    # the roll-up book
    "urban_rural": ("城鄉",), "pupil_count": ("學生人數",), "own_unit": ("本單位",), "reports": ("起報月份",), "crew": ("工作人員",), "posts": ("核定人數",), "office": ("辦公場所",),
    "facilities": ("辦公設施",), "head": ("負責人", "工作負責人"), "under": ("下屬於", "轄下"), "pass_score": ("達標分",), "full_score": ("滿分",), "goal": ("總目標",),
    "percent": ("比例",), "units": ("單位",), "correct": ("更正",), "indicator": ("指標",),
    "links": ("連接",), "planned_on": ("計劃日期",), "attending": ("參加人數",), "medium": ("媒體",), "model_case": ("典型案例",), "event_number": ("試點單號",), "campaign": ("創建活動",), "web": ("網址",), "shortage": ("短板類別",), "input_money": ("資金",), "hands": ("投入人數",), "spent": ("花費",), "met": ("達到項",), "all_met": ("全部達到",), "problem": ("問題",),
    "receiver": ("接收人",), "volumes": ("案卷",), "held": ("未移交",), "form": ("表格", "表單"),
    # the gate book
    "caller": ("來訪人", "姓名"), "callers": ("來訪人", "單號"), "host": ("被訪人",), "confirmed": ("被訪人確認", "確認"), "from_unit": ("單位",),
    "id_kind": ("證件類別",), "party_size": ("同行人數",), "plate": ("車牌", "車牌號"),
    "of_plate": ("車牌", "車牌號"), "brought": ("攜帶物品",), "badge": ("來訪證",), "carried": ("攜出物品",), "carrier": ("攜出人",),
    "of_visit": ("來訪單號",), "back_by": ("應帶回",), "banned": ("姓名",), "everything": ("全部",), "vehicle_name": ("車主或用途",),
    "driver": ("駕駛人",), "driver_name": ("駕駛人",), "way": ("方向",), "speed": ("車速",), "how_told": ("告知情況",),
    "guard_name": ("保安",), "guard_names": ("保安",), "guard_no": ("保安員證號",),
    "firm": ("保安公司",), "topic_seen": ("督查內容",), "faults": ("問題",), "settle_by": ("整改期限",), "how_settled": ("整改情況",),
    "locked": ("鎖門",), "missing_items": ("缺少物品",), "matters": ("交代事項",),
    "bus_named": ("校車",), "of_bus": ("校車",), "seats": ("核載",), "riders": ("乘車學生",), "attendant": ("照管員",), "bus_route": ("路線",),
    "bus_paper": ("證件",), "bus_driver": ("駕駛人",), "bus_paper_no": ("證號",), "failed_for": ("不合格",), "leg": ("趟次",),
    "boarded": ("上車",), "alighted": ("下車",), "not_riding": ("未乘",),
    # the kindergarten book
    "area_kind": ("場所類別", "類別"), "room_for": ("人數",), "area_named": ("場所",), "of_area": ("場所",), "how_many": ("件數",),
    "toy_named": ("玩具",), "broken": ("損壞情況",), "some": ("件數",), "lost": ("丟失",), "broken_only": ("待修",), "event_time": ("時刻",),
    "need_kind": ("類別",), "line_numbers": ("序號",), "proof": ("憑據",), "paragraphs": ("告知內容",), "families": ("已閱戶數",),
    "of_families": ("全班戶數",), "told_kind": ("告知類別", "類別"), "leading": ("負責人",),
}  # fmt: skip

# What stands for a value in help, `--to DEPT`; written in other signs (PERSON,…; CODE=N) each of these words is spoken.
VALUES: dict[str, str] = {
    "ASPECT": "項目", "VERDICT": "處理",
    "ACTION": "動作", "ACTOR": "操作人", "AMOUNT": "金額", "AREA": "工作領域", "BANK": "開戶行", "BEGINS": "開頭", "BOOK": "賬冊", "BOOKS": "賬冊", "BUILDING": "樓棟",
    "BY": "人員", "CATEGORY": "類別", "CAUSE": "原因", "CELL": "單元格", "CLASS": "班級", "CODE": "編號", "CREDIT_CODE": "信用代碼", "DAY": "日期",
    "DAYS": "天數", "DECISION": "處理", "DEPARTMENT": "部門", "DEPT": "部門", "DISH": "菜品", "DIR": "文件夾", "DOCNO": "文號", "DOCUMENT": "文件", "ENCODING": "編碼",
    "ENTRY": "記錄號", "ENTRY-HEX": "指紋", "FEE": "收費項目", "FIELD": "欄目", "FILE": "文件名", "FORM": "表格", "GOODS": "商品", "GRAMS": "克數", "GROUP": "類別", "HEADER": "表頭", "HEADS": "人數",
    "HH:MM": "時:分", "INPUT_FORMAT": "格式", "INSTANT": "日期時間", "INVOICE": "發票號", "ITEM": "物品", "ITEM_CLASS": "類別", "KEEPER": "人員",
    "KEY": "我方欄目", "KIND": "類型", "KINDS": "類型", "KIT": "標準配置", "LEDGER": "臺賬", "LEVEL": "級別", "LINE": "行", "LOT": "批號", "MEASURE": "措施",
    "MODE": "故障類型", "MONEY": "金額", "MONTH": "月份", "N": "數", "NAME": "名稱", "NO": "號碼", "NOTE": "文字", "NUMBER": "單號", "OWNER": "人員", "P": "單價", "P,P…": "人員,人員…",
    "PAPER": "文件", "PARENT": "地點", "PATH": "路徑", "PERCENT": "比例", "PERIOD": "期間", "PERSON": "人員", "PHONE": "電話", "PLACE": "地點", "PLATE": "車牌", "KMH": "公里/時", "TAIL": "後4位", "POINT": "點位", "POST": "崗位",
    "PRICE": "單價", "PUPIL": "學生", "PURPOSE": "用途", "Q": "數量", "QTY": "數量", "QUARTER": "季度", "REASON": "理由", "RECORD": "環節", "REPORT": "報表", "REQUIREMENT": "要求編號",
    "RESULT": "結果", "ROLE": "角色", "ROOM": "房間", "ROUTE": "路線", "RULE": "憑據", "SAVE_MAP": "名稱", "SCAN": "文件名", "SCHOOL": "學校", "SEED": "種子",
    "SETTING": "設置項", "SHEET": "工作表", "SHIFT": "班次", "SIZE": "面積", "SLIP": "單號", "SOURCE": "依據", "STATE": "狀態", "STEP": "間隔", "SUBJECT": "對象", "TERM": "學期",
    "TEXT": "文字", "TITLE": "標題", "TO": "收件人", "TOPIC": "主題", "UNIT": "單位", "VALUE": "值", "VENDOR": "供應商", "VOLUME": "案卷", "WEATHER": "天氣",
    "WEEK": "周", "WHEN": "節點", "WORKER": "人員", "YEAR": "年份", "ZONE": "時區",
}  # fmt: skip
_VALUE = re.compile(r"(?<![A-Za-z0-9])[A-Z]+(?:[_-][A-Z]+)*(?![A-Za-z0-9-])")


def words(name: str) -> tuple[str, ...]:
    """The Chinese words of an option or argument, traditional, the label first."""
    return WORDS.get(name) or WORDS.get(name.rstrip("_")) or ()


def label(param: Any) -> str:
    """What a parameter is called in sentences: `--to 部门`, 物品."""
    name = str(param.name)
    shown = _spelling(param)
    if messages.language() == "en" or not words(name):
        return shown
    return f"{shown} {chinese(name)}" if shown.startswith("-") else chinese(name)


def value_of(param: Any) -> str:
    """What stands for a parameter's value, in the language spoken: `DAY`, 日期; `water|electric`, 水|电."""
    named = str(param.metavar or str(param.name).rstrip("_").upper())
    if messages.language() == "en":
        return named
    prefix, keys = getattr(getattr(param.type, "func", None), "titled", ("", ()))
    if keys and named == "|".join(keys):
        return "|".join(_titles(prefix, keys) or keys)
    if not param.metavar and words(str(param.name)) and named not in VALUES:
        return chinese(str(param.name))
    if named in VALUES:
        return _in_script(VALUES[named])
    return _VALUE.sub(lambda found: _in_script(VALUES.get(found[0], found[0])), named)


def _titles(prefix: str, keys: Sequence[str]) -> list[str]:
    """The titles of fixed values, where all of them may be typed as they stand: single words that stand by themselves."""
    titles = [messages.title(prefix, key) for key in keys]
    return titles if all(one.isalnum() and one[0] not in "個个" for one in titles) else []


def chinese(name: str) -> str:
    """The label in the script spoken now."""
    return _in_script(words(name)[0] if words(name) else name)


def _in_script(word: str) -> str:
    if messages.language() == "zh-Hans":
        from logi.core.folding import simplify

        return simplify(word)
    return word


def option_named(params: Sequence[Any], typed: str) -> str | None:
    """The `--option` that a Chinese word names among a command's parameters."""
    from logi.core.folding import fold

    folded = fold(typed)
    for param in params:
        if _spelling(param).startswith("--") and folded in {fold(w) for w in words(str(param.name))}:
            return _spelling(param)
    return None


def _spelling(param: Any) -> str:
    longest = max((o for o in param.opts), key=len, default=str(param.name))
    return longest if longest.startswith("-") else str(param.name).rstrip("_").upper()
