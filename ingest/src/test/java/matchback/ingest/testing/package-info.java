/// Fakes and a raw HTTP client for the door's tests.
@NullMarked
package matchback.ingest.testing;

import org.jspecify.annotations.NullMarked;
