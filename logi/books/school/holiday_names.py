"""The statutory holidays by the names under which they are entered, and their titles in the language spoken."""

from logi.core.messages import template

HOLIDAY_NAMES = {
    **dict.fromkeys(("元旦", "new year's day"), "new-year"),
    **dict.fromkeys(("春节", "春節", "spring festival"), "spring"),
    **dict.fromkeys(("清明节", "清明節", "qingming festival"), "qingming"),
    **dict.fromkeys(("劳动节", "勞動節", "labour day"), "labour"),
    **dict.fromkeys(("端午节", "端午節", "dragon boat festival"), "dragon-boat"),
    **dict.fromkeys(("中秋节", "中秋節", "mid-autumn festival"), "mid-autumn"),
    **dict.fromkeys(("国庆节", "國慶節", "national day"), "national"),
}


def holiday_title(name: str, language: str | None = None) -> str:
    """A holiday's name in the language spoken (or another one); one that no law names stays as it was entered."""
    key = HOLIDAY_NAMES.get(name.lower())
    return template(f"school.holiday.{key}", language) if key else name
