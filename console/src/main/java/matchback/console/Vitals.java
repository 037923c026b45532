package matchback.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the running installation is: what the probes and `/metrics` show. The server implements it,
/// because it alone knows all the parts.
public interface Vitals {

    /// Whether the installation can do its work now.
    Readiness readiness();

    /// All metrics in Prometheus text format 0.0.4.
    String metrics();

    /// When a page of a campaign last told something by script or pixel; empty when none has since
    /// the start.
    Optional<Instant> pagesSeen(String campaign);

    /// @param ready whether requests should be sent here
    /// @param checks the parts it follows from
    record Readiness(boolean ready, List<Check> checks) {

        public Readiness {
            checks = List.copyOf(checks);
        }
    }

    /// @param name of the part, for example `ledger`
    /// @param detail what was found, one sentence or empty; never personal, never secret
    record Check(String name, boolean ok, String detail) {}
}
