package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Column;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Fact.Kind;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.catalog.SecretPath;
import matchback.model.catalog.Sender;
import matchback.model.catalog.Sender.Answer;
import matchback.model.catalog.Sender.Security;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SendersTest {
    private final Door door = new Door();

    @Test
    void the_bare_path_takes_the_sender_of_the_clicks_offer() {
        var outcome = door.post(door.click(), "");

        assertThat(outcome.sender()).isEqualTo("net");
        var row = Sums.of(door.facts()).kind(Kind.POSTBACK).getFirst();
        assertThat(row.texts()).containsEntry(Column.SENDER, "net");
    }

    @Test
    void a_click_keeps_the_sender_its_offer_had() {
        var click = door.click();
        door.set(Samples.sender("new"));
        door.set(Samples.offer("offer", "new"));

        var byNew = door.post(Feed.S2S, "new", "clickid=" + click);
        var byOld = door.post(Feed.S2S, "net", "clickid=" + click);

        assertThat(byNew.reason()).isEqualTo(Reason.WRONG_SENDER);
        assertThat(byOld.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void an_offer_without_sender_takes_any() {
        door.set(Samples.offer("free", null));
        door.set(Samples.sender("other"));
        var click = door.click("free", "", false);

        var outcome = door.post(Feed.S2S, "other", "clickid=" + click);

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.sender()).isEqualTo("other");
    }

    @Test
    void nobody_is_warned_of_without_a_sender() {
        door.set(Samples.offer("free", null));
        var click = door.click("free", "", false);

        var outcome = door.post(click, "payout=1&txid=A1");

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.sender()).isEmpty();
        assertThat(outcome.warnings()).isEmpty();
    }

    @Test
    void an_operator_need_not_prove_what_a_sender_must() {
        door.set(
                Samples.secured(
                        "net",
                        new Sender.Security(List.of("print"), List.of("203.0.113.0/24"), null)));
        var click = door.click();

        var byOther = door.post(Feed.S2S, "net", "clickid=" + click);
        var byOperator = door.post(Feed.API, "net", "clickid=" + click);

        assertThat(byOther.reason()).isEqualTo(Reason.BAD_TOKEN);
        assertThat(byOperator.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(byOperator.warnings()).doesNotContain(Reason.UNSIGNED_SENDER);
    }

    @Test
    void a_secret_of_the_path_is_taken_until_its_end_and_nothing_else_is() {
        var path =
                new SecretPath(
                        List.of(
                                new SecretPath.Key("old", Door.START, Door.START + 1000),
                                new SecretPath.Key("new", Door.START, null)));
        door.set(Samples.secured("net", new Security(List.of(), List.of(), null, path)));

        assertThat(showing("old")).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(showing("new")).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(showing("other")).isEqualTo(Reason.BAD_TOKEN);
        assertThat(showing()).isEqualTo(Reason.BAD_TOKEN);
        door.pass(Duration.ofSeconds(1));
        assertThat(showing("old")).isEqualTo(Reason.BAD_TOKEN);
        assertThat(showing("other", "new")).isEqualTo(Reason.NEW_CONVERSION);
    }

    /// The reason of a new click's report that comes with these fingerprints.
    private Reason showing(String... fingerprints) {
        var report =
                door.postback(Feed.S2S, "net", Params.ofQuery("clickid=" + door.click()), null);
        var shown =
                new PostbackReceived(
                        report.recordId(),
                        report.receivedAt(),
                        report.catalogVersion(),
                        report.subject(),
                        report.feed(),
                        report.sender(),
                        report.clickId(),
                        report.clickParameter(),
                        report.clickValue(),
                        report.refusal(),
                        report.detail(),
                        report.params(),
                        List.of(fingerprints),
                        report.refusingSenders(),
                        report.personalHash());
        return Objects.requireNonNull(door.submit(shown)).reason();
    }

    @Test
    void a_reason_to_reject_is_a_rejection_and_is_told() {
        var click = door.click();
        var asked = "clickid=" + click + "&event=install&reject_reason=";

        var empty = door.post(Feed.MMP, "net", asked);
        var macro = door.post(Feed.MMP, "net", asked + "(blocked-reason)");
        var rejected = door.post(Feed.MMP, "net", asked + "bots");
        var fresh = door.post(Feed.MMP, "net", "clickid=" + door.click() + "&blocked_reason=bots");

        assertThat(empty.status()).isEqualTo(Status.APPROVED);
        assertThat(macro.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
        assertThat(rejected.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(rejected.status()).isEqualTo(Status.REJECTED);
        assertThat(rejected.detail()).isEqualTo("rejected by the sender for 'bots'");
        assertThat(rejected.steps().stream().map(step -> step.text()))
                .contains("The sender rejects it for 'bots' (parameter 'reject_reason')");
        assertThat(fresh.status()).isEqualTo(Status.REJECTED);
    }

    @Test
    void what_a_partner_repeats_does_not_take_a_rejection_back() {
        var click = door.click();
        var install = "clickid=" + click + "&event=install";
        door.post(Feed.MMP, "net", install);
        door.post(Feed.MMP, "net", install + "&status=rejected");

        var repeated = door.post(Feed.MMP, "net", install);
        var approved = door.post(Feed.MMP, "net", install + "&status=approved");

        assertThat(repeated.reason()).isEqualTo(Reason.STALE_STATUS);
        assertThat(repeated.status()).isEqualTo(Status.REJECTED);
        assertThat(approved.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(approved.status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void a_status_is_nearer_than_a_reason_to_reject() {
        var outcome =
                door.post(
                        Feed.S2S,
                        "net",
                        "clickid=" + door.click() + "&payout=1&status=approved&reject_reason=none");

        assertThat(outcome.status()).isEqualTo(Status.APPROVED);
        assertThat(outcome.detail()).isEmpty();
    }

    @Test
    void an_archived_sender_is_unknown_in_the_path() {
        var click = door.click();
        door.set(
                new Sender(
                        "net",
                        "net",
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        null,
                        null,
                        null,
                        Security.OPEN,
                        Answer.PLAIN,
                        true));

        var outcome = door.post(Feed.S2S, "net", "clickid=" + click);

        assertThat(outcome.reason()).isEqualTo(Reason.UNKNOWN_SENDER);
        assertThat(outcome.detail()).isEqualTo("there is no sender 'net'");
    }

    @Test
    void the_senders_own_parameter_names_are_read() {
        door.set(
                new Sender(
                        "net",
                        "net",
                        Map.of("clickid", "aff_sub", "payout", "commission", "txid", "ref"),
                        Map.of(),
                        Map.of(),
                        "EUR",
                        null,
                        null,
                        Security.OPEN,
                        Answer.PLAIN,
                        false));
        door.set(Samples.rate("EUR", "1.5"));
        var click = door.click();

        var outcome =
                door.post(Feed.S2S, "net", "aff_sub=" + click + "&commission=4&ref=R1&payout=9");

        assertThat(outcome.payout()).hasToString("Money[micros=4000000, currency=EUR]");
        assertThat(door.state(click).conversions().getFirst().txid()).isEqualTo("R1");
        assertThat(Sums.of(door.facts()).revenue()).isEqualTo(6_000_000);
    }

    @Nested
    class A_sender_with_tokens {

        @BeforeEach
        void with_tokens() {
            var tokens = List.of(door.fingerprints.of("old"), door.fingerprints.of("new"));
            door.set(Samples.secured("net", new Security(tokens, List.of())));
        }

        @Test
        void takes_each_of_them_without_a_warning() {
            var click = door.click();

            var byOld = door.post(click, "txid=A1&payout=1&token=old");
            var byNew = door.post(Feed.S2S, "net", "txid=A2&payout=1&token=new&clickid=" + click);

            assertThat(byOld.reason()).isEqualTo(Reason.NEW_CONVERSION);
            assertThat(byOld.warnings()).isEmpty();
            assertThat(byNew.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
        }

        @Test
        void refuses_a_wrong_one_and_none() {
            var click = door.click();

            assertThat(door.post(click, "token=other").reason()).isEqualTo(Reason.BAD_TOKEN);
            assertThat(door.post(click, "").reason()).isEqualTo(Reason.BAD_TOKEN);
            assertThat(door.pixel(click, "").reason()).isEqualTo(Reason.BAD_TOKEN);
            assertThat(door.state(click).conversions()).isEmpty();
        }
    }

    @Nested
    class A_sender_with_addresses {

        @BeforeEach
        void with_addresses() {
            door.set(Samples.secured("net", new Security(List.of(), List.of("192.0.2.0/24"))));
        }

        @Test
        void takes_what_comes_from_them() {
            assertThat(door.post(door.click(), "").reason()).isEqualTo(Reason.NEW_CONVERSION);
        }

        @Test
        void refuses_what_comes_from_elsewhere() {
            door.refuseAddressFor("net", "other");

            assertThat(door.post(door.click(), "").reason()).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        }
    }

    @Test
    void the_request_may_say_what_its_status_words_mean() {
        var words = "&sale_status=ok,Paid&lead_status=new&rejected_status=no&ignore_status=test";

        assertThat(status("paid", words)).isEqualTo(Status.APPROVED);
        assertThat(status("new", words)).isEqualTo(Status.PENDING);
        assertThat(status("no", words)).isEqualTo(Status.REJECTED);
        var ignored = door.post(door.click(), "status=test" + words);
        assertThat(ignored.reason()).isEqualTo(Reason.IGNORED_STATUS);
        var unknown = door.post(door.click(), "status=pai" + words);
        assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN_STATUS);
    }

    @Test
    void the_requests_meaning_of_a_word_comes_before_the_usual_one() {
        assertThat(status("lead", "&sale_status=lead")).isEqualTo(Status.APPROVED);
    }

    private @Nullable Status status(String word, String words) {
        return door.post(door.click(), "payout=1&status=" + word + words).status();
    }
}
