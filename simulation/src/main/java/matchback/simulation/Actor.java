package matchback.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody who acts by and by: the honest crowd, or one attacker.
interface Actor {
    /// When it acts next; never before the time it acted last. Null when it is done.
    @Nullable Instant next();

    /// Acts: puts on the agenda what happens now and what follows from it.
    void act(Agenda agenda);
}
