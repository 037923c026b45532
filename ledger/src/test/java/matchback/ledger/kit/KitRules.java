package matchback.ledger.kit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import matchback.ledger.Column;
import matchback.ledger.Decider;
import matchback.ledger.Event;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Event.Check;
import matchback.ledger.Event.Checked;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.CostStated;
import matchback.ledger.Event.DeliveryAsked;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Redecided;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Event.Settled;
import matchback.ledger.Event.Suspected;
import matchback.ledger.Fact;
import matchback.ledger.Intent;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Outcome;
import matchback.ledger.State;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// Rules that decide nothing useful, but use all an engine offers. A postback does what its
/// parameters say:
///
/// | parameter | |
/// |---|---|
/// | `ask=subject` | asks another subject first; the answer completes the postback |
/// | `forget=` | deletes what earlier postbacks of the subject wrote |
/// | `schedule=time` | puts a delivery into the outbox |
/// | `unschedule=time` | takes it out |
/// | `poison=` | writes state, then throws |
/// | `hopeless=` | throws, and once more when it is poisoned |
///
/// An outcome's `deliveries` is the number of postbacks the subject knows, its `detail` the catalog
/// version it was decided with.
public final class KitRules implements Decider {
    public static final String DESTINATION = "source:kit";

    @Override
    public Optional<Effects> earlier(Event event, State state) {
        var known = state.get(key(event.subject(), "r" + event.recordId()));
        return known == null
                ? Optional.empty()
                : Optional.of(new Effects(List.of(), List.of(), read(known)));
    }

    @Override
    public Effects decide(Event event, long offset, Catalog catalog, State state) {
        return switch (event) {
            case ClickRecorded click -> click(click, state);
            case PostbackReceived postback -> postback(postback, offset, catalog, state);
            case Check check -> check(check, state);
            case Checked checked -> checked(checked, state);
            case DeliveryAttempted attempt -> attempt(attempt, state);
            // The kit tries engines, not rules.
            case Reviewed _,
                    Redecided _,
                    Settled _,
                    DeliveryAsked _,
                    Edited _,
                    LanderClicked _,
                    Suspected _,
                    BrowserReported _,
                    CostStated _ ->
                    Effects.NONE;
        };
    }

    @Override
    public Effects poisoned(Event event, long offset, State state) {
        if (event instanceof PostbackReceived postback && has(postback, "hopeless")) {
            throw new IllegalStateException("cannot even be poisoned");
        }
        var outcome = outcome(Reason.INTERNAL_ERROR, 0, "");
        remember(event, state, outcome);
        return new Effects(List.of(fact(event, offset, outcome)), List.of(), outcome);
    }

    private static Effects click(ClickRecorded click, State state) {
        state.put(key(click.subject(), "c"), bytes(click.campaign()));
        remember(click, state, null);
        return Effects.NONE;
    }

    private static Effects postback(
            PostbackReceived postback, long offset, Catalog catalog, State state) {
        var subject = postback.subject();
        state.put(key(subject, "e" + postback.recordId()), bytes(postback.params().first("text")));
        if (has(postback, "poison") || has(postback, "hopeless")) {
            throw new IllegalStateException("poison");
        }
        if (has(postback, "forget")) {
            forget(subject, state);
        }
        var intents = new ArrayList<Intent>();
        if (has(postback, "schedule")) {
            intents.add(new Intent.Schedule(entry(postback, "schedule")));
        }
        if (has(postback, "unschedule")) {
            intents.add(new Intent.Unschedule(entry(postback, "unschedule")));
        }
        boolean asks = has(postback, "ask");
        if (asks) {
            var other = new Subject(postback.params().first("ask"));
            intents.add(new Intent.Append(check(postback, other)));
        }
        var outcome =
                outcome(
                        asks ? Reason.CHECK_PENDING : Reason.NEW_CONVERSION,
                        count(subject, state),
                        Long.toString(catalog.version()));
        remember(postback, state, outcome);
        return new Effects(List.of(fact(postback, offset, outcome)), intents, outcome);
    }

    private static Check check(PostbackReceived postback, Subject other) {
        return new Check(
                postback.recordId(),
                postback.receivedAt(),
                postback.catalogVersion(),
                other,
                postback.subject());
    }

    private static Effects check(Check check, State state) {
        var key = key(check.subject(), "o");
        var known = state.get(key);
        var owner = known == null ? check.origin() : new Subject(text(known));
        state.put(key, bytes(owner.text()));
        var answer =
                new Checked(
                        check.recordId(),
                        check.receivedAt(),
                        check.catalogVersion(),
                        check.origin(),
                        check.subject(),
                        owner);
        return new Effects(List.of(), List.of(new Intent.Append(answer)), null);
    }

    private static Effects checked(Checked checked, State state) {
        boolean isFree = checked.owner().equals(checked.subject());
        var reason = isFree ? Reason.NEW_CONVERSION : Reason.DUPLICATE_TRANSACTION_OTHER_CLICK;
        var outcome = outcome(reason, count(checked.subject(), state), checked.owner().text());
        remember(checked, state, outcome);
        return new Effects(List.of(fact(checked, 1, outcome)), List.of(), outcome);
    }

    private static Effects attempt(DeliveryAttempted attempt, State state) {
        remember(attempt, state, null);
        var subject = attempt.subject();
        var intents = new ArrayList<Intent>();
        intents.add(
                new Intent.Unschedule(
                        new OutboxEntry(
                                DESTINATION, attempt.receivedAt(), subject, attempt.delivery())));
        if (attempt.nextAt() > 0) {
            intents.add(
                    new Intent.Schedule(
                            new OutboxEntry(
                                    DESTINATION, attempt.nextAt(), subject, attempt.delivery())));
        }
        return new Effects(List.of(), intents, null);
    }

    private static void forget(Subject subject, State state) {
        var keys = new ArrayList<byte[]>();
        state.range(key(subject, "e"), (key, _) -> keys.add(key));
        keys.forEach(state::delete);
    }

    private static int count(Subject subject, State state) {
        var count = new int[1];
        state.range(key(subject, "e"), (_, _) -> ++count[0] > 0);
        return count[0];
    }

    private static OutboxEntry entry(PostbackReceived postback, String parameter) {
        long dueAt = Long.parseLong(postback.params().first(parameter));
        return new OutboxEntry(DESTINATION, dueAt, postback.subject(), 1);
    }

    private static Fact fact(Event event, long version, Outcome outcome) {
        return new Fact.Builder()
                .text(Column.REASON, outcome.reason().code())
                .number(Column.ATTEMPTS, outcome.deliveries())
                .build(
                        Fact.Kind.POSTBACK,
                        event.recordId(),
                        event instanceof Checked ? 1 : 0,
                        version,
                        event.receivedAt());
    }

    private static boolean has(PostbackReceived postback, String parameter) {
        return !postback.params().named(parameter).isEmpty();
    }

    static Outcome outcome(Reason reason, int count, String detail) {
        return new Outcome(reason, List.of(), detail, "", "", "", null, null, "", "", "", count);
    }

    private static void remember(Event event, State state, @Nullable Outcome outcome) {
        var text =
                outcome == null
                        ? "-"
                        : outcome.reason().code()
                                + ' '
                                + outcome.deliveries()
                                + ' '
                                + outcome.detail();
        state.put(key(event.subject(), "r" + event.recordId()), bytes(text));
    }

    private static @Nullable Outcome read(byte[] remembered) {
        var text = text(remembered);
        if (text.equals("-")) {
            return null;
        }
        var parts = text.split(" ", 3);
        return outcome(Reason.ofCode(parts[0]).orElseThrow(), Integer.parseInt(parts[1]), parts[2]);
    }

    /// Key of one thing about a subject, in the state of its bucket.
    static byte[] key(Subject subject, String thing) {
        var name = bytes(subject.text());
        var suffix = bytes(thing);
        return ByteBuffer.allocate(name.length + 1 + suffix.length)
                .put(name)
                .put((byte) 0)
                .put(suffix)
                .array();
    }

    /// What a postback wrote, if it is still there.
    static Optional<String> textOf(State state, Subject subject, RecordId recordId) {
        return Optional.ofNullable(state.get(key(subject, "e" + recordId))).map(KitRules::text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
