package matchback.console;

import java.nio.file.Path;
import java.util.function.Supplier;
import matchback.ledger.Cabinet;
import matchback.ledger.Sandbox;
import matchback.ledger.intake.Intake;
import matchback.ledger.intake.Rescue;

/// What reports that are handed in at the console need.
///
/// @param intake makes events of them
/// @param rescue makes events of requests that a proxy could not hand on
/// @param cabinet keeps what a call that is sent again must find
/// @param sandboxes makes a dry run upon all that is stored now
/// @param folder where files lie while they are worked on; what is in it may be thrown away at the
///   next start
public record Handover(
        Intake intake, Rescue rescue, Cabinet cabinet, Supplier<Sandbox> sandboxes, Path folder) {}
