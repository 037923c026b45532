package matchback.model.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.model.catalog.Destination.Moment;

/// What must be known to connect one kind of destination. Form, API, checks and documentation are
/// made from this one place.
///
/// @param type what stands in [Destination#type], for example `meta`
/// @param name as people call it
/// @param summary one sentence: what it is for
/// @param settings in the order in which they are asked for
/// @param eventNames its names of our event types, where the operator gives none; a type that is
///   not among them goes by our own name
/// @param moments what it can be told; a platform that cannot take anything back hears no REJECTED
/// @param page of the documentation, for example `adapters/meta.md`
public record DestinationType(
        String type,
        String name,
        String summary,
        List<Setting> settings,
        Map<String, String> eventNames,
        Set<Moment> moments,
        String page) {

    /// One thing to be told, or a secret to be given.
    ///
    /// @param name in [Destination#settings], or in [Destination#sealedSecrets] for a secret
    /// @param label for people
    /// @param hint where to find it, and what it does; one or two sentences
    /// @param standard the value where none is given; empty for none
    /// @param choices the values it can have; empty: any
    /// @param form a regular expression that the whole value matches; empty: any
    /// @param hasLines whether it may have line breaks, such as the text of a key file
    public record Setting(
            String name,
            String label,
            String hint,
            boolean isRequired,
            boolean isSecret,
            String standard,
            List<String> choices,
            String form,
            boolean hasLines) {
        public static final int CHARS_MAX = 4_096;

        public Setting {
            choices = List.copyOf(choices);
        }

        public static Setting required(String name, String label, String hint) {
            return new Setting(name, label, hint, true, false, "", List.of(), "", false);
        }

        public static Setting optional(String name, String label, String hint) {
            return new Setting(name, label, hint, false, false, "", List.of(), "", false);
        }

        /// A required secret.
        public static Setting secret(String name, String label, String hint) {
            return new Setting(name, label, hint, true, true, "", List.of(), "", false);
        }

        public static Setting optionalSecret(String name, String label, String hint) {
            return new Setting(name, label, hint, false, true, "", List.of(), "", false);
        }

        public Setting otherwise(String value) {
            return new Setting(
                    name, label, hint, isRequired, isSecret, value, choices, form, hasLines);
        }

        public Setting oneOf(String... values) {
            var all = List.of(values);
            return new Setting(
                    name, label, hint, isRequired, isSecret, standard, all, form, hasLines);
        }

        public Setting like(String regularExpression) {
            return new Setting(
                    name,
                    label,
                    hint,
                    isRequired,
                    isSecret,
                    standard,
                    choices,
                    regularExpression,
                    hasLines);
        }

        public Setting withLines() {
            return new Setting(
                    name, label, hint, isRequired, isSecret, standard, choices, form, true);
        }

        /// What is wrong with a value, as the end of a sentence that begins with the setting's
        /// name; empty when it can be used. A secret's value is not in it.
        public Optional<String> problem(String value) {
            if (value.isBlank()) {
                return isRequired && standard.isEmpty()
                        ? Optional.of("is missing: " + hint)
                        : Optional.empty();
            }
            if (value.length() > CHARS_MAX) {
                return Optional.of("is longer than " + CHARS_MAX + " characters");
            }
            if (value.chars().anyMatch(this::isOutOfPlace)) {
                return Optional.of("has a control character or a line break in it");
            }
            if (!choices.isEmpty() && !choices.contains(value)) {
                return Optional.of("must be one of " + String.join(", ", choices));
            }
            if (!form.isEmpty() && !Pattern.matches(form, value)) {
                return Optional.of("does not look like one: " + hint);
            }
            return Optional.empty();
        }

        private boolean isOutOfPlace(int c) {
            boolean isLayout = c == '\n' || c == '\r' || c == '\t';
            return c == 0x7F || (c < ' ' && !(hasLines && isLayout));
        }
    }

    public DestinationType {
        settings = List.copyOf(settings);
        eventNames = Map.copyOf(eventNames);
        moments = Set.copyOf(moments);
    }

    public Optional<Setting> setting(String named) {
        return settings.stream().filter(setting -> setting.name().equals(named)).findFirst();
    }
}
