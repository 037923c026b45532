/// Stage one: the door. In comes HTTP on the tracking listener: clicks, postbacks, and what pages
/// tell by script and pixel. This stage checks syntax and size, finds the click id, and puts the
/// raw request into the ledger; only when the ledger says that the record is durable is the caller
/// answered. It decides nothing about conversions, that is the next stage's work.
///
/// [matchback.ingest.ClickDoor], [matchback.ingest.PostbackDoor] and [matchback.ingest.BrowserDoor]
/// turn a request into an event, [matchback.ingest.AnswerWriter] turns an outcome into an answer;
/// none of them knows a socket. [matchback.ingest.http.TrackingServer] runs them on the event
/// loops, which nothing here may ever block. What is personal goes into the personal block, and
/// secrets go nowhere: tokens leave the door as keyed fingerprints only.
@NullMarked
package matchback.ingest;

import org.jspecify.annotations.NullMarked;
