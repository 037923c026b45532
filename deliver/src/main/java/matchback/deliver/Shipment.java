package matchback.deliver;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import matchback.ledger.PersonalBlock;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.model.Field;
import matchback.model.Params;
import matchback.model.Subject;

/// A delivery with all that may be told of it. What is personal is read at sending and stays where
/// it is: whatever was erased meanwhile is not sent.
///
/// @param visitor the personal block of the click; empty when erased
/// @param report the personal block of the report that caused the delivery; empty when erased
/// @param browser the personal block of the newest thing the visitor's browser told; empty when it
///   told nothing, or that was erased
/// @param isTest whether nobody converted: it is made up, to be seen in the destination's test mode
public record Shipment(
        Subject subject,
        DeliveryState delivery,
        Optional<ClickState> click,
        Optional<ConversionState> conversion,
        Optional<PersonalBlock> visitor,
        Optional<PersonalBlock> report,
        Optional<PersonalBlock> browser,
        boolean isTest) {

    /// What the browser tells of itself and of the visitor's wishes: it holds for every report of
    /// the click that says nothing of it.
    private static final Set<Field> OF_BROWSER =
            EnumSet.of(
                    Field.FBC,
                    Field.FBP,
                    Field.TTP,
                    Field.AD_USER_DATA,
                    Field.AD_PERSONALIZATION,
                    Field.LIMITED_DATA_USE,
                    Field.GDPR,
                    Field.GDPR_CONSENT,
                    Field.ADDTL_CONSENT,
                    Field.GPP,
                    Field.GPP_SID,
                    Field.US_PRIVACY);

    public Shipment(
            Subject subject,
            DeliveryState delivery,
            Optional<ClickState> click,
            Optional<ConversionState> conversion,
            Optional<PersonalBlock> visitor,
            Optional<PersonalBlock> report,
            boolean isTest) {
        this(subject, delivery, click, conversion, visitor, report, Optional.empty(), isTest);
    }

    public Shipment(
            Subject subject,
            DeliveryState delivery,
            Optional<ClickState> click,
            Optional<ConversionState> conversion,
            Optional<PersonalBlock> visitor,
            Optional<PersonalBlock> report) {
        this(subject, delivery, click, conversion, visitor, report, false);
    }

    /// A parameter of the tracking link as the visitor called it, such as a platform's click id;
    /// empty when it was not there.
    public String landing(String parameter) {
        return visitor.map(PersonalBlock::target)
                .map(target -> target.substring(target.indexOf('?') + 1))
                .map(query -> Params.ofQuery(query).first(parameter))
                .orElse("");
    }

    /// What the report says of the person, else what the browser told last, else with the click;
    /// empty when nobody said anything.
    public String userData(Field field) {
        var reported = said(report, field);
        return reported.isEmpty() && OF_BROWSER.contains(field)
                ? Stream.of(browser, visitor)
                        .map(block -> said(block, field))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("")
                : reported;
    }

    private static String said(Optional<PersonalBlock> block, Field field) {
        return block.map(b -> b.userData().get(field.key())).orElse("");
    }

    /// A macro's value, see [matchback.model.Macros#CONVERSION]; empty when there is none.
    public String value(String macro) {
        return switch (macro) {
            case "event_id" -> delivery.eventId();
            case "conversion_id" -> delivery.conversionId();
            default -> Optional.ofNullable(delivery.values().get(macro)).orElse("");
        };
    }
}
