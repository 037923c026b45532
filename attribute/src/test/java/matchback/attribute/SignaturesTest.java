package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.ledger.Catalogs;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.Rebuild;
import matchback.ledger.memory.MemoryLedger;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.catalog.BrowserRule;
import matchback.model.catalog.Sender;
import matchback.model.catalog.Sender.Security;
import matchback.model.catalog.SignatureRule;
import matchback.model.signature.Evidence;
import matchback.model.signature.SignatureScheme;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the rules make of a signature the door looked at.
final class SignaturesTest {
    private static final String NONCE = "00112233445566778899aabbccddeeff";

    private final Door door = new Door();

    @BeforeEach
    void a_sender_that_signs() {
        door.set(signing("net", 300));
    }

    private static Sender signing(String key, int toleranceSeconds) {
        var rule =
                new SignatureRule(
                        toleranceSeconds,
                        List.of(
                                new SignatureRule.Key(
                                        "k1", SignatureScheme.QUERY_HMAC, "", 0, null)));
        return Samples.secured(key, new Security(List.of(), List.of(), rule));
    }

    private PostbackReceived postback(ClickId click, String query, Evidence... evidence) {
        return postback("", click, query, evidence);
    }

    private PostbackReceived postback(
            String sender, ClickId click, String query, Evidence... evidence) {
        return postback(Feed.S2S, sender, click, query, evidence);
    }

    private PostbackReceived postback(
            Feed feed, String sender, ClickId click, String query, Evidence... evidence) {
        var plain =
                door.postback(feed, sender, Params.ofQuery("clickid=" + click + '&' + query), null);
        return new PostbackReceived(
                plain.recordId(),
                plain.receivedAt(),
                plain.catalogVersion(),
                plain.subject(),
                plain.feed(),
                plain.sender(),
                plain.clickId(),
                plain.clickParameter(),
                plain.clickValue(),
                plain.refusal(),
                plain.detail(),
                plain.params(),
                plain.tokenFingerprints(),
                plain.refusingSenders(),
                plain.personalHash(),
                List.of(evidence));
    }

    private Evidence signed(Duration ago, String nonce) {
        return new Evidence.Verified("net", "k1", door.now() - ago.toMillis(), nonce);
    }

    private Outcome submit(PostbackReceived postback) {
        return Objects.requireNonNull(door.submit(postback));
    }

    @Test
    void a_pixel_that_a_server_signed_is_taken_at_its_word() {
        var signed = signed(Duration.ZERO, NONCE);

        var outcome = submit(postback(Feed.PIXEL, "", door.click(), "txid=A1&payout=77", signed));

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.payout()).isEqualTo(new Money(77_000_000, "USD"));
    }

    @Test
    void an_old_signature_in_a_pixel_is_none_even_where_pixels_need_none() {
        door.sender("net").ifPresent(net -> door.set(net.with(new BrowserRule(true, false))));
        var signed = signed(Duration.ofSeconds(301), NONCE);

        var old = submit(postback(Feed.PIXEL, "", door.click(), "payout=77", signed));
        var without = submit(postback(Feed.PIXEL, "", door.click(), "payout=77"));

        assertThat(old.reason()).isEqualTo(Reason.STALE_SIGNATURE);
        assertThat(without.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(without.payout()).isNotEqualTo(new Money(77_000_000, "USD"));
    }

    @Test
    void a_good_signature_is_taken_without_a_warning() {
        var outcome =
                submit(postback(door.click(), "txid=A1&payout=1", signed(Duration.ZERO, NONCE)));

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.warnings()).isEmpty();
        assertThat(outcome.steps())
                .contains(Step.of(StepKind.SIGNATURE_RIGHT, "k1", "query-hmac", "0"));
    }

    @Test
    void none_a_wrong_one_and_another_senders_are_bad() {
        var click = door.click();
        var others = new Evidence.Verified("other", "k9", door.now(), NONCE);

        var none = submit(postback(click, ""));
        var wrong = submit(postback(click, "", new Evidence.Failed("", "it fits no key")));
        var foreign = submit(postback(click, "", others));

        assertThat(List.of(none.reason(), wrong.reason(), foreign.reason()))
                .containsOnly(Reason.BAD_SIGNATURE);
        assertThat(none.detail()).isEqualTo("no signature was sent for sender 'net'");
        assertThat(wrong.detail()).isEqualTo("it fits no key");
        assertThat(foreign.detail()).contains("another sender's");
        assertThat(door.state(click).conversions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"300,true", "301,false", "-300,true", "-301,false", "86400,false"})
    void a_time_too_far_from_ours_is_stale(int secondsAgo, boolean isTaken) {
        var evidence = signed(Duration.ofSeconds(secondsAgo), NONCE);

        var outcome = submit(postback(door.click(), "payout=1", evidence));

        assertThat(outcome.reason())
                .isEqualTo(isTaken ? Reason.NEW_CONVERSION : Reason.STALE_SIGNATURE);
    }

    @Test
    void the_sender_says_how_far() {
        door.set(signing("net", 60));

        var outcome = submit(postback(door.click(), "", signed(Duration.ofSeconds(61), NONCE)));

        assertThat(outcome.reason()).isEqualTo(Reason.STALE_SIGNATURE);
        assertThat(outcome.detail())
                .isEqualTo("the signature's time is 61 s before ours; at most 60 s");
    }

    @Test
    void a_second_request_with_the_nonce_is_replayed_and_a_resent_record_is_not() {
        var click = door.click();
        var first = postback(click, "txid=A1", signed(Duration.ZERO, NONCE));
        var copy = postback(click, "txid=A1", signed(Duration.ZERO, NONCE));

        var counted = submit(first);
        var replayed = submit(copy);
        var again = submit(first);

        assertThat(counted.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(again).isEqualTo(counted);
        assertThat(replayed.reason()).isEqualTo(Reason.REPLAYED_SIGNATURE);
        assertThat(replayed.detail()).contains(first.recordId().toString());
    }

    @Test
    void another_nonce_or_another_key_is_another_request() {
        var click = door.click();
        var byOtherKey = new Evidence.Verified("net", "k2", door.now(), NONCE);
        submit(postback(click, "txid=A1", signed(Duration.ZERO, NONCE)));

        var second = submit(postback(click, "txid=A2", signed(Duration.ZERO, "ff")));
        var third = submit(postback(click, "txid=A3", byOtherKey));

        assertThat(second.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
        assertThat(third.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
    }

    @Test
    void a_refused_signature_does_not_use_up_its_nonce() {
        var click = door.click();
        submit(postback(click, "", signed(Duration.ofSeconds(500), NONCE)));

        var outcome = submit(postback(click, "txid=A1", signed(Duration.ZERO, NONCE)));

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void a_nonce_is_forgotten_when_its_signature_has_long_been_too_old() {
        var click = door.click();
        submit(postback(click, "txid=A1", signed(Duration.ZERO, NONCE)));

        door.pass(Duration.ofMinutes(11));
        var early = submit(postback(click, "txid=A2", signed(Duration.ZERO, NONCE)));
        door.pass(Duration.ofMillis(1));
        var late = submit(postback(click, "txid=A2", signed(Duration.ZERO, NONCE)));

        assertThat(early.reason()).isEqualTo(Reason.REPLAYED_SIGNATURE);
        assertThat(late.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
    }

    @Test
    void a_signature_without_a_time_is_taken_once_for_ever() {
        var click = door.click();
        var timeless = new Evidence.Verified("net", "k1", 0, NONCE);
        submit(postback(click, "txid=A1", timeless));

        door.pass(Duration.ofDays(20));
        var outcome = submit(postback(click, "txid=A1", timeless));

        assertThat(outcome.reason()).isEqualTo(Reason.REPLAYED_SIGNATURE);
    }

    @Test
    void nonces_survive_a_restart() {
        var click = door.click();
        submit(postback(click, "txid=A1", signed(Duration.ZERO, NONCE)));
        var copy = postback(click, "txid=A1", signed(Duration.ZERO, NONCE));

        var restarted = new MemoryLedger(door.tables, new Rules(RulesConfig.DEFAULT), "USD");
        var outcome = Objects.requireNonNull(restarted.submit(copy, null).join().outcome());

        assertThat(outcome.reason()).isEqualTo(Reason.REPLAYED_SIGNATURE);
    }

    @Test
    void a_rebuild_gives_the_same_nonces_and_refusals() {
        var click = door.click();
        submit(postback(click, "txid=A1", signed(Duration.ZERO, NONCE)));
        submit(postback(click, "txid=A1", signed(Duration.ZERO, NONCE)));
        submit(postback(click, "txid=A2", signed(Duration.ofHours(1), "ff")));
        var tables = door.tables.copy();
        var folded = Rebuild.FOLDED;
        var before = folded.stream().map(table -> Rebuild.digest(tables, table)).toList();
        folded.forEach(tables::clear);

        Rebuild.run(
                tables,
                new Rules(RulesConfig.DEFAULT),
                new Catalogs(tables, "USD"),
                tables::apply,
                _ -> {});

        var after = folded.stream().map(table -> Rebuild.digest(tables, table)).toList();
        assertThat(after).isEqualTo(before);
    }

    @Test
    void a_signing_sender_cannot_report_anothers_click() {
        door.set(signing("other", 300));
        var click = door.click();
        var evidence = new Evidence.Verified("other", "k1", door.now(), NONCE);

        var byPath = submit(postback("other", click, "", evidence));
        var byBarePath = submit(postback("", click, "", evidence));
        var inItsName = submit(postback("net", click, "", evidence));

        assertThat(byPath.reason()).isEqualTo(Reason.WRONG_SENDER);
        assertThat(byBarePath.reason()).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(inItsName.reason()).isEqualTo(Reason.BAD_SIGNATURE);
    }
}
