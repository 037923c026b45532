/// Measures the program from outside, against a peer on the same machine in the same run.
///
/// The peer is nginx that answers every request with `return 302` and writes a buffered access log:
/// what a redirect costs when nothing has to be kept. The load is wrk. Rounds alternate between the
/// two, so that a machine that gets slower meanwhile is slower for both. A run counts only if the
/// records on the server's disk equal the answers it gave, and those equal what wrk saw.
@NullMarked
package matchback.bench;

import org.jspecify.annotations.NullMarked;
