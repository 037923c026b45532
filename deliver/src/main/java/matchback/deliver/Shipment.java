package matchback.deliver;

import java.util.Optional;
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
/// @param isTest whether nobody converted: it is made up, to be seen in the destination's test mode
public record Shipment(
        Subject subject,
        DeliveryState delivery,
        Optional<ClickState> click,
        Optional<ConversionState> conversion,
        Optional<PersonalBlock> visitor,
        Optional<PersonalBlock> report,
        boolean isTest) {

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

    /// What the report says of the person; empty when it does not.
    public String userData(Field field) {
        return report.map(block -> block.userData().get(field.key())).orElse("");
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
