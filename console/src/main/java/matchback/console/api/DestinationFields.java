package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.DestinationType.Setting;

/// The fields of a destination, as the description of the API has them.
final class DestinationFields {
    static final int CONCURRENCY_MAX = 256;
    static final int PER_SECOND_MAX = 100_000;

    private DestinationFields() {}

    static List<FieldSpec> all() {
        return List.of(
                FieldSpec.optional(
                        "type",
                        Schema.text("One of GET /api/v1/destination-types; never changes", 64)),
                FieldSpec.optional(
                        "settings",
                        Schema.map(
                                "By the names that its type gives them",
                                Schema.text("A value", Setting.CHARS_MAX))),
                FieldSpec.optional(
                        "secrets",
                        Schema.map(
                                "Given in clear, kept sealed and never shown again: \"set\" stands"
                                        + " for one that is there, and keeps it; null drops it",
                                Schema.orNull(Schema.text("A secret")))),
                FieldSpec.optional("scope", scope()),
                FieldSpec.optional("conditions", conditions()),
                FieldSpec.optional(
                        "moments",
                        Schema.list(
                                "What it hears of; standard: approved",
                                Schema.words("A moment", DestinationKind.momentWords()))),
                FieldSpec.optional(
                        DestinationKind.BROWSER_EVENTS,
                        Schema.list(
                                "Names of browser events it is told of beside conversions, such as"
                                        + " page_view; standard: none",
                                Schema.text("A name", 40))),
                FieldSpec.optional("sum", sum()),
                FieldSpec.optional(
                        "eventNames",
                        Schema.map(
                                "Our event type to the destination's name of it",
                                Schema.text("Its name", 64))),
                FieldSpec.optional("pace", pace()),
                FieldSpec.optional(
                        "paused", Schema.flag("Whether nothing is sent until it is resumed")));
    }

    private static ObjectNode scope() {
        return Schema.object(
                "Whose conversions it is told of; an empty list stands for all",
                List.of(
                        FieldSpec.optional("campaigns", keys("campaigns")),
                        FieldSpec.optional("sources", keys("traffic sources")),
                        FieldSpec.optional("offers", keys("offers"))));
    }

    private static ObjectNode keys(String what) {
        return Schema.list("Keys of " + what, Schema.text("A key", 64));
    }

    private static ObjectNode conditions() {
        return Schema.object(
                "Which of them it is told of",
                List.of(
                        FieldSpec.optional(
                                "eventTypes",
                                Schema.list("Empty: all", Schema.text("An event type", 64))),
                        FieldSpec.optional(
                                "payoutMin", Schema.amount("Least payout in the report currency")),
                        FieldSpec.optional(
                                "percent", Schema.integer("How many of a hundred", 1, 100)),
                        FieldSpec.optional(
                                "delaySeconds",
                                Schema.integer(
                                        "How long after the moment",
                                        0,
                                        Conditions.DELAY_SECONDS_MAX))));
    }

    private static ObjectNode sum() {
        return Schema.object(
                "Which amount it is told",
                List.of(
                        FieldSpec.optional(
                                "of",
                                Schema.words(
                                        "The payout, the order's value (else the payout), or none",
                                        List.of("payout", "value", "none"))),
                        FieldSpec.optional(
                                "percent", Schema.integer("The part of it that is told", 1, 100))));
    }

    private static ObjectNode pace() {
        return Schema.object(
                "How fast it is sent to; null: as the installation is set up",
                List.of(
                        FieldSpec.optional(
                                "concurrency",
                                Schema.orNull(
                                        Schema.integer(
                                                "Requests under way at a time",
                                                1,
                                                CONCURRENCY_MAX))),
                        FieldSpec.optional(
                                "perSecond",
                                Schema.orNull(
                                        Schema.integer("Requests a second", 1, PER_SECOND_MAX)))));
    }
}
