package matchback.deliver.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.deliver.Judgement;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// A platform that does not exist, whole; it stands in docs/adapters.md.
final class ExamplePlatform {
    private static final DestinationType TYPE =
            new DestinationType(
                    "example",
                    "Example Ads",
                    "Tells Example Ads of conversions.",
                    List.of(
                            Setting.required("pixel", "Pixel id", "Ads Manager, Events.")
                                    .like("[0-9]{5,20}"),
                            Setting.secret("access-token", "Access token", "Ads Manager, API."),
                            Setting.optional("endpoint", "API address", "Only for a gateway.")
                                    .otherwise("https://api.ads.example/v1")),
                    Map.of("sale", "PURCHASE", "lead", "LEAD"),
                    Set.of(Moment.APPROVED),
                    "adapters.md");

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            Entry.text("name", Telling::eventName),
                            Entry.seconds("time", Telling::happenedAt),
                            Entry.text("id", Telling::eventId),
                            Entry.plain("user.click", telling -> telling.clickId("exclid"))
                                    .required("Keep exclid in the tracking link."),
                            Entry.hashed("user.email", Field.EMAIL, Normalisers::email),
                            Entry.number("value.amount", Telling::amount),
                            Entry.text("value.currency", Telling::currency)));

    static final Platform PLATFORM =
            new Platform(
                    TYPE,
                    500,
                    List.of(
                            Rule.momentsOfTheType("Example Ads"),
                            Rule.unlessDenied("Example Ads"),
                            Rule.youngerThan(_ -> Duration.ofDays(28), "Example Ads")),
                    EVENT,
                    new Envelope(
                            ads -> ads.setting("endpoint") + "/" + ads.setting("pixel") + "/events",
                            ads -> Map.of("Authorization", "Bearer " + ads.secret("access-token")),
                            "events",
                            new Mapping<>(List.of())),
                    ExamplePlatform::judge);

    private ExamplePlatform() {}

    private static Judgement judge(Reply reply) {
        var note = reply.body().path("message").asText(reply.text());
        return switch (reply.body().path("code").asText()) {
            case "OK" -> reply.taken(note);
            case "BAD_EVENT" -> reply.refused(note);
            case "BAD_TOKEN" -> reply.park(note);
            case "SLOW_DOWN" -> reply.pause(Duration.ZERO, note);
            default -> reply.byStatus(note);
        };
    }
}
