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
        List<Detail> receipt) {

    record Warning(String code, String message, String advice) {}
}
