package matchback.model.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// One thing somebody may do at the console or by the API. A role is a set of them, and the scopes
/// of a token are some of those of its owner.
public enum Permission {
    /// See numbers: the overview, reports, conversions, what validation found.
    REPORTS,
    /// See the records behind them: clicks, postbacks with raw requests, deliveries. These hold
    /// personal data.
    LOGS,
    /// See campaigns, offers, senders, destinations and all else that is set up.
    CATALOG_READ,
    /// Change it.
    CATALOG_WRITE,
    /// Hand in conversions, files of them, and requests that a proxy could not hand on.
    HAND_IN,
    /// Change what was decided: review, edit, replay, send again, hold and release.
    DECIDE,
    /// Try out what changes nothing: tests of senders and destinations, previews.
    TRY,
    /// Make and change users, and everybody's tokens.
    PEOPLE;

    /// As it is written in the API and on pages: `catalog-read`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Permission> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
