package matchback.console.pages;

import java.util.List;

/// One postback: what was decided, why, and what exactly came in.
///
/// @param message what happened
/// @param advice what to do about it
/// @param ways where it can be done; none when there is no page for it
/// @param detail what exactly was found; empty for nothing more
/// @param warnings what was assumed
/// @param steps in the order they were taken; none of a record of an earlier build
/// @param request the raw request with secrets masked; empty when it was erased
/// @param read the parameters that were read, by name
/// @param deliveries those it caused
/// @param told who was told of the conversion it is about; empty when it is about none
/// @param said what a person made of it while it was held; empty when nobody had to
/// @param review where it is decided, at most one; none when it is not held
record PostbackPage(
        Frame frame,
        String recordId,
        When at,
        String decision,
        String reason,
        String message,
        String advice,
        List<Detail> ways,
        String detail,
        List<Warning> warnings,
        List<Taken> steps,
        List<Detail> facts,
        List<Detail> read,
        String request,
        List<Detail> receipt,
        List<DeliveryRow> deliveries,
        List<Told> told,
        List<Detail> said,
        List<ReviewPanel> review) {

    /// A step on the way to the decision.
    record Taken(String code, String text) {}

    record Warning(String code, String message, String advice) {}
}
