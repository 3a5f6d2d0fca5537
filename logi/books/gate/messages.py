"""Every sentence of the gate book."""

from logi.books.gate.bus_messages import BUS
from logi.books.gate.help_messages import HELP
from logi.books.gate.listed_messages import LISTED

MESSAGES: dict[str, str] = {
    **BUS,
    **HELP,
    **LISTED,
    "gate.visit.done": (
        "{number} {name} ({unit}) comes to {host} on {on} at {at}; the host's word: {confirmed}; badge {badge}, "
        "vehicle {plate}, let in by {by}."
    ),
    "gate.deny.done": "{number} {name} was turned away on {on} at {at}: {reason} (by {by}).",
    "gate.leave.done": "Left on {on} at {at}: {names}. Still inside: {left}.",
    "gate.ban.add.done": "{name} may not come in from {since} until {until}: {reason} (by {by}).",
    "gate.ban.lift.done": "{name} may come in again from {on} on: {reason}.",
    "gate.carry.done": (
        "{number} {words} ({asset}) carried out by {who} on {on} at {at}, allowed by {allowed_by}; back by {back}; "
        "at the gate {by}."
    ),
    "gate.back.done": "{number} {words} came back on {on} at {at} (seen by {by}).",
    "gate.vehicle.add.done": "{number} {name} ({kind}) may come in from {since} on; driver {driver}.",
    "gate.vehicle.stop.done": "{number} {name} may no longer come in from {on} on: {reason}.",
    "gate.pass.done": "{plate} {name} went {way} on {on} at {at}, {speed} km/h. Vehicles inside: {inside}.",
    "gate.told.done": "{number} {plate}: the driver was told on {on} by {by} ({words}).",
    "gate.guard.add.done": (
        "{number} {name} keeps the gate from {since} on ({post}, {firm}); guard's certificate {certificate}, good "
        "to {until}."
    ),
    "gate.guard.renew.done": "{number} {name}: guard's certificate {certificate} of {issued}, good to {until}.",
    "gate.guard.leave.done": "{number} {name} no longer keeps the gate from {on} on.",
    "gate.train.done": "{number} {topic}: {names} were taught on {on} by {by} ({minutes} minutes).",
    "gate.supervise.done": (
        "{number} {names} on post, looked at by {by} on {on}; wanting: {faults}, to be settled by {due}."
    ),
    "gate.settle.done": "{number} is settled: {words} ({by}, {on}).",
    "gate.handover.done": (
        "{number} {giver} → {taker}, {on} at {at}: {items} of {of} things are there, {inside} visitors inside; to "
        "be known: {matters}."
    ),
    "gate.at_what_time": "Say at what time it was: `--at 8:40`, or day and time.",
    "gate.two_days": "--at lies on {at}, --on says {on}. Give the day once.",
    "gate.kept_by_whom": (
        "Nobody is on post. Name who keeps the gate with --by, or hand the gate over: `logi gate handover PERSON`."
    ),
    "gate.host_left": "{host} left the school on {day}. Name another host.",
    "gate.host_unasked": (
        "Nobody asked {host} about {name}. Ask, and say how: `--confirmed met|phone|booked`. Without the host's "
        "word only the leader on duty may let in: `--leader PERSON --override REASON`."
    ),
    "gate.which_leader": "Which leader lets the visitor in without the host's word? Add --leader.",
    "gate.leader_needless": "The host gave their word: leave --leader out.",
    "gate.led": "{leader} answers for {name}: the host was not asked.",
    "gate.not_leading": "{name} does not lead the duty of {day} by the roster: {leaders} does.",
    "gate.no_leader_post": "{name} has no post of a leader (`duty.leader_posts`).",
    "gate.inside_already": (
        "{name} is inside since {day} {time} ({number}). Sign them out first: `logi gate leave {number}`."
    ),
    "gate.badge_out": "Badge {badge} is with {name} ({number}). Give another one.",
    "gate.banned": (
        "{name} may not come in since {since}: {reason}. Turn them away and record it: `logi gate deny`; the list "
        "is `logi gate ban list`."
    ),
    "gate.perhaps_banned": (
        "A {name} whose identity number ends in {tail} may not come in since {since}: {reason}. Look at the "
        "identity card and give its tail with --id."
    ),
    "gate.namesake": "Another {name} (…{tail}) may not come in: only a namesake.",
    "gate.plate_banned": "{plate} may not come in since {since}: {reason}.",
    "gate.banned_already": "{name} may not come in since {since} already.",
    "gate.not_banned": "{name} is not on the list (`logi gate ban list`).",
    "gate.ban_whom": "Name a person, or a vehicle with --plate: one of both.",
    "gate.left_before": "{number} came in on {day} at {time}; leaving cannot lie before.",
    "gate.left_already": "{number} {name} left on {day} at {time}.",
    "gate.never_inside": "{number} {name} was turned away and never came in.",
    "gate.nobody_inside": "Nobody inside bears the number, badge or name `{text}`. Who is inside: `logi gate inside`.",
    "gate.which_visitor": "Several visitors inside are called `{text}`. Give the number.",
    "gate.take_badge": "Take badge {badge} back from {name}.",
    "gate.look_at_goods": "{name} brought in: {goods}. What else leaves needs a slip (`logi gate carry`).",
    "gate.carried_by_whom": "Name who carries it: --who PERSON for staff, --visit NUMBER for a visitor; one of both.",
    "gate.allowed_oneself": "{name} cannot allow what {name} carries out. Name another --allowed-by.",
    "gate.no_visit": "No visitor of number {number} was let in (`logi gate visits`).",
    "gate.no_slip": "No slip {number} (`logi gate goods`).",
    "gate.back_already": "{number} came back on {day}.",
    "gate.back_before": "{number} went out on {day} at {time}; it cannot be back before.",
    "gate.no_vehicle": "No vehicle {plate} is on the register (`logi gate vehicle list`).",
    "gate.stopped_already": "{plate} may not come in since {day}: {reason}.",
    "gate.stopped_before": "{plate} is on the register since {since}; it cannot end before.",
    "gate.stopped": "{plate} may not come in since {day}: {reason}.",
    "gate.plate_unknown": (
        "{plate} is not on the register. Admit its driver as a visitor (`logi gate visit NAME --host PERSON --plate "
        "{plate}`), or enter it: `logi gate vehicle add {plate} NAME`."
    ),
    "gate.pass_missing": "{plate} went {way} on {day} at {time} already: the pass between is missing.",
    "gate.too_fast": (
        "{plate} was at {speed} km/h, {limit} are allowed: {number}, time {times} in {days} days. Tell the driver, "
        "then `logi gate told {number} TEXT --by PERSON`."
    ),
    "gate.no_speeding": "No speeding {number} (`logi gate speeding`).",
    "gate.told_already": "The driver of {number} was told on {day} by {by}.",
    "gate.told_before": "{number} was on {day}; the driver cannot be told before.",
    "gate.guard_there": "{name} keeps the gate since {since} already.",
    "gate.uncertified": (
        "{name} has no guard's certificate that holds: `logi gate guard renew {code} --certificate NO --issued "
        "DAY`."
    ),
    "gate.certified_later": "{name} holds a certificate of {day}. Give the later one.",
    "gate.certificate_whole": (
        "A certificate has a number and a day of issue: give --certificate and --issued together."
    ),
    "gate.guard_left_before": "{name} keeps the gate since {since}; the end cannot lie before.",
    "gate.still_on_post": (
        "{name} is on post since {day} {time}. Hand the gate over first: `logi gate handover PERSON`."
    ),
    "gate.no_guard": "{name} does not keep the gate on {day}. Enter them: `logi gate guard add {code}`.",
    "gate.test_failed": "Below {least} points, so not trained yet: {names}.",
    "gate.not_trained": "Not there: {names}.",
    "gate.looked_at_oneself": "{name} cannot supervise {name}. Name another --by.",
    "gate.no_event": "No training or supervision {number} (`logi gate events`).",
    "gate.nothing_wanting": "{number} found nothing wanting.",
    "gate.settled_already": "{number} was settled on {day}.",
    "gate.settled_before": "{number} was on {day}; it cannot be settled before.",
    "gate.taken_by_whom": "Name who takes the gate over, or say --locked: one of both.",
    "gate.shift_before": "The gate was handed over on {day} at {time} ({number}). Give a later time.",
    "gate.locked_already": "The gate is locked already; name who opens it.",
    "gate.same_guard": "{name} has the gate already. Name another guard.",
    "gate.not_on_post": "{name} is not on post, {taker} is. Record the handover between first.",
    "gate.no_such_item": (
        "`{item}` is not handed over at this gate. Known: {known} (`logi policy set gate.handover_items`)."
    ),
    "gate.items_lacking": "Not handed over: {items}.",
    "gate.not_rostered": "By the duty roster of {day} the gate is kept by {names}, not by {name}.",
    "gate.bad_plate": "`{text}` is no number plate.",
    "gate.bad_tail": "Give only the last four signs of the identity number. More is not kept.",
    "gate.bad_speed": "`{text}` is no speed in km/h.",
    "gate.bad_score": "`{text}` is no score from 0 to 100.",
    "gate.finding.number": "{number} at the gate was never given.",
    "gate.finding.left": "{number} left twice, or before coming in, or was never let in.",
    "gate.finding.shift": "{number} hands over a gate that somebody else had.",
    "gate.rule.inside": "Visitors and vehicles are signed out on the same day",
    "gate.rule.goods": "What was carried out comes back",
    "gate.rule.fast": "Who drives too fast at school is told",
    "gate.rule.certificate": "Guards hold a certificate",
    "gate.rule.training": "Guards are trained",
    "gate.rule.supervision": "Guards are supervised",
    "gate.rule.fault": "What supervision finds is settled",
    "gate.rule.post": "Somebody is on post, and is relieved",
    "gate.due.inside": "{day}: not signed out ({count}): {names}.",
    "gate.due.parked": "{plate} came in on {day} at {time} and did not go.",
    "gate.due.goods": "{goods}, carried out by {name}, was to be back by {day}.",
    "gate.due.fast": "{plate} was at {speed} km/h on {day}, {limit} are allowed; nobody told the driver.",
    "gate.due.none": "{name} keeps the gate without a guard's certificate.",
    "gate.due.expired": "The guard's certificate of {name} ended on {day}.",
    "gate.due.expiring": "The guard's certificate of {name} ends on {day}.",
    "gate.due.training": "{name} keeps the gate and was last trained on {day}.",
    "gate.due.supervision": "Nobody has looked at {name} on post since {day}.",
    "gate.due.fault": "{faults} ({names}) is to be settled.",
    "gate.due.nobody": "Guards are there, but nobody took the gate over.",
    "gate.due.long": "{name} is on post since {day} {time}: {hours} hours by midnight, {longest} are the most.",
    "gate.routine.handover": "Handover of the gate",
    "gate.routine.supervision": "Supervision of the guards",
    "gate.routine.training": "Training of the guards",
}
