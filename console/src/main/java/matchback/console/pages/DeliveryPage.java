package matchback.console.pages;

import java.util.List;

/// One delivery with every attempt.
///
/// @param state word of where it stands
/// @param said what was just done about it; empty for nothing
/// @param advice what the state means and what to do; empty when all is well
/// @param resendAction where it is sent again; empty when it cannot be
/// @param values what it is filled from
record DeliveryPage(
        Frame frame,
        String title,
        String state,
        String said,
        String advice,
        String resendAction,
        List<Detail> facts,
        List<Detail> values,
        List<Try> tries) {

    /// @param result `delivered`, `retry`, `dead` or `parked`
    /// @param answer HTTP status, or – without one
    record Try(
            String number,
            When at,
            String result,
            String answer,
            String millis,
            String note,
            String url) {}
}
