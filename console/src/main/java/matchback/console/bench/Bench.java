package matchback.console.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import matchback.console.bench.TestGround.NoAnswer;
import matchback.console.bench.TestGround.Reply;
import matchback.console.bench.TestGround.TestClick;
import matchback.console.templates.PostbackForm;
import matchback.ledger.Ledger;
import matchback.ledger.Outcome;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.Params;
import matchback.model.RecordId;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;

/// Makes a test click, sends a postback about it, and reads what became of it.
public final class Bench {
    private final Ledger ledger;
    private final TestGround ground;

    public Bench(Ledger ledger, TestGround ground) {
        this.ledger = ledger;
        this.ground = ground;
    }

    /// Throws [NoAnswer] when the listener cannot be reached, or stored nothing.
    public BenchRun run(Sender sender, PostbackForm form) {
        var catalog = ledger.catalog();
        var offer = offer(catalog, sender);
        var click = ground.click(offer.flatMap(o -> campaign(catalog, o)), offer);
        var remarks = new ArrayList<String>();
        var kept = kept(form, click, offer, remarks);
        var target = form.target(sender.key(), kept);
        return read(form, click, offer, target, ground.get(target), remarks);
    }

    private static Optional<Offer> offer(Catalog catalog, Sender sender) {
        return catalog.all(Offer.class).values().stream()
                .filter(offer -> !offer.archived())
                .filter(offer -> offer.senderKey().filter(sender.key()::equals).isPresent())
                .min(
                        Comparator.comparing((Offer o) -> campaign(catalog, o).isEmpty())
                                .thenComparing(Offer::key));
    }

    private static Optional<Campaign> campaign(Catalog catalog, Offer offer) {
        return catalog.all(Campaign.class).values().stream()
                .filter(campaign -> !campaign.archived())
                .filter(campaign -> campaign.offerKeys().contains(offer.key()))
                .min(Comparator.comparingInt(Campaign::number));
    }

    /// What the sender has of the click id: the value of its own parameter of the offer URL.
    private static String kept(
            PostbackForm form, TestClick click, Optional<Offer> offer, List<String> remarks) {
        var parameter = form.offerParameter();
        if (offer.isEmpty()) {
            remarks.add(
                    "No offer names this sender yet; the click id was put in as if an offer URL"
                            + " had brought it");
            return click.id();
        }
        if (parameter.isEmpty()) {
            return click.id();
        }
        var url = click.offerUrl();
        var value = Params.ofQuery(url.substring(url.indexOf('?') + 1)).first(parameter);
        if (!value.equals(click.id())) {
            remarks.add(
                    "The URL of offer '%s' does not bring the click id in the parameter %s, where"
                                    .formatted(offer.get().key(), parameter)
                            + " this sender looks for it: add %s={clickid} to it"
                                    .formatted(parameter));
        }
        return value;
    }

    private BenchRun read(
            PostbackForm form,
            TestClick click,
            Optional<Offer> offer,
            String target,
            Reply reply,
            List<String> remarks) {
        var found = read(reply);
        return new BenchRun(
                form,
                click,
                offer,
                target,
                reply,
                Comparison.of(form.query(), found.params()),
                remarks,
                found.recordId(),
                found.outcome(),
                found.conversion());
    }

    /// What became of a postback.
    ///
    /// @param params as they arrived
    /// @param conversion the one it is about, if there is one
    public record Found(
            RecordId recordId,
            Params params,
            Outcome outcome,
            Optional<ConversionState> conversion) {}

    /// Looks up what was answered. Throws [NoAnswer] when nothing was stored.
    public Found read(Reply reply) {
        var recordId =
                RecordId.parse(reply.receipt())
                        .orElseThrow(() ->
                                new NoAnswer(
                                        "it was answered " + reply.status() + " and not stored",
                                        new IllegalStateException(reply.body())));
        try (var snapshot = ledger.snapshot()) {
            var entry = snapshot.postback(recordId).orElseThrow(() -> gone(recordId));
            var subject = entry.event().subject();
            var state = new SubjectState(snapshot.state(subject), subject);
            var outcome = state.report(recordId).orElseThrow(() -> gone(recordId)).outcome();
            return new Found(
                    recordId,
                    Habits.params(snapshot, entry),
                    outcome,
                    state.conversions().stream()
                            .filter(one -> one.id().equals(outcome.conversionId()))
                            .findFirst());
        }
    }

    private static IllegalStateException gone(RecordId recordId) {
        return new IllegalStateException("no record of what was stored: " + recordId);
    }
}
