package matchback.simulation;

import java.time.Instant;

/// Something that somebody does, and that reaches the tracker as one request.
public sealed interface Act permits Visit, Report {
    /// When the request comes in, in virtual time, to the millisecond.
    Instant at();

    /// The truth about it, which no request says.
    Label label();
}
