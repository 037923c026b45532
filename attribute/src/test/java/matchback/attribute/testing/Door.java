package matchback.attribute.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.ledger.Correction;
import matchback.ledger.Decider;
import matchback.ledger.Event;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Fact;
import matchback.ledger.Ledger;
import matchback.ledger.Outcome;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Verdict;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import matchback.ledger.replay.Rehearser;
import matchback.ledger.replay.Replay;
import matchback.ledger.replay.ReplayLimits;
import matchback.ledger.replay.Rereader;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.ClickIdKey;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.ForeignClickIds;
import matchback.model.Params;
import matchback.model.PostbackReader;
import matchback.model.PostbackReader.ClickIdFinding;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.model.Subject;
import matchback.model.TokenFingerprints;
import matchback.model.apple.AppleReport;
import matchback.model.apple.Proof;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Entity;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// A door in front of a ledger in memory that the rules decide for. It makes events as the real one
/// does; its clock stands still until it is moved.
///
/// Campaign 1 runs on the source `src`, whose postback is set, with the offer `offer` of the open
/// sender `net`.
public final class Door implements Rereader {
    /// 2026-03-01T12:00:00Z.
    public static final long START = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private static final byte[] KEY = new byte[32];

    public final MemoryTables tables = new MemoryTables();
    public final MemoryLedger ledger;
    public final TokenFingerprints fingerprints = new TokenFingerprints(KEY);

    private final AtomicLong now = new AtomicLong(START);
    private final ClickIds ids;
    private final ClickIdMint mint;
    private final RecordIds records;
    private final List<PostbackReceived> postbacks = new ArrayList<>();
    private final List<ClickId> clicks = new ArrayList<>();
    private final Map<RecordId, Raw> raw = new HashMap<>();
    private Set<String> refusing = Set.of();

    /// A request as it came.
    private record Raw(Params params, @Nullable Reason refusal) {}

    public Door() {
        this(1, new Rules(RulesConfig.DEFAULT));
    }

    public Door(long seed, Decider decider) {
        var random = new SplittableRandom(seed);
        ledger = new MemoryLedger(tables, decider, "USD");
        ids =
                new ClickIds(
                        List.of(new ClickIdKey(0, KEY)),
                        START - Duration.ofDays(3000).toMillis(),
                        ForeignClickIds.KNOWN);
        mint = new ClickIdMint(ids, 1, random);
        records = new RecordIds(() -> Instant.ofEpochMilli(now.get()), random);
        set(Samples.source("src", Samples.POSTBACK_URL));
        set(Samples.sender("net"));
        set(Samples.offer("offer", "net"));
        set(Samples.campaign(1, "src", "offer"));
    }

    public void set(Entity entity) {
        ledger.change(new CatalogChange(now.get(), "test", entity)).toCompletableFuture().join();
    }

    public long now() {
        return now.get();
    }

    public void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    public void at(long millis) {
        now.set(millis);
    }

    /// From now on the address of all callers is on no list of these senders.
    public void refuseAddressFor(String... senders) {
        refusing = Set.of(senders);
    }

    /// A person's click on campaign 1.
    public ClickId click() {
        return click("offer", "", false);
    }

    public ClickId click(String offer, String bot, boolean prefetch) {
        var id = mint.issue(now.get(), 1, false);
        submit(click(id, offer, bot, prefetch));
        return id;
    }

    public ClickRecorded click(ClickId id, String offer, String bot, boolean prefetch) {
        clicks.add(id);
        return new ClickRecorded(
                records.next(),
                now.get(),
                ledger.catalog().version(),
                Subject.click(id),
                "campaign1",
                "src",
                offer,
                "ext-1",
                "cr-1",
                250_000,
                "USD",
                250_000,
                Map.of("sub1", "zone 7"),
                Map.of("country", "DE"),
                true,
                bot,
                prefetch,
                new byte[0]);
    }

    /// An id nobody recorded a click for.
    public ClickId id(boolean flaggedUnrecorded) {
        var id = mint.issue(now.get(), 1, flaggedUnrecorded);
        clicks.add(id);
        return id;
    }

    /// A server's report to the bare endpoint.
    public Outcome post(ClickId click, String query) {
        return post(Feed.S2S, "", "clickid=" + click + '&' + query);
    }

    public Outcome pixel(ClickId click, String query) {
        return post(Feed.PIXEL, "", "clickid=" + click + '&' + query);
    }

    public Outcome post(Feed feed, String sender, String query) {
        return Objects.requireNonNull(submit(postback(feed, sender, Params.ofQuery(query), null)));
    }

    public @Nullable Outcome submit(Event event) {
        if (event instanceof PostbackReceived postback) {
            postbacks.add(postback);
        }
        return ledger.submit(event, null).join().outcome();
    }

    public PostbackReceived postback(
            Feed feed, String sender, Params params, @Nullable Reason refusal) {
        var reader = new PostbackReader(params, ledger.catalog().sender(sender));
        var made =
                new PostbackReceived(
                        records.next(),
                        now.get(),
                        ledger.catalog().version(),
                        new Subject("not read yet"),
                        feed,
                        sender,
                        "",
                        "",
                        "",
                        refusal,
                        "",
                        Params.EMPTY,
                        reader.text(Field.TOKEN)
                                .map(fingerprints::of)
                                .map(List::of)
                                .orElse(List.of()),
                        List.copyOf(refusing),
                        new byte[0]);
        raw.put(made.recordId(), new Raw(params, refusal));
        return reread(made, Optional.empty(), ledger.catalog());
    }

    /// A postback of an Apple device, as the real door keeps it.
    public PostbackReceived apple(AppleReport report) {
        return apple(records.next(), now.get(), report, ledger.catalog().version());
    }

    private static PostbackReceived apple(
            RecordId recordId, long at, AppleReport report, long catalogVersion) {
        return new PostbackReceived(
                recordId,
                at,
                catalogVersion,
                Subject.record(recordId),
                Feed.APPLE,
                report.sender(),
                "",
                "",
                "",
                report.proof() == Proof.FORGED ? Reason.BAD_SIGNATURE : null,
                "",
                report.params(),
                List.of(),
                List.of(),
                new byte[0]);
    }

    @Override
    public PostbackReceived reread(
            PostbackReceived kept, Optional<PersonalBlock> personal, Catalog catalog) {
        if (kept.feed() == Feed.APPLE) {
            var report = AppleReport.of(kept.params()).orElseThrow();
            return apple(kept.recordId(), kept.receivedAt(), report, catalog.version());
        }
        var request = Objects.requireNonNull(raw.get(kept.recordId()));
        var reader = new PostbackReader(request.params(), catalog.sender(kept.sender()));
        return switch (reader.clickId(ids, kept.receivedAt())) {
            case ClickIdFinding.Found(var id, var parameter) ->
                    read(kept, catalog, id.text(), parameter, "", request.refusal());
            case ClickIdFinding.NotFound(var reason, var parameter, var value) ->
                    read(
                            kept,
                            catalog,
                            "",
                            parameter,
                            value,
                            request.refusal() == null ? reason : request.refusal());
        };
    }

    private PostbackReceived read(
            PostbackReceived kept,
            Catalog catalog,
            String clickId,
            String parameter,
            String value,
            @Nullable Reason refusal) {
        return new PostbackReceived(
                kept.recordId(),
                kept.receivedAt(),
                catalog.version(),
                clickId.isEmpty() ? Subject.record(kept.recordId()) : new Subject(clickId),
                kept.feed(),
                kept.sender(),
                clickId,
                parameter,
                value,
                refusal,
                "",
                Objects.requireNonNull(raw.get(kept.recordId()))
                        .params()
                        .only(catalog.readNames()::contains),
                kept.tokenFingerprints(),
                kept.refusingSenders(),
                kept.personalHash());
    }

    /// A person's word on a postback; what it is now.
    public Outcome review(PostbackReceived held, Verdict verdict, Correction correction) {
        return Objects.requireNonNull(submit(reviewed(held, verdict, correction)));
    }

    public Reviewed reviewed(PostbackReceived held, Verdict verdict, Correction correction) {
        return new Reviewed(
                records.next(),
                now.get(),
                ledger.catalog().version(),
                held.subject(),
                held.recordId(),
                verdict,
                "tester",
                "as told by telephone",
                correction);
    }

    /// Decides what came again, by the rules that this door's ledger folds by.
    public Replay replay(Rehearser rules) {
        return replay(rules, ledger);
    }

    /// @param other this door's, or one that passes on to it
    public Replay replay(Rehearser rules, Ledger other) {
        return new Replay(
                other,
                rules,
                this,
                records,
                () -> Instant.ofEpochMilli(now.get()),
                ReplayLimits.DEFAULT);
    }

    /// A person's word on a conversion.
    public void edit(ClickId click, RecordId conversion, Correction correction) {
        submit(edited(click, conversion, correction, null));
    }

    public Edited edited(
            ClickId click, RecordId conversion, Correction correction, @Nullable Long valueMicros) {
        return new Edited(
                records.next(),
                now.get(),
                ledger.catalog().version(),
                Subject.click(click),
                conversion,
                "tester",
                "as told by telephone",
                correction,
                valueMicros);
    }

    /// Every postback that came, in order.
    public List<PostbackReceived> postbacks() {
        return List.copyOf(postbacks);
    }

    /// Every click id that was given out.
    public List<ClickId> clicks() {
        return List.copyOf(clicks);
    }

    public RecordId nextRecord() {
        return records.next();
    }

    public SubjectState state(ClickId click) {
        return state(Subject.click(click));
    }

    public SubjectState state(Subject subject) {
        return new SubjectState(ledger.snapshot().state(subject), subject);
    }

    /// All facts in the order of the ledger, those of clicks included.
    public List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        try (var snapshot = ledger.snapshot()) {
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                for (var entry : snapshot.entries(bucket, 0, Integer.MAX_VALUE)) {
                    facts.addAll(snapshot.facts(entry));
                }
            }
        }
        return facts;
    }

    /// The offer as it is, for changes.
    public Optional<Offer> offer(String key) {
        return ledger.catalog().offer(key);
    }

    public Optional<Sender> sender(String key) {
        return ledger.catalog().sender(key);
    }
}
