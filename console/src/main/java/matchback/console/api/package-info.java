/// The JSON API: catalog, clicks, lists and reports, the probes, and the description of it all.
///
/// A call comes in on a virtual thread with its body read; an [matchback.console.api.Answer] goes
/// out. What the caller did wrong is an answer too (RFC 9457), never an exception.
@NullMarked
package matchback.console.api;

import org.jspecify.annotations.NullMarked;
