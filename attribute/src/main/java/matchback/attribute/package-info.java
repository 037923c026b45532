/// Stage two: from what happened to what it means. In comes the keyed state of a click and the next
/// event of the ledger; out come a decision with its reason, the facts for reporting and the
/// intents for delivery. Everything here is a pure function of its arguments: no clock, no chance,
/// no file, no socket, so that folding the same history again gives the same decisions. Sees only
/// the model and the ledger; what other stages know reaches it as an event.
///
/// [Rules] is the way in; the engine that hosts the ledger calls it, on its folding thread. A
/// postback goes through these steps, and the first objection ends its way:
///
/// 1. [Admission]: the door's word, the sender, its proof, whose offer it is, the click's age;
/// 2. [Reading]: the fields, by the sender's mapping;
/// 3. [Matching]: the conversion it is about;
/// 4. [Counting] of a new conversion or [Joining] to the one that is there;
/// 5. whose the txid is: a txid that is new to the click is asked for at a subject of its own,
///    `tx:sender:txid`, which the first click to ask owns;
/// 6. [Capping]: a conversion that takes a place of its offer's day asks `cap:offer:day` for it;
/// 7. [Filing]: state, facts, intents and outcome; [Announcing] says who hears of it.
///
/// What an Apple device reports knows no click: [AppleJudging] takes the place of the first four
/// steps, and asks for the report's id at `tx:network:protocol:id:window`, which the first copy
/// owns. Its conversion stands in the subject of its record; nobody is told of it, but the report
/// itself may be handed on.
///
/// A held postback is kept whole in its subject's state until a person has decided it. [Reviewing]
/// finds it; the same steps then decide it again, with what the person said, by the catalog of the
/// review, and past what held it. Its sender and its click are not judged a second time.
///
/// What a browser saw beside conversions is kept and counted by [Browsing], up to a limit for each
/// click.
///
/// What always holds: each postback has one report in the state and one fact, with its current
/// decision; a conversion keeps the record id of the report that made it; nothing but the event's
/// own subject is read or written.
///
/// ## Facts
///
/// All facts of one decision have one version; version 1 of a subject is that of its click's fact,
/// which is derived from the event and not stored. All but refused postbacks without a click carry
/// the click's dimensions: `CLICK_AT CAMPAIGN SOURCE OFFER CREATIVE EXTERNAL_ID BOT`, subs and
/// traits.
///
/// | kind | id | at | further columns |
/// |---|---|---|---|
/// | CLICK | the click's record, 0 | click | `CLICK_ID IS_UNIQUE IS_BOT COST`; stored only for a prefetch that converted or whose page was seen |
/// | POSTBACK | the postback's record, 0 | receipt | `SENDER DECISION REASON WARNINGS` (codes with commas) `DETAIL FEED CLICK_ID CONVERSION_ID EVENT_TYPE STATUS TXID PAYOUT CURRENCY EVENT_AT` |
/// | CONVERSION | the first report's record, 1 | first report's receipt | `SENDER CLICK_ID CONVERSION_ID TXID EVENT_TYPE STATUS FEED` (the first one) `FEEDS WITNESSES FEED_GAP REVENUE PAYOUT CURRENCY ORDER_VALUE EVENT_AT` |
/// | REVERSAL | the reversing report's record, 2 | its receipt | as CONVERSION without order value and gap; `REVENUE` and `PAYOUT` negated |
/// | DELIVERY | the causing report's record, 10 + number | creation | `SENDER CLICK_ID CONVERSION_ID TXID EVENT_TYPE STATUS` (as it is told) `DESTINATION DELIVERY_STATE DELIVERY_NUMBER ATTEMPTS HTTP_STATUS` and `DETAIL` of the last attempt, `NEXT_AT` while it waits |
/// | BROWSER_EVENT | the browser's report, 1,000,000 + place in it | receipt | `CLICK_ID EVENT_TYPE` (its name) `FEED AMOUNT IS_BOT`; a replay leaves it as it is |
///
/// Of an Apple device's report POSTBACK and CONVERSION carry, instead of a click's dimensions, `APP
/// SOURCE_IDENTIFIER CONVERSION_WINDOW ATTRIBUTION CONVERSION_VALUE INTERACTION PUBLISHER COUNTRY`,
/// and `CAMPAIGN` and `SOURCE` by its app's settings; one that is not proven carries none of them.
///
/// A fact that a replay finds to be none any more is `WITHDRAWN`: no columns, under its id and
/// time.
///
/// A conversion's row is there in every status; sums leave out those with `STATUS` rejected. A
/// postback's `PAYOUT`, `STATUS` and `EVENT_TYPE` are the conversion's as of the decision, or what
/// the report said when it touched none.
@NullMarked
package matchback.attribute;

import org.jspecify.annotations.NullMarked;
