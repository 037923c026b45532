package matchback.console.pages;

/// A delivery in a list.
///
/// @param answer the last HTTP status, or – without any answer
record DeliveryRow(
        When at,
        String destination,
        String state,
        String attempts,
        String answer,
        When nextTry,
        String event,
        String campaign,
        String clickId) {

    public String clickHref() {
        return "/clicks/" + Visit.encode(clickId);
    }

    public String clickShort() {
        return Formats.shortId(clickId);
    }
}
