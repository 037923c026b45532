package matchback.console.pages;

import java.util.List;

/// One postback: what was decided, why, and what exactly came in.
///
/// @param message what happened
/// @param advice what to do about it
/// @param detail what exactly was found; empty for nothing more
/// @param warnings what was assumed
/// @param request the raw request with secrets masked; empty when it was erased
/// @param read the parameters that were read, by name
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
        String detail,
        List<Warning> warnings,
        List<Detail> facts,
        List<Detail> read,
        String request,
        List<Detail> receipt,
        List<Detail> said,
        List<ReviewPanel> review) {

    record Warning(String code, String message, String advice) {}
}
