package matchback.ledger;

import matchback.model.Subject;

/// What a decision makes the host do besides writing state.
public sealed interface Intent {

    /// Append another event; it is decided in the same unit of work where the host can.
    record Append(Event event) implements Intent {}

    /// Put a delivery into the outbox of its destination.
    record Schedule(OutboxEntry entry) implements Intent {}

    /// Take a delivery out of the outbox.
    record Unschedule(OutboxEntry entry) implements Intent {}

    /// @param destination key of the destination whose queue it is in
    /// @param dueAt epoch milliseconds
    /// @param delivery number of the delivery within the subject
    record OutboxEntry(String destination, long dueAt, Subject subject, int delivery) {}
}
