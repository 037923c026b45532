package matchback.validate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.PersonalBlock;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import matchback.ledger.state.SubjectState;
import matchback.ledger.state.SuspicionState;
import matchback.model.ClickId;
import matchback.model.ClickIdKey;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.Feed;
import matchback.model.ForeignClickIds;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.model.Subject;
import matchback.model.catalog.Entity;
import matchback.simulation.Act;
import matchback.simulation.Label;
import matchback.simulation.Report;
import matchback.simulation.Traffic;
import matchback.simulation.Visit;

/// Simulated traffic through the real rules into a ledger in memory, on virtual time.
final class Rehearsed implements AutoCloseable {
    final MemoryTables tables = new MemoryTables();
    final Rules rules = new Rules(RulesConfig.DEFAULT);
    final MemoryLedger ledger = new MemoryLedger(tables, rules, "USD");
    final AtomicLong now = new AtomicLong();
    final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    final Map<RecordId, Label> counted = new HashMap<>();
    final List<Outcome> held = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final ClickIdMint mint =
            new ClickIdMint(
                    new ClickIds(
                            List.of(new ClickIdKey(0, new byte[32])), 0, ForeignClickIds.KNOWN),
                    1,
                    random);
    private final RecordIds recordIds = new RecordIds(clock, random);
    private final Map<Long, ClickId> clicks = new HashMap<>();

    RecordIds recordIds() {
        return recordIds;
    }

    void set(Entity entity) {
        ledger.change(new CatalogChange(now.get(), "test", entity)).toCompletableFuture().join();
    }

    /// @param between after each act
    void run(Traffic traffic, Consumer<Act> between) {
        traffic.acts()
                .forEach(act -> {
                    now.set(act.at().toEpochMilli());
                    switch (act) {
                        case Visit visit -> click(visit);
                        case Report report -> report(report);
                    }
                    between.accept(act);
                });
    }

    private void click(Visit visit) {
        var id = mint.issue(now.get(), 1, false);
        clicks.put(visit.number(), id);
        var record = recordIds.next();
        var personal =
                new PersonalBlock(
                        record,
                        new byte[16],
                        visit.address(),
                        visit.userAgent(),
                        "GET",
                        "/c/x",
                        List.of(),
                        new byte[0]);
        ledger.submit(
                        new ClickRecorded(
                                record,
                                now.get(),
                                ledger.catalog().version(),
                                Subject.click(id),
                                visit.campaign(),
                                visit.source(),
                                visit.offer(),
                                visit.externalId(),
                                visit.creative(),
                                -1,
                                "",
                                -1,
                                Map.of("sub1", visit.publisher()),
                                Map.of(),
                                true,
                                "",
                                false,
                                new byte[32]),
                        personal)
                .join();
    }

    private void report(Report report) {
        if (report.visit() == 0) {
            return;
        }
        var id = Objects.requireNonNull(clicks.get(report.visit()));
        var params = new ArrayList<Param>();
        report.parameters(id.text())
                .forEach((name, value) -> params.add(new Param(name, value, true)));
        var record = recordIds.next();
        var accepted =
                ledger.submit(
                                new PostbackReceived(
                                        record,
                                        now.get(),
                                        ledger.catalog().version(),
                                        Subject.click(id),
                                        Feed.S2S,
                                        "",
                                        id.text(),
                                        "clickid",
                                        "",
                                        null,
                                        "",
                                        new Params(params),
                                        List.of(),
                                        List.of(),
                                        new byte[32]),
                                null)
                        .join();
        var outcome = Objects.requireNonNull(accepted.outcome());
        switch (outcome.reason().decision()) {
            case COUNTED -> counted.put(record, report.label());
            case HELD -> held.add(outcome);
            case UPDATED, DUPLICATE, REFUSED -> {
                // Nothing new.
            }
        }
    }

    /// What conversions of a label are suspected of.
    List<SuspicionState> suspicions(Label label) {
        var all = new ArrayList<SuspicionState>();
        try (var snapshot = ledger.snapshot()) {
            for (var id : clicks.values()) {
                var subject = Subject.click(id);
                var state = new SubjectState(snapshot.state(subject), subject);
                for (var conversion : state.conversions()) {
                    if (Optional.ofNullable(counted.get(conversion.recordId()))
                            .filter(label::equals)
                            .isPresent()) {
                        all.addAll(state.suspicions().of(conversion.recordId()));
                    }
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        ledger.close();
    }
}
