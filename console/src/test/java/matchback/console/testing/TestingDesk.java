package matchback.console.testing;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import matchback.console.DeliveryDesk;
import matchback.ledger.Snapshot;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// A delivery stage that knows one kind of destination and sends nothing: it keeps what it is told.
public final class TestingDesk implements DeliveryDesk {
    /// Hears of everything but changes.
    public static final DestinationType HOOK =
            new DestinationType(
                    "hook",
                    "Hook",
                    "Calls a URL of yours.",
                    List.of(
                            Setting.required("url", "URL", "Where it is called"),
                            Setting.optional("mode", "Mode", "How it is called")
                                    .otherwise("get")
                                    .oneOf("get", "post"),
                            Setting.secret("token", "Token", "Shown in your account")),
                    Map.of("sale", "Purchase"),
                    Set.copyOf(EnumSet.complementOf(EnumSet.of(Moment.CHANGED))),
                    "adapters/hook.md");

    public final List<String> resumed = new CopyOnWriteArrayList<>();
    public final List<Flow> flows = new ArrayList<>();

    @Override
    public List<DestinationType> types() {
        return List.of(HOOK);
    }

    @Override
    public Flow flow(String address) {
        return flows.stream()
                .filter(flow -> flow.address().equals(address))
                .findFirst()
                .orElse(new Flow(address, "flowing", 0, 0, 0, false, 0, 0, null, null));
    }

    @Override
    public List<Flow> flows() {
        return List.copyOf(flows);
    }

    @Override
    public void resume(String address) {
        resumed.add(address);
    }

    @Override
    public CompletableFuture<Trial> test(Destination destination) {
        return CompletableFuture.completedFuture(
                new Trial(
                        "delivered",
                        "taken",
                        new Message(
                                "POST " + destination.setting("url").orElse(""),
                                List.of("authorization: Bearer ***"),
                                "{}"),
                        new Message("200", List.of(), "taken"),
                        12));
    }

    /// Takes nothing that is dearer than 100 dollars.
    @Override
    public Optional<String> hopeless(
            Destination destination, Snapshot snapshot, Subject subject, int conversion) {
        return new SubjectState(snapshot.state(subject), subject)
                .conversion(conversion)
                .filter(made -> made.revenueMicros() > 100_000_000)
                .map(made -> made.payout().plain() + " is more than Hook takes");
    }
}
