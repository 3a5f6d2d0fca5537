"""The sentences about how things failed, why, and how long they were out of use."""

FAILURES = {
    "repair.unknown_mode": "{mode} is none of the failure modes: {modes}. Take one of these, or set the list: logi policy set repair.failure_modes.",
    "repair.down_after_report": "Out of use since {down} lies after the report, {opened}. Check --down-since.",
    "repair.opt.mode": "How it failed, one of the school's list (repair.failure_modes).",
    "repair.opt.root": "Why it failed, in a few words: the root cause.",
    "repair.opt.down_since": "Since when it has been out of use, if that was before the report.",
    "repair.col.mode": "Failure mode",
    "repair.col.root": "Root cause",
    "repair.col.wear": "Wear",
    "repair.col.human": "By people",
    "repair.col.down_since": "Out of use since",
    "repair.col.down_hours": "Hours out of use",
    "repair.remark.root": "root cause: {root}",
    "repair.report.failure_modes": "How things failed, the most frequent first",
}
