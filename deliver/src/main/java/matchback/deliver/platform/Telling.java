package matchback.deliver.platform;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import matchback.deliver.Shipment;
import matchback.ledger.PersonalBlock;
import matchback.model.Field;
import matchback.model.Money;
import matchback.model.UnfilledMacro;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination.Sum;
import matchback.model.catalog.Offer;
import org.jspecify.annotations.Nullable;

/// One conversion, about to be told to one destination. Texts are empty where there is nothing to
/// say.
public record Telling(Connection connection, Shipment shipment, Catalog catalog, Instant now) {
    /// Stands for the parameter that the traffic source maps to our external id, where a setting
    /// asks in which one a platform's click id comes.
    public static final String EXTERNAL_ID = "externalid";

    private static final int PERCENT = 100;
    private static final int MICRO_PLACES = 6;

    public String setting(String named) {
        return connection.setting(named);
    }

    public String eventId() {
        return shipment.delivery().eventId();
    }

    /// Our name of what happened, for example `sale`.
    public String eventType() {
        return shipment.value("event");
    }

    /// The platform's name of it: the operator's, else the platform's standard, else ours.
    public String eventName() {
        var type = eventType();
        var given = connection.destination().eventNames().get(type);
        return given != null && !given.isBlank()
                ? given.strip()
                : connection.type().eventNames().getOrDefault(type, type);
    }

    /// When it happened; never after now, because platforms refuse the future.
    public Instant happenedAt() {
        var at =
                shipment.conversion()
                        .map(conversion -> Instant.ofEpochMilli(conversion.eventAt()))
                        .orElseGet(() ->
                                seconds(shipment.value("conversion_time"))
                                        .orElse(
                                                Instant.ofEpochMilli(
                                                        shipment.delivery().createdAt())));
        return at.isAfter(now) ? now : at;
    }

    private static Optional<Instant> seconds(String text) {
        return text.matches("[0-9]{1,12}")
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
                : Optional.empty();
    }

    /// When the visitor came with the platform's click id.
    public Optional<Instant> clickedAt() {
        return shipment.click()
                .map(click -> Instant.ofEpochMilli(click.clickedAt()))
                .or(() -> seconds(shipment.value("click_time")));
    }

    /// What the destination is told the conversion is worth; empty when it is told nothing.
    public Optional<BigDecimal> amount() {
        var sum = connection.destination().sum();
        return (switch (sum.of()) {
                    case NONE -> Optional.<BigDecimal>empty();
                    case PAYOUT -> decimal(shipment.value("payout"));
                    case VALUE ->
                            decimal(shipment.value("value"))
                                    .or(() -> decimal(shipment.value("payout")));
                })
                .map(amount -> share(amount, sum.percent()));
    }

    /// The destination's part of an amount, for one that is told several.
    ///
    /// @param macro `payout` or `value`
    public Optional<BigDecimal> part(String macro) {
        var sum = connection.destination().sum();
        return sum.of() == Sum.Of.NONE
                ? Optional.empty()
                : decimal(shipment.value(macro)).map(amount -> share(amount, sum.percent()));
    }

    private static Optional<BigDecimal> decimal(String plain) {
        return plain.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(plain));
    }

    /// Without zeros that a share leaves behind: a tenth of 12.50 is 1.25, not 1.2500.
    private static BigDecimal share(BigDecimal amount, int percent) {
        if (percent == PERCENT) {
            return amount;
        }
        var share =
                amount.multiply(BigDecimal.valueOf(percent))
                        .movePointLeft(2)
                        .setScale(MICRO_PLACES, java.math.RoundingMode.HALF_UP)
                        .stripTrailingZeros();
        return share.setScale(Math.max(amount.scale(), share.scale()));
    }

    /// The amount's ISO 4217 code; empty when there is none.
    public String currency() {
        boolean isValue =
                connection.destination().sum().of() == Sum.Of.VALUE
                        && !shipment.value("value").isEmpty();
        @Nullable Money value =
                isValue ? shipment.conversion().map(c -> c.value()).orElse(null) : null;
        return value == null ? shipment.value("currency") : value.currency();
    }

    /// What the report says of the person.
    public String user(Field field) {
        return shipment.userData(field).strip();
    }

    /// The person's country as ISO 3166-1 alpha-2 in lower case.
    public String country() {
        return Places.country(user(Field.COUNTRY)).orElse("");
    }

    /// The agent the person converted with, as the report says, else the one of the click.
    public String userAgent() {
        var reported = user(Field.USER_AGENT);
        return reported.isEmpty()
                ? shipment.visitor().map(PersonalBlock::userAgent).orElse("")
                : reported;
    }

    /// The address likewise.
    public String address() {
        var reported = user(Field.USER_ADDRESS);
        return isAddress(reported)
                ? reported
                : shipment.visitor()
                        .map(PersonalBlock::address)
                        .filter(Telling::isAddress)
                        .orElse("");
    }

    /// Whether a text is an IPv6 address, or an IPv4 address of four parts.
    public static boolean isAddress(String text) {
        boolean isWhole = text.indexOf(':') >= 0 || text.split("\\.", -1).length == 4;
        try {
            return isWhole && InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// A click id that the platform hung on the tracking link, exactly as it came.
    ///
    /// @param parameter of the tracking link, or [#EXTERNAL_ID]
    public String clickId(String parameter) {
        return parameter.equals(EXTERNAL_ID)
                ? filled(shipment.value(EXTERNAL_ID))
                : landing(parameter);
    }

    /// A parameter of the tracking link, exactly as it came.
    public String landing(String parameter) {
        return filled(shipment.landing(parameter));
    }

    private static String filled(String value) {
        return UnfilledMacro.isOne(value) ? "" : value;
    }

    /// The page the person converted on, as the report says, else the offer's without its query.
    public String page() {
        var reported = user(Field.PAGE_URL);
        return reported.isEmpty()
                ? catalog.offer(shipment.value("offer"))
                        .map(Offer::url)
                        .map(Telling::bare)
                        .orElse("")
                : reported;
    }

    /// A URL up to its query, up to its host when macros stand in the path.
    private static String bare(String template) {
        int query = template.indexOf('?');
        var url = query < 0 ? template : template.substring(0, query);
        int macro = url.indexOf('{');
        if (macro < 0) {
            return url;
        }
        int path = url.indexOf('/', url.indexOf("//") + 2);
        return path < 0 || macro < path ? "" : url.substring(0, path + 1);
    }

    /// Whether the person said no to this use of the data.
    public boolean isDenied(Field consent) {
        return switch (user(consent).toLowerCase(java.util.Locale.ROOT)) {
            case "denied", "0", "false", "no" -> true;
            default -> false;
        };
    }

    /// Whether the person said yes to this use of the data.
    public boolean isGranted(Field consent) {
        return switch (user(consent).toLowerCase(java.util.Locale.ROOT)) {
            case "granted", "1", "true", "yes" -> true;
            default -> false;
        };
    }

    /// Whether the person's data may be used within limits only.
    public boolean isLimited() {
        return isGranted(Field.LIMITED_DATA_USE);
    }
}
