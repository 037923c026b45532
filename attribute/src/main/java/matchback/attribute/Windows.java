package matchback.attribute;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.ClickState;
import matchback.model.Field;
import matchback.model.PostbackReader;
import matchback.model.Reason;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// The attribution window: how long after the click its first conversion may come. The offer's own
/// is fixed with the click; event types may have others, by the offer as it is now.
final class Windows {
    private Windows() {}

    /// What the offer's own window objects to; nothing where event types have windows, because it
    /// is not known yet what the report is about.
    static Optional<Objection> objection(ClickState click, Case of, Optional<Sender> sender) {
        return byEvent(of.catalog(), click).isEmpty()
                ? objection(click, happenedAt(of.postback(), sender), own(click), "")
                : Optional.empty();
    }

    /// What the window of an event type objects to, where types have windows.
    ///
    /// @param eventType empty when it is not known: then the longest window counts
    static @Nullable Objection objection(String eventType, Case of, Party party) {
        var click = party.click();
        if (click == null || click.convertedAt() != 0 || of.isAdmitted()) {
            return null;
        }
        var windows = byEvent(of.catalog(), click);
        if (windows.isEmpty()) {
            return null;
        }
        long at = happenedAt(of.postback(), Optional.ofNullable(party.sender()));
        return objection(click, at, window(click, windows, eventType), eventType).orElse(null);
    }

    private static Map<String, Integer> byEvent(Catalog catalog, ClickState click) {
        return catalog.offer(click.offer()).map(Offer::windowsByEvent).orElse(Map.of());
    }

    private static Duration window(
            ClickState click, Map<String, Integer> windows, String eventType) {
        if (!eventType.isEmpty()) {
            var days = windows.get(eventType);
            return days == null ? own(click) : Duration.ofDays(days);
        }
        var longest = Duration.ofDays(Collections.max(windows.values()));
        return longest.compareTo(own(click)) > 0 ? longest : own(click);
    }

    private static Duration own(ClickState click) {
        return Duration.ofMillis(click.windowEndsAt() - click.clickedAt());
    }

    /// The time that a window is judged by: the receipt, unless an operator hands in later what
    /// happened earlier and says when.
    private static long happenedAt(PostbackReceived postback, Optional<Sender> sender) {
        return postback.feed().isOperators()
                ? new PostbackReader(postback.params(), sender)
                        .text(Field.EVENT_TIME)
                        .flatMap(text ->
                                EventTime.read(text, sender.map(Sender::timeZone).orElse(null)))
                        .filter(at -> at < postback.receivedAt())
                        .orElse(postback.receivedAt())
                : postback.receivedAt();
    }

    /// @param eventType for which the window is; empty for all
    private static Optional<Objection> objection(
            ClickState click, long at, Duration window, String eventType) {
        var age = Duration.ofMillis(at - click.clickedAt());
        if (age.compareTo(window) <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Objection(
                        Reason.TOO_LATE,
                        "the click is "
                                + age.toDays()
                                + " days old; the window of offer "
                                + Notes.quoted(click.offer())
                                + (eventType.isEmpty() ? "" : " for " + Notes.quoted(eventType))
                                + " is "
                                + window.toDays()
                                + " days"));
    }
}
