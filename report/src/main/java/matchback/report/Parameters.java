package matchback.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of a question and collects everything that is wrong with them. A parameter
/// that is empty counts as left out: forms send every field.
final class Parameters {
    private static final int MESSAGE_VALUE_CHARS_MAX = 60;
    private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Map<String, String> values;
    private final List<Problem> problems = new ArrayList<>();

    Parameters(Map<String, String> values) {
        this.values = values;
    }

    List<Problem> problems() {
        return problems;
    }

    void problem(String parameter, String message) {
        problems.add(new Problem(parameter, message));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /// The parts between commas.
    List<String> words(String name) {
        var words = new ArrayList<String>();
        for (var part : text(name).orElse("").split(",", -1)) {
            if (!part.isBlank()) {
                words.add(part.strip());
            }
        }
        return words;
    }

    ZoneId zone() {
        var text = text("tz");
        if (text.isEmpty()) {
            return ZoneOffset.UTC;
        }
        try {
            // A plus that was not encoded has become a space on its way here.
            return ZoneId.of(text.get().replace(' ', '+'));
        } catch (DateTimeException _) {
            var near = Nearest.of(text.get(), ZoneId.getAvailableZoneIds());
            problem("tz", "no time zone " + quoted(text.get()) + "; nearest is '" + near + "'");
            return ZoneOffset.UTC;
        }
    }

    /// A date (its first moment in the zone), a local date-time, or one with offset.
    @Nullable Instant instant(String name, ZoneId zone) {
        var text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        var instant = moment(text.get().replace(' ', '+'), zone);
        if (instant.isEmpty()) {
            problem(
                    name,
                    "no date or time "
                            + quoted(text.get())
                            + "; expected 2026-01-31, 2026-01-31T12:00 or 2026-01-31T12:00:00Z");
            return null;
        }
        if (instant.get().isBefore(EARLIEST) || instant.get().isAfter(LATEST)) {
            problem(name, quoted(text.get()) + " is out of range; expected 1971 to 2199");
            return null;
        }
        return instant.get();
    }

    private static Optional<Instant> moment(String text, ZoneId zone) {
        try {
            if (text.indexOf('T') < 0) {
                return Optional.of(LocalDate.parse(text).atStartOfDay(zone).toInstant());
            }
            var time = text.substring(text.indexOf('T'));
            return Optional.of(
                    time.indexOf('Z') >= 0 || time.indexOf('+') >= 0 || time.indexOf('-') >= 0
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    void checkOrder(@Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            problem("to", "not after from; from is inclusive, to exclusive");
        }
    }

    int number(String name, int min, int max, int otherwise) {
        var text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Answered below.
        }
        problem(name, quoted(text.get()) + "; expected a number from " + min + " to " + max);
        return otherwise;
    }

    boolean flag(String name) {
        var text = text(name).orElse("false");
        return switch (text) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> {
                problem(name, quoted(text) + "; expected true or false");
                yield false;
            }
        };
    }

    /// Complains about every filled parameter that is not among the known.
    void refuseUnknown(Collection<String> known) {
        for (var name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name) && text(name).isPresent()) {
                problem(name, unknown("parameter", name, known));
            }
        }
    }

    static String unknown(String what, String word, Collection<String> known) {
        return "no " + what + ' ' + quoted(word) + "; nearest is '" + Nearest.of(word, known) + "'";
    }

    static String quoted(String value) {
        return value.length() <= MESSAGE_VALUE_CHARS_MAX
                ? '\'' + value + '\''
                : '\'' + value.substring(0, MESSAGE_VALUE_CHARS_MAX) + "…'";
    }
}
