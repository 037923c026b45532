/// Doubles of the platforms: real HTTP servers on 127.0.0.1 that enforce what a platform's
/// documentation says, remember what they took, drop repeats as the platform does, and can be told
/// to misbehave. For tests, the demonstration and the test bench; nothing that serves real traffic
/// calls them.
///
/// Each is the platform's rules over a [matchback.deliver.doubles.LocalServer]. What a platform
/// does beyond its documentation is not known and not played.
@NullMarked
package matchback.deliver.doubles;

import org.jspecify.annotations.NullMarked;
