@NullMarked
package matchback.ingest.apple;

import org.jspecify.annotations.NullMarked;
