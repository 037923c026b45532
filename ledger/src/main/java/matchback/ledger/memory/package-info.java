/// The ledger in memory: the smallest engine, for tests and the simulation. Nothing survives.
@NullMarked
package matchback.ledger.memory;

import org.jspecify.annotations.NullMarked;
