/// The command `simulate`: sends made-up traffic of [matchback.simulation.Traffic] to a server, or
/// writes it into a file, and tells by label what the server made of it. What is sent carries no
/// label; only the tally knows the truth.
@NullMarked
package matchback.server.simulate;

import org.jspecify.annotations.NullMarked;
