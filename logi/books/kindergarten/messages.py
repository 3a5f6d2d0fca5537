"""Every sentence of the kindergarten book."""

from logi.books.kindergarten.help_messages import HELP
from logi.books.kindergarten.listed_messages import LISTED

MESSAGES: dict[str, str] = {
    **HELP,
    **LISTED,
    "kindergarten.area.add.done": "{number} {name} ({kind}) at {place}; keeper {keeper}, for {heads} children.",
    "kindergarten.area.edit.done": "{number} {name} ({kind}) at {place}; keeper {keeper}, for {heads} children.",
    "kindergarten.area.end.done": "{number} {name} is used no more from {on} on: {reason}.",
    "kindergarten.toy.add.done": "{number} {name}: {pieces} pieces in {area} (asset {asset}).",
    "kindergarten.toy.move.done": "{number} {name} stands in {area} now, no more in {before}.",
    "kindergarten.toy.break.done": (
        "{number} {name}: {pieces} broken ({words}), {good} can be played with; repair slip {slip}."
    ),
    "kindergarten.toy.mend.done": (
        "{number} {name}: {pieces} mended by {by}, {good} can be played with, {broken} are broken."
    ),
    "kindergarten.toy.discard.done": "{number} {name}: {pieces} pieces gone ({reason}), {there} are left.",
    "kindergarten.event.add.done": (
        "{number} {title} on {on} at {place}, led by {leader}: {count} lines to be done by {due}."
    ),
    "kindergarten.event.need.done": "{number} {title}: line {n}, {kind}: {words}, by {due}.",
    "kindergarten.event.done.done": "{number} {title}: done on {on} by {by}: {lines}; {left} left.",
    "kindergarten.event.close.done": (
        "{number} {title} was held: {outcome} ({by}, {on}). {done} of {of} lines were done in time."
    ),
    "kindergarten.event.drop.done": "{number} {title} is called off: {reason}.",
    "kindergarten.notice.menu.done": "{number} {title}, told on {on} by {by} to {audience}: {lines} meals.",
    "kindergarten.notice.fees.done": "{number} {title}, told on {on} by {by} to {audience}: {lines} fees.",
    "kindergarten.notice.safety.done": "{number} {title}, told on {on} by {by} to {audience}.",
    "kindergarten.notice.reached.done": (
        "{number} {title} reached {families} of {all} families of {school_class} by {on}."
    ),
    "kindergarten.lead.done": "{number} {name} leads safety education from {since} on (before: {before}).",
    "kindergarten.no_keeper": "Nobody answers for {name}: `logi kindergarten area edit {code} --keeper PERSON`.",
    "kindergarten.nothing_to_change": "Say what of {code} is to change.",
    "kindergarten.ended_already": "{code} is used no more since {day}.",
    "kindergarten.ended_before": "{code} is in use since {day}; give a later day.",
    "kindergarten.toys_left": "Toys stand in {name}: {toys}. Move them first: `logi kindergarten toy move TOY AREA`.",
    "kindergarten.stands_there": "{name} stands in {area} already.",
    "kindergarten.not_so_many": "Of {name} {good} can be played with, not {pieces}.",
    "kindergarten.not_so_broken": (
        "Of {name} {broken} are broken, not {pieces}. Report them first: `logi kindergarten toy break {code} TEXT "
        "--by PERSON`."
    ),
    "kindergarten.not_there_yet": "{name} is on the register since {day}. Give a later day.",
    "kindergarten.not_on_that_day": (
        "Of {name} not so many were broken or there on {day}: what was mended or went comes after what broke. Give "
        "the right day."
    ),
    "kindergarten.is_an_asset": "{name} is the asset {asset}: dispose of it as one (`logi asset propose {asset}`).",
    "kindergarten.undo_breaks": (
        "Without that entry more of {code} {name} would be mended or gone than was broken. Undo the later entries "
        "first."
    ),
    "kindergarten.no_event": "No event {number} (`logi kindergarten event list`).",
    "kindergarten.event_over": "{day} is over, today is {today}. Support is ordered before the event.",
    "kindergarten.needs_lacking": (
        "The checklist has nothing yet of: {kinds}. Add it: `logi kindergarten event need {number} KIND TEXT`."
    ),
    "kindergarten.due_after": "{due} is after the event on {day}.",
    "kindergarten.no_slip": "No document bears the number {number}.",
    "kindergarten.no_line": "{number} has {count} lines, none is numbered {n} (`logi show {number}`).",
    "kindergarten.line_done": "Line {n} of {number} was done on {day}.",
    "kindergarten.done_late": "The event was on {day}: that was not in time.",
    "kindergarten.not_held_yet": "{number} is on {day}; close it on that day or after.",
    "kindergarten.lines_open": (
        "Of {number} lines are open: {lines}; kinds without a line: {kinds}. Mark them done, or add them."
    ),
    "kindergarten.event_closed": "{number} was closed on {day}.",
    "kindergarten.event_dropped": "{number} was called off: {reason}.",
    "kindergarten.no_menu": "The canteen has no menu from {since} to {until}: `logi canteen menu plan DAY MEAL DISH`.",
    "kindergarten.no_fees": "No fee is in force on {day} (`logi fee list`).",
    "kindergarten.fees_unpublished": "Not published yet: {fees}. Publish them first: `logi fee publish FEE`.",
    "kindergarten.no_notice": "No notice {number} (`logi kindergarten notice list`).",
    "kindergarten.more_than_all": "{families} families cannot have read it, there are {all}.",
    "kindergarten.read_before": "{number} was told on {day}; nobody read it before.",
    "kindergarten.reached_already": "Of {number} {school_class} is on record already.",
    "kindergarten.leads_already": "{name} leads safety education since {since} already.",
    "kindergarten.led_since": "{name} leads safety education since {since}. Give a later day.",
    "kindergarten.bad_line": "`{text}` is no line of a checklist: write KIND=TEXT or KIND=TEXT@PERSON.",
    "kindergarten.heading.menu": "Menu, {since} to {until}",
    "kindergarten.heading.fees": "Fees, {day}",
    "kindergarten.fee_line": "{name}: {amount} yuan, {since} to {until} ({basis})",
    "kindergarten.finding.number": "{number} of the kindergarten was never given.",
    "kindergarten.finding.toy": "Of toy {code} more was mended or lost than there was.",
    "kindergarten.rule.keeper": "Each activity area has somebody who answers for it",
    "kindergarten.rule.toys": "Broken toys are mended soon",
    "kindergarten.rule.event": "What an event needs is ready before it",
    "kindergarten.rule.notice": "Families are told of menu, fees and safety",
    "kindergarten.rule.lead": "Somebody leads safety education",
    "kindergarten.due.keeper": "Nobody answers for {name}.",
    "kindergarten.due.broken": "{name}: {count} broken since {since}.",
    "kindergarten.due.needs": "{title} on {day}, not done yet: {left}.",
    "kindergarten.due.lacking": "{title}: the checklist has nothing of {kinds}.",
    "kindergarten.due.unclosed": "{title} was held on {day} and is not closed.",
    "kindergarten.due.menu": "Families were not told of the menu of {since} to {until}.",
    "kindergarten.due.notice": "Families were last told of {kind} on {day}.",
    "kindergarten.due.lead": "Nobody leads the safety education of the kindergarten.",
    "kindergarten.due.lesson": "No safety education for the kindergarten since {since} (led by {name}).",
    "kindergarten.col.done": "Done",
    "kindergarten.notice.menu": "menu",
    "kindergarten.notice.fees": "fees",
    "kindergarten.notice.safety": "safety",
    "kindergarten.event.open": "open",
    "kindergarten.event.ready": "ready",
    "kindergarten.event.held": "held",
    "kindergarten.event.dropped": "called off",
}
