package matchback.console.pages;

/// A delivery in a list.
///
/// @param age how long ago it was made
/// @param href its own page
/// @param destinationHref page of its destination
/// @param answer the last HTTP status, or – without any answer
/// @param note what was said of the last answer; empty for nothing
public record DeliveryRow(
        When at,
        String age,
        String href,
        String destination,
        String destinationHref,
        String state,
        String attempts,
        String answer,
        String note,
        When nextTry,
        String event,
        String txid,
        String campaign,
        String clickId) {

    public String clickHref() {
        // A report of another tracker's click has none here.
        return clickId.isEmpty() ? href : "/clicks/" + Visit.encode(clickId);
    }

    public String clickShort() {
        return clickId.isEmpty() ? Formats.MISSING : Formats.shortId(clickId);
    }
}
