package matchback.server;

import java.util.Locale;

/// What the doctor found in one place.
///
/// @param weight how bad it is
/// @param place what was looked at
/// @param found what was found, and what to do if it is not well
record Verdict(Weight weight, String place, String found) {

    enum Weight {
        OK,
        /// Works, but something is missing or slow.
        WARN,
        /// Will not work.
        FAIL
    }

    static Verdict ok(String place, String found) {
        return new Verdict(Weight.OK, place, found);
    }

    static Verdict warn(String place, String found) {
        return new Verdict(Weight.WARN, place, found);
    }

    static Verdict fail(String place, String found) {
        return new Verdict(Weight.FAIL, place, found);
    }

    String line() {
        return String.format(
                Locale.ROOT, "%-5s %-14s %s", weight.name().toLowerCase(Locale.ROOT), place, found);
    }
}
