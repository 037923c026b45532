package matchback.deliver.meta;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Normalisers;
import matchback.deliver.platform.Rule;
import matchback.deliver.platform.Telling;
import matchback.model.Field;

/// Why a conversion is not sent to Meta: what Meta would refuse, found before it spoils a batch.
final class MetaObjections {
    private static final String NAME = "Meta";
    private static final Duration AGE_MAX = Duration.ofDays(7);
    private static final Duration AGE_IN_STORE_MAX = Duration.ofDays(62);

    static final List<Rule> RULES =
            List.of(
                    MetaObjections::testWithoutCode,
                    Rule.momentsOfTheType(NAME),
                    Rule.unlessDenied(NAME),
                    Rule.youngerThan(MetaObjections::ageMax, NAME),
                    MetaObjections::weakWebsite,
                    MetaObjections::weakPurchase,
                    MetaObjections::weakPerson,
                    MetaObjections::weakLimit);

    private MetaObjections() {}

    private static Optional<String> testWithoutCode(Telling telling) {
        return telling.shipment().isTest() && telling.setting(MetaSettings.TEST_CODE).isEmpty()
                ? Optional.of(
                        "Set test-code first (Events Manager, your dataset, Test events): without"
                                + " it the test would show up among your conversions")
                : Optional.empty();
    }

    private static Duration ageMax(Telling telling) {
        return telling.setting(MetaSettings.ACTION_SOURCE).equals(MetaSettings.IN_STORE)
                ? AGE_IN_STORE_MAX
                : AGE_MAX;
    }

    private static Optional<String> weakWebsite(Telling telling) {
        if (!telling.setting(MetaSettings.ACTION_SOURCE).equals(MetaSettings.WEBSITE)) {
            return Optional.empty();
        }
        if (telling.userAgent().isEmpty()) {
            return Optional.of(
                    "Meta asks for the user agent of website conversions, and none is known. Let"
                            + " the postback carry user_agent, or choose another action-source");
        }
        return MetaValues.page(telling).isEmpty()
                ? Optional.of(
                        "Meta asks for the page of website conversions, and none is known. Let the"
                                + " postback carry page_url, or set page-url")
                : Optional.empty();
    }

    private static Optional<String> weakPurchase(Telling telling) {
        return telling.eventName().equals("Purchase") && telling.amount().isEmpty()
                ? Optional.of(
                        "Meta asks for the value of a Purchase. Let the destination send payout or"
                                + " value, or name the event otherwise")
                : Optional.empty();
    }

    /// Meta refuses what it can match to nobody (subcode 2804050).
    private static Optional<String> weakPerson(Telling telling) {
        boolean hasAddress = !telling.address().isEmpty() && !telling.userAgent().isEmpty();
        boolean isKnown =
                Stream.of(
                                MetaValues.fbc(telling),
                                MetaValues.fbp(telling),
                                Entry.hash(telling, Field.EMAIL, Normalisers::email),
                                Entry.hash(telling, Field.PHONE, Normalisers::phoneDigits),
                                Entry.hash(telling, Field.EXTERNAL_USER, Normalisers::identifier))
                        .anyMatch(value -> !value.isEmpty());
        return isKnown || hasAddress
                ? Optional.empty()
                : Optional.of(
                        "Nothing is known by which Meta could find the person: no click id, no"
                                + " address with user agent, no e-mail, phone or user id");
    }

    private static Optional<String> weakLimit(Telling telling) {
        boolean isVague =
                telling.setting(MetaSettings.LIMITED_COUNTRY).equals("0")
                        || telling.setting(MetaSettings.LIMITED_STATE).equals("0");
        return MetaValues.isLimited(telling) && isVague && telling.address().isEmpty()
                ? Optional.of(
                        "Meta finds the state of limited data use by the visitor's address, and"
                                + " none is known. Set limited-data-use-country and -state")
                : Optional.empty();
    }
}
