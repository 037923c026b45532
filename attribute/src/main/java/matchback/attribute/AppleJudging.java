package matchback.attribute;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import matchback.ledger.Column;
import matchback.ledger.Event.PostbackReceived;
import matchback.model.Amount;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.apple.ApplePostback;
import matchback.model.apple.AppleReport;
import matchback.model.apple.Proof;
import matchback.model.catalog.AppleApp;
import matchback.model.catalog.AppleSource;
import matchback.model.catalog.AppleSource.Finding;
import matchback.model.catalog.Campaign;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Judges what an Apple device reports. The first objection ends its way:
///
/// 1. the door's word: no JSON, or not signed by Apple;
/// 2. whether a postback of this id came before: values are not signed, so the first copy holds;
/// 3. whether it is a test, and its app takes those;
/// 4. whether its app is set up;
/// 5. whether this network won;
/// 6. what its conversion value means.
///
/// The second is asked of the id's own subject, `tx:network:protocol:id:window`. What is signed for
/// developer mode has ids of its own: everyone can have such a signature.
final class AppleJudging {
    private final Case of;
    private final Notes notes;
    private final PostbackReceived postback;

    AppleJudging(Case of, Notes notes) {
        this.of = of;
        this.notes = notes;
        this.postback = of.postback();
    }

    record Judged(Party party, Report report, Ruling ruling) {}

    Judged judged() {
        var known = AppleReport.of(postback.params());
        var refusal = postback.refusal();
        if (known.isEmpty() || refusal != null) {
            return unproven(refusal == null ? Reason.MALFORMED_REQUEST : refusal);
        }
        var report = known.get();
        var told = report.postback();
        told(report);
        var app =
                of.catalog()
                        .appleApp(Long.toString(told.app()))
                        .filter(found -> !found.archived())
                        .orElse(null);
        var columns = columns(told, app);
        var ruling = ruling(report, app);
        return new Judged(
                new Party(null, report.sender(), null, columns, forwards(app, ruling), false, null),
                read(told, ruling),
                ruling);
    }

    private Judged unproven(Reason refusal) {
        of.trace().took(StepKind.APPLE_FORGED, refusal.code(), postback.detail());
        var objection = new Objection(refusal, postback.detail());
        return new Judged(
                new Party(
                        null,
                        AppleReport.SENDER_UNPROVEN,
                        null,
                        Map.of(),
                        List.of(),
                        false,
                        objection),
                Report.unread(postback.receivedAt(), of.catalog().reportCurrency()),
                new Ruling.Aside(objection));
    }

    private void told(AppleReport report) {
        var told = report.postback();
        of.trace()
                .took(
                        StepKind.APPLE_READ,
                        told.protocol().word(),
                        told.version(),
                        Long.toString(told.app()),
                        told.network(),
                        Integer.toString(told.window() + 1));
        of.trace().took(StepKind.APPLE_PROVEN, report.proof().word());
    }

    private Ruling ruling(AppleReport report, @Nullable AppleApp app) {
        var rejection = Rules.rejection(of);
        if (rejection != null) {
            return new Ruling.Aside(rejection);
        }
        var told = report.postback();
        var copies = copies(report);
        var first = of.answers().owner(copies);
        if (first.isEmpty()) {
            of.trace().took(StepKind.COPY_ASKED, told.id());
            return new Ruling.Ask(
                    copies, "it is asked whether id " + Notes.quoted(told.id()) + " came before");
        }
        boolean isFirst = first.get().equals(postback.subject());
        of.trace().took(isFirst ? StepKind.COPY_FIRST : StepKind.COPY_LATER, told.id());
        if (!isFirst) {
            return aside(
                    Reason.DUPLICATE_REPORT,
                    "a postback with id " + Notes.quoted(told.id()) + " came before");
        }
        return judged(report, app);
    }

    private Ruling judged(AppleReport report, @Nullable AppleApp app) {
        var told = report.postback();
        boolean isTest = told.isTest() || report.proof() == Proof.DEVELOPMENT;
        if (isTest && (app == null || !app.acceptDevelopment())) {
            return aside(
                    Reason.TEST_POSTBACK,
                    app == null
                            ? "app " + told.app() + " is not set up here"
                            : "app " + Notes.quoted(app.name()) + " takes none");
        }
        if (app == null) {
            return aside(Reason.UNKNOWN_APP, "the App Store id is " + told.app());
        }
        return told.didWin()
                ? new AppleMeaning(of, notes, told, app).ruling()
                : aside(Reason.NOT_WON, "");
    }

    private static Subject copies(AppleReport report) {
        var id = report.postback().uniqueId();
        return Subject.transaction(
                report.postback().network(),
                report.proof() == Proof.DEVELOPMENT ? "test:" + id : id);
    }

    private static Ruling aside(Reason reason, String detail) {
        return new Ruling.Aside(new Objection(reason, detail));
    }

    /// Nothing is sent on twice: not in a replay, and no copy.
    private List<String> forwards(@Nullable AppleApp app, Ruling ruling) {
        boolean isWanted =
                switch (ruling) {
                    case Ruling.Count _ -> true;
                    case Ruling.Aside(var objection) ->
                            objection.reason() == Reason.NOT_WON
                                    || objection.reason() == Reason.LATER_WINDOW;
                    case Ruling.Ask _, Ruling.Join _ -> false;
                };
        boolean isNew = of.first() == null && of.state().deliveries().isEmpty();
        return app != null && isWanted && isNew ? app.addresses() : List.of();
    }

    private Map<Column, String> columns(ApplePostback told, @Nullable AppleApp app) {
        var columns = new EnumMap<Column, String>(Column.class);
        columns.put(Column.APP, Long.toString(told.app()));
        columns.put(Column.SOURCE_IDENTIFIER, told.sourceIdentifier());
        columns.put(Column.CONVERSION_WINDOW, Integer.toString(told.window() + 1));
        columns.put(Column.ATTRIBUTION, told.didWin() ? "won" : "lost");
        columns.put(Column.CONVERSION_VALUE, told.value());
        columns.put(Column.INTERACTION, told.interaction());
        columns.put(Column.PUBLISHER, told.publisher());
        columns.put(Column.COUNTRY, told.country());
        var campaign = app == null ? "" : campaign(told, app);
        columns.put(Column.CAMPAIGN, campaign);
        columns.put(
                Column.SOURCE,
                of.catalog().campaign(campaign).flatMap(Campaign::sourceKey).orElse(""));
        return columns;
    }

    /// The campaign's key; empty for none.
    private String campaign(ApplePostback told, AppleApp app) {
        var identifier = told.sourceIdentifier();
        var fallback = app.fallbackCampaign() == null ? "" : app.fallbackCampaign();
        return switch (AppleSource.find(app.sources(), told)) {
            case Finding.Known(var campaign, var by) -> {
                of.trace()
                        .took(
                                StepKind.APPLE_SOURCE,
                                identifier,
                                campaign,
                                by.equals(identifier) ? "" : by);
                yield campaign;
            }
            case Finding.Ambiguous(var campaigns) -> {
                var all = String.join(", ", campaigns);
                of.trace().took(StepKind.APPLE_SOURCE_OPEN, identifier, all, fallback);
                notes.warn(
                        Reason.AMBIGUOUS_SOURCE,
                        "source identifier " + identifier + " may be that of " + all);
                yield fallback;
            }
            case Finding.Unknown() -> {
                of.trace().took(StepKind.APPLE_SOURCE_OPEN, identifier, "", fallback);
                yield fallback;
            }
        };
    }

    private Report read(ApplePostback told, Ruling ruling) {
        var conversion = ruling instanceof Ruling.Count(_, var made) ? made : null;
        return new Report(
                conversion == null ? told.gain().word() : conversion.eventType(),
                Status.APPROVED,
                false,
                of.catalog().reportCurrency(),
                new Amount.Missing(),
                null,
                told.id(),
                "",
                postback.receivedAt(),
                false,
                null);
    }
}
