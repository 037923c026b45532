package matchback.attribute;

import matchback.model.Reason;

/// What keeps a report from touching any conversion: refused, held, or another click's.
///
/// @param detail what exactly was found, one sentence without a full stop, or empty
record Objection(Reason reason, String detail) {

    /// Whether the report is never counted, whatever a person decides.
    boolean isRefusal() {
        return switch (reason.decision()) {
            case REFUSED -> true;
            case COUNTED, UPDATED, DUPLICATE, HELD -> false;
        };
    }
}
