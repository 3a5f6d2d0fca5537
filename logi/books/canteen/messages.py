"""Every sentence of the canteen book."""

from logi.books.canteen.help_messages import HELP
from logi.books.canteen.listed_messages import LISTED

MESSAGES: dict[str, str] = {
    **HELP,
    **LISTED,
    "canteen.open.done": "The canteen cooks {meals} from {since} to {until}.",
    "canteen.close.done": "{until} is the last day on which the canteen cooks {meals}.",
    "canteen.serve.done": "{meal} on {on}: {heads} pupils and {staff} staff ate; leaders at table: {leaders}.",
    "canteen.accompany.done": "{leader} ate {meal} with the pupils on {on}: {said}.",
    "canteen.log.done": "{on} {meal}: {steps} recorded by {by}; looked at by {checker}.",
    "canteen.staff.add.done": (
        "{number} {name} handles food from {since} on ({job}); certificate of health {certificate}, good to "
        "{expires}."
    ),
    "canteen.staff.renew.done": (
        "{number} {name}, examined on {examined}: certificate of health {certificate}, good to {expires}."
    ),
    "canteen.staff.leave.done": "{number} {name} no longer handles food from {on} on.",
    "canteen.morning.done": "{on}: {by} looked at {count}, {fit} are fit; kept from work: {kept_off}.",
    "canteen.menu.plan.done": "{day} {meal}: {dishes}. Groups of food on that day: {groups}.",
    "canteen.menu.drop.done": "{day} {meal}: {dishes} off the menu ({reason}).",
    "canteen.sample.take.done": (
        "{on} {meal}: samples of {dishes}, {grams} g, kept by {by}; not before {until} may they go."
    ),
    "canteen.sample.throw.done": "{count} samples thrown away by {by} at {at}: {dishes}.",
    "canteen.season_there": (
        "From {since} to {until} the canteen cooks {meals} already. Close that season first, or choose other "
        "days."
    ),
    "canteen.no_season": "The canteen does not cook on {day}. Open a season with `logi canteen open lunch`.",
    "canteen.no_terms": (
        "No term is entered: every workday counts as a day of cooking. Enter terms with `logi term add`."
    ),
    "canteen.served_already": "{meal} of {day} is on record. If it was wrong, undo that entry first.",
    "canteen.nobody_ate_along": (
        "No leader ate {meal} with the pupils on {day}: `logi canteen accompany {code} PERSON --on {day}`."
    ),
    "canteen.not_in_season": "The canteen does not cook {meal} on {day} by its season (`logi canteen open`).",
    "canteen.sat_already": "{person} is on record for {meal} of {day}.",
    "canteen.cook_is_no_guest": "{person} works in the canteen: to eat with the pupils is for the school's leaders.",
    "canteen.checked_oneself": "{person} cannot look at their own work. Name another --checker.",
    "canteen.oil_to_whom": "Kitchen waste goes to somebody: give --vendor and --quantity.",
    "canteen.out_of_range": "{step}: {celsius} ℃ is outside {least} to {most}; it does not count as done.",
    "canteen.not_certified": (
        "The certificate of health of {person} holds from {examined} to {expires}, not on {day}. Renew it "
        "with `logi canteen staff renew {code}`, or keep {person} from work."
    ),
    "canteen.never_certified": (
        "{person} has no certificate of health. Enter it with `logi canteen staff renew {code}`, or keep "
        "{person} from work with --away."
    ),
    "canteen.not_fit": (
        "{person} was found {result} in the morning of {day} and does not work with food. Name somebody "
        "else."
    ),
    "canteen.which_meal": "For which meal was that: {step}? Add --meal.",
    "canteen.one_temperature": "Each of these has its own temperature: {steps}. Record them one by one.",
    "canteen.how_warm": "How warm was it: {step}? Add --celsius.",
    "canteen.disinfected_how": "Disinfected by what: heat, chlorine? Add --method.",
    "canteen.cleaned_when": "Cleaning has set times: add --at, like --at 13:30.",
    "canteen.checked_by_whom": "A second person looks at it: {step}. Add --checker.",
    "canteen.two_days": "--at says {at}, --on says {on}. Leave one out.",
    "canteen.worker_there": "{person} handles food since {since} already.",
    "canteen.no_certificate": (
        "{person} has no certificate of health yet and may not work with food: `logi canteen staff renew "
        "{code} --examined DAY`."
    ),
    "canteen.examined_before": "{person} was examined on {last} already. Give the later day.",
    "canteen.examined_when": "The certificate holds from an examination on: give --examined.",
    "canteen.certificate_too_long": (
        "Examined on {examined}, the certificate holds at most to {longest}, not to {until}."
    ),
    "canteen.left_before": "{person} handles food since {since}; the last day cannot lie before.",
    "canteen.no_worker": (
        "{person} is not on the list of those who handle food. Add them with `logi canteen staff add "
        "{code}`."
    ),
    "canteen.no_workers": (
        "Nobody is on the list of those who handle food on {day}. Add them with `logi canteen staff add`."
    ),
    "canteen.named_twice": "{person} is named twice. Name everybody once.",
    "canteen.looked_already": (
        "The morning look of {day} is on record. Name those who changed with --ill, --dress or --away."
    ),
    "canteen.kept_off": "Not allowed to work with food today: {people}.",
    "canteen.bad_complaint": "`{text}` does not say who and what: write PERSON=TEXT.",
    "canteen.bad_sample": "`{text}` is no sample: write DISH=GRAMS, like 米饭=130.",
    "canteen.bad_dish": "`{text}` is no dish: write DISH or DISH=GROUP,GROUP.",
    "canteen.dish_there": "{dish} is on the menu for {meal} of {day} as it is.",
    "canteen.risky": "{dish}: the authority advises schools against this ({words}).",
    "canteen.no_dish": "{dish} is not on the menu for {meal} of {day}.",
    "canteen.dish_cooked": "A sample shows that {dish} was cooked on {day}; it stays on the menu.",
    "canteen.too_little": "{dish}: {grams} g is too little, at least {least} g of each dish are kept. Weigh again.",
    "canteen.sampled_already": "A sample of {dish} for {meal} of {day} is kept already.",
    "canteen.not_on_menu": "{dish} is not on the menu for {meal} of {day}.",
    "canteen.without_sample": "On the menu, and no sample of it yet: {dishes}.",
    "canteen.nothing_to_throw": "No sample may go at {at}: none is kept, or its hours are not over.",
    "canteen.thrown_already": "{number} was thrown away on {day}.",
    "canteen.too_early": "{number} {dish} is kept for {hours} hours only, and {least} are asked. It may go at {until}.",
    "canteen.no_sample": "There is no sample {number}. See `logi canteen sample list`.",
    "canteen.comma": ", ",
    "canteen.gap_of_meal": "{meal}: {what}",
    "canteen.due.none": "{person} handles food without a certificate of health.",
    "canteen.due.expired": "The certificate of health of {person} ended on {expires}.",
    "canteen.due.expiring": "The certificate of health of {person} ends on {expires}.",
    "canteen.due.day": "{day}: {count} of {asked} records of the canteen are missing: {missing}",
    "canteen.due.menu": "{day} has no menu yet: {meals}.",
    "canteen.due.samples": "{count} samples are past their hours and not thrown away, the oldest of {day}.",
    "canteen.rule.certificate": "Whoever handles food has a certificate of health that holds.",
    "canteen.rule.records": "Each day of cooking has its hygiene records.",
    "canteen.rule.menu": "The menu stands before the day.",
    "canteen.rule.samples": "Samples past their hours are thrown away.",
    "canteen.routine.morning": "Morning look at the canteen's people",
    "canteen.routine.sample": "Samples of every dish of every meal",
    "canteen.routine.log": "The canteen's hygiene records of the day",
    "canteen.finding.number": "The sample {number} bears a number that was never given.",
    "canteen.finding.thrown": "{number} was thrown away before it was taken, or was never taken.",
    "canteen.finding.twice": "{meal} of {day} is on record twice.",
    "canteen.meal.breakfast": "breakfast",
    "canteen.meal.lunch": "lunch",
    "canteen.meal.dinner": "dinner",
    "canteen.meal.snack": "snack",
    "canteen.step.wash": "vegetables washed",
    "canteen.step.apart": "raw and cooked apart",
    "canteen.step.cook": "cooked through",
    "canteen.step.cover": "cooked food covered",
    "canteen.step.disinfect": "tableware disinfected",
    "canteen.step.keep": "tableware kept clean",
    "canteen.step.clean": "cleaning",
    "canteen.step.storage": "store looked through",
    "canteen.step.fridge": "fridge temperature",
    "canteen.step.freezer": "freezer temperature",
    "canteen.step.pests": "pests kept out",
    "canteen.step.oil": "kitchen waste handed over",
    "canteen.step.tour": "the head's round",
    "canteen.record.menu": "menu",
    "canteen.record.morning": "morning look",
    "canteen.record.samples": "samples",
    "canteen.record.served": "meal served",
    "canteen.record.leader": "leader at table",
    "canteen.record.wash": "vegetables washed",
    "canteen.record.apart": "raw and cooked apart",
    "canteen.record.cook": "cooked through",
    "canteen.record.cover": "cooked food covered",
    "canteen.record.disinfect": "tableware disinfected",
    "canteen.record.keep": "tableware kept clean",
    "canteen.record.clean": "cleaning",
    "canteen.record.storage": "store looked through",
    "canteen.record.fridge": "fridge temperature",
    "canteen.record.freezer": "freezer temperature",
    "canteen.record.pests": "pests kept out",
    "canteen.record.oil": "kitchen waste handed over",
    "canteen.record.tour": "the head's round",
    "canteen.result.fit": "fit",
    "canteen.result.ill": "ill",
    "canteen.result.dress": "badly dressed",
    "canteen.result.away": "away",
    "canteen.group.grain": "cereals",
    "canteen.group.vegetable": "vegetables and fruit",
    "canteen.group.meat": "fish, meat and eggs",
    "canteen.group.milk": "milk and soya",
    "canteen.kept.kept": "kept",
    "canteen.kept.over": "may go",
    "canteen.kept.thrown": "thrown away",
    "canteen.health.none": "none",
    "canteen.health.expired": "expired",
    "canteen.health.expiring": "expiring",
    "canteen.health.valid": "valid",
    "canteen.passed.passed": "good",
    "canteen.passed.failed": "not good",
    "canteen.inspect.done": (
        "{number} ({goods}): looked at by {by} on {on}; licence {licence}, certificate {certificate}, made "
        "by {maker} on {made}."
    ),
    "canteen.discard.done": "{goods} thrown away by {by} on {on} ({reason}); written off at {value}, slip {number}.",
    "canteen.book.done": "{side} on {on}: {kind} {amount}; voucher {voucher}.",
    "canteen.tour.done": "{by} went round on {on} (meal: {meal}); problems found: {count}.",
    "canteen.raise.done": "{number} ({kind}): {words}; from {source}; {owner} answers by {due}.",
    "canteen.answer.done": "{number} ({words}) answered by {by} on {on}: {answer}.",
    "canteen.no_food_in": "{number} brought no food in.",
    "canteen.before_it_came": "{number} came on {came}; it cannot be looked at before.",
    "canteen.inspected_already": "{number} was looked at on {day} already.",
    "canteen.too_few_inspectors": (
        "At least {least} different people look at food that comes in, not {count}. Name each with --by."
    ),
    "canteen.two_inspectors": "Two names are put on record. Give --by twice.",
    "canteen.buyer_inspects": "{person} bought this and cannot also look at it. Name somebody else.",
    "canteen.licence_over": (
        "The licence of {vendor} ended on {day}. Give the new one with --licence, or send the goods back."
    ),
    "canteen.no_licence": (
        "No licence of the seller ({vendor}) is known. Give --licence, or enter it with `logi vendor edit`."
    ),
    "canteen.past_its_day": "{item} was past its last day, {day}. Send it back.",
    "canteen.three_no": (
        "Maker and day of making must be known of all food: {items}. Give --maker and --made, or send it "
        "back."
    ),
    "canteen.not_food": "{item} is no food. Write it off with `logi stock adjust`.",
    "canteen.no_amount": "An amount of nought books nothing. Give the amount.",
    "canteen.voucher_there": "Voucher {voucher} is booked as {kind} already.",
    "canteen.due_before": "The answer cannot be due on {due}, before {day}. Choose a later --due.",
    "canteen.no_run": "There is no check {number}. See `logi check results`.",
    "canteen.nobody_answers": "Nobody is named who answers {number}: it waits for whoever takes it.",
    "canteen.no_matter": "Nothing was brought up under {number}. See `logi canteen matters`.",
    "canteen.answered_already": "{number} was answered on {day}.",
    "canteen.answered_before": "{number} was brought up on {day}; the answer cannot be older.",
    "canteen.held": "{number} is held until {until}: it was taken shortly before the accident with food {accident}.",
    "canteen.due.matter": "{kind}: {words} (answers: {owner})",
    "canteen.due.above": (
        "{month}: {margin} of the canteen's income is left, more than {percent}%. Give it back to the meals."
    ),
    "canteen.due.below": "{month}: {margin} of the canteen's income is left; the loss is more than {percent}%.",
    "canteen.rule.matter": "What is brought up is answered in time.",
    "canteen.rule.margin": "The canteen makes neither a profit nor a loss beyond the band.",
    "canteen.record.goods": "goods looked at",
    "canteen.matter.problem": "problem",
    "canteen.matter.opinion": "opinion",
    "canteen.matter.improvement": "improvement",
    "canteen.answered.answered": "answered",
    "canteen.answered.waiting": "waiting",
    "canteen.answered.late": "late",
    "canteen.money.meals": "meal fees",
    "canteen.money.subsidy": "subsidy",
    "canteen.money.other-income": "other income",
    "canteen.money.stock-food": "food from the storeroom",
    "canteen.money.food": "food bought fresh",
    "canteen.money.fuel": "fuel, water and power",
    "canteen.money.labour": "labour",
    "canteen.money.other-cost": "other outlay",
    "canteen.side.income": "income",
    "canteen.side.outlay": "outlay",
    "canteen.margin.within": "within the band",
    "canteen.margin.above": "too much left",
    "canteen.margin.below": "too much spent",
    "canteen.margin.none": "no income",
    "canteen.line.income": "income",
    "canteen.line.outlay": "outlay",
    "canteen.line.goods-in": "goods in",
    "canteen.line.goods-out": "goods out",
    "canteen.line.goods-back": "goods back",
    "canteen.line.spoiled": "thrown away",
    "canteen.line.found": "found",
    "canteen.line.sample": "sample",
    "canteen.looked.looked": "looked at",
    "canteen.looked.accepted": "accepted with the purchase",
    "canteen.looked.missing": "missing",
}
