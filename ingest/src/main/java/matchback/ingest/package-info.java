/// Stage one: the door. In comes HTTP on the tracking listener: clicks, postbacks, pixels, browser
/// events. This stage checks syntax and size, finds the click id, and puts the raw request into the
/// ledger; only when the ledger says that the record is durable is the caller answered. It decides
/// nothing about conversions, that is the next stage's work. Requests run on the event loops and
/// must never block one.
@NullMarked
package matchback.ingest;

import org.jspecify.annotations.NullMarked;
