/// The test bench: makes a click that is marked as a test, sends the postback that a network would
/// send about it through the real listener, and holds what arrived against what was meant. A test
/// is decided like anything else, and nothing of it reaches reports or destinations.
@NullMarked
package matchback.console.bench;

import org.jspecify.annotations.NullMarked;
