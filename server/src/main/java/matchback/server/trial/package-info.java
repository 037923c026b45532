/// The test bench: plays a template's report against a tracker in memory.
@NullMarked
package matchback.server.trial;

import org.jspecify.annotations.NullMarked;
