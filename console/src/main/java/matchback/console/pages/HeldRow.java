package matchback.console.pages;

/// A held postback in the queue.
///
/// @param action where its verdict is sent to
/// @param needed the field an approval must name; empty for none
record HeldRow(PostbackRow postback, String action, String needed) {}
