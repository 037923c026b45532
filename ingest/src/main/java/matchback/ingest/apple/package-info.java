/// Apple's postbacks: SKAdNetwork 1.0 to 4.0 and AdAttributionKit. Reads them, and proves them by
/// Apple's published keys. Knows no socket and no ledger.
///
/// Conversion values are signed in neither protocol: whoever holds a genuine postback can send it
/// again with another value. So the first copy of an id is the one that holds.
@NullMarked
package matchback.ingest.apple;

import org.jspecify.annotations.NullMarked;
