package matchback.attribute;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import matchback.ledger.Event.Check;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.CapDay;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.Offer;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Keeps to the cap of an offer: so many conversions a day, and not one more, whatever clicks they
/// are of.
///
/// A conversion takes a place the first time it is pending or approved, on the day of its first
/// report, which is also the day under which the reports show it. The place stays taken whatever
/// becomes of the conversion, so that a cap that was once reached stays so. The places of a day are
/// given out at a subject of their own, `cap:offer:day`, to record ids: the same record asking
/// again has its place already.
final class Capping {
    private final ZoneId zone;

    Capping(ZoneId zone) {
        this.zone = zone;
    }

    /// The ruling if its conversion has a place or needs none.
    Ruling keepTo(Case of, Party party, Ruling ruling) {
        var conversion = placed(ruling);
        var click = party.click();
        if (conversion == null || click == null) {
            return ruling;
        }
        var cap = of.catalog().offer(click.offer()).flatMap(Offer::dailyCap);
        if (cap.isEmpty() || !cap.get().covers(conversion.eventType())) {
            return ruling;
        }
        var answer = of.answers().cap();
        if (answer.isEmpty()) {
            of.trace().took(StepKind.CAP_ASKED, click.offer());
            return new Ruling.Ask(
                    day(click.offer(), cap.get(), conversion).subject(),
                    "it is asked whether the cap of offer "
                            + Notes.quoted(click.offer())
                            + " has a place left");
        }
        var day = CapDay.of(answer.get().asked()).orElseThrow();
        boolean isGranted = answer.get().isGranted(of.postback().subject());
        of.trace()
                .took(
                        isGranted ? StepKind.CAP_TAKEN : StepKind.CAP_FULL,
                        day.offer(),
                        day.day().toString());
        return isGranted ? ruling : new Ruling.Aside(over(day));
    }

    private CapDay day(String offer, ConversionCap cap, ConversionState conversion) {
        var day = LocalDate.ofInstant(Instant.ofEpochMilli(conversion.receivedAt()), zone);
        return new CapDay(offer, day, cap.eventType());
    }

    /// The conversion that needs a place by this ruling; null for none.
    private static @Nullable ConversionState placed(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Count(_, var conversion) -> counts(conversion.status()) ? conversion : null;
            case Ruling.Join(_, var before, var after, _) ->
                    counts(after.status()) && !hasCounted(before) ? after : null;
            case Ruling.Aside _, Ruling.Ask _ -> null;
        };
    }

    private static boolean hasCounted(ConversionState conversion) {
        return counts(conversion.status())
                || conversion.status() == Status.REVERSED
                || conversion.changes().stream().anyMatch(change -> counts(change.status()));
    }

    private static boolean counts(Status status) {
        return switch (status) {
            case PENDING, APPROVED -> true;
            case REJECTED, REVERSED -> false;
        };
    }

    private static Objection over(CapDay day) {
        return new Objection(
                Reason.OVER_CAP,
                "offer "
                        + Notes.quoted(day.offer())
                        + " has all the conversions"
                        + Optional.ofNullable(day.eventType())
                                .map(type -> " of type " + Notes.quoted(type))
                                .orElse("")
                        + " it may have on "
                        + day.day());
    }

    /// Gives a place out, if one is left by the cap of the asking record's catalog.
    ///
    /// @return whose the place is; the cap's own when there is none left
    static Subject owner(Check check, CapDay day, Catalog catalog, SubjectState state) {
        int most = catalog.places(day);
        return state.places().take(check.recordId(), most) ? check.origin() : check.subject();
    }
}
