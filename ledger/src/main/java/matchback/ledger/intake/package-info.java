/// The way in for reports that do not come over the tracking listener: rows of a call of the API or
/// of a file, and requests that a proxy in front of us could not hand on.
///
/// The console takes them and the door of ingest makes events of them; neither knows the other, so
/// what they say to each other stands here.
@NullMarked
package matchback.ledger.intake;

import org.jspecify.annotations.NullMarked;
