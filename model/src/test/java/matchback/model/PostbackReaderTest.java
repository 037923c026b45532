package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.model.PostbackReader.ClickIdFinding;
import matchback.model.PostbackReader.ClickIdFinding.Found;
import matchback.model.PostbackReader.ClickIdFinding.NotFound;
import matchback.model.PostbackReader.Value.Filled;
import matchback.model.PostbackReader.Value.Missing;
import matchback.model.PostbackReader.Value.Unreadable;
import matchback.model.PostbackReader.Value.Unresolved;
import matchback.model.catalog.Sender;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostbackReaderTest {
    private static final long NOW = 1_790_000_000_000L;
    private static final ClickIds IDS =
            new ClickIds(
                    List.of(
                            new ClickIdKey(
                                    0, "01234567".repeat(4).getBytes(StandardCharsets.US_ASCII))),
                    1_780_000_000_000L,
                    ForeignClickIds.KNOWN);
    private static final ClickId ID = IDS.signed(NOW - 1000, 1, 0, 0, 1);
    private static final ClickId OTHER = IDS.signed(NOW - 1000, 1, 0, 0, 2);

    private static PostbackReader reader(String query) {
        return new PostbackReader(Params.ofQuery(query), Optional.empty());
    }

    private static PostbackReader reader(String query, Map<String, String> mapping) {
        var sender =
                new Sender(
                        "s",
                        "",
                        mapping,
                        Map.of(),
                        Map.of(),
                        null,
                        null,
                        null,
                        Sender.Security.OPEN,
                        Sender.Answer.PLAIN,
                        false);
        return new PostbackReader(Params.ofQuery(query), Optional.of(sender));
    }

    /// The postback URLs of other trackers, filled as their networks fill them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Voluum|cid=ID&payout=1.5&txid=T&et=lead&currency=EUR|1.5|T|lead||EUR",
                "Binom|cnv_id=ID&payout=1.5&cnv_status=hold&cnv_currency=EUR|1.5|||hold|EUR",
                "RedTrack|clickid=ID&sum=1.5&type=lead&status=Approved|1.5||lead|Approved|",
                "Keitaro|subid=ID&payout=1.5&tid=T&status=sale&currency=EUR|1.5|T||sale|EUR",
                "Keitaro 2|sub_id=ID&revenue=1.5&tid=T&status=sale|1.5|T||sale|",
                "BeMob|cid=ID&payout=1.5&txid=T&status=new|1.5|T||new|",
                "FunnelFlux|click_id=ID&rev=1.5&tx=T|1.5|T|||",
                "ClickFlare|click_id=ID&payout=1.5&txid=T&ct=sale|1.5|T|sale||",
                "Prosper202|subid=ID&amount=1.5&t202txid=T|1.5|T|||",
            })
    void other_trackers_postbacks_are_understood(
            String tracker,
            String query,
            String payout,
            String txid,
            String event,
            String status,
            String currency) {
        var reader = reader(query.replace("ID", ID.text()));

        assertThat(reader.clickId(IDS, NOW)).as(tracker).isInstanceOf(Found.class);
        assertThat(reader.text(Field.PAYOUT)).isEqualTo(Optional.ofNullable(payout));
        assertThat(reader.text(Field.TXID)).isEqualTo(Optional.ofNullable(txid));
        assertThat(reader.text(Field.EVENT)).isEqualTo(Optional.ofNullable(event));
        assertThat(reader.text(Field.STATUS)).isEqualTo(Optional.ofNullable(status));
        assertThat(reader.text(Field.CURRENCY)).isEqualTo(Optional.ofNullable(currency));
    }

    @Nested
    final class A_field {
        @Test
        void is_missing_when_it_is_not_there_or_empty() {
            assertThat(reader("").read(Field.PAYOUT)).isEqualTo(new Missing());
            assertThat(reader("payout=").read(Field.PAYOUT)).isEqualTo(new Missing());
            assertThat(reader("payout=+&sum=").read(Field.PAYOUT)).isEqualTo(new Missing());
        }

        @Test
        void is_read_without_the_space_around_it() {
            assertThat(reader("payout=+1.5+").read(Field.PAYOUT))
                    .isEqualTo(new Filled("payout", "1.5"));
        }

        @Test
        void is_unresolved_when_only_macros_are_there() {
            assertThat(reader("txid={transaction_id}").read(Field.TXID))
                    .isEqualTo(new Unresolved("txid"));
            assertThat(reader("txid=&tid=%23leadid%23").read(Field.TXID))
                    .isEqualTo(new Unresolved("tid"));
        }

        @Test
        void takes_the_first_filled_name() {
            assertThat(reader("payout={payout}&sum=2&revenue=3").read(Field.PAYOUT))
                    .isEqualTo(new Filled("sum", "2"));
            assertThat(reader("revenue=3&payout=1").read(Field.PAYOUT))
                    .isEqualTo(new Filled("payout", "1"));
        }

        @Test
        void may_be_there_twice_with_the_same_value_only() {
            assertThat(reader("payout=1&payout=1").read(Field.PAYOUT))
                    .isEqualTo(new Filled("payout", "1"));
            assertThat(reader("payout=1&payout=&payout={p}").read(Field.PAYOUT))
                    .isEqualTo(new Filled("payout", "1"));
            assertThat(reader("payout=1&payout=2").read(Field.PAYOUT))
                    .isEqualTo(new Unreadable("payout", "is there twice with different values"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"txid=%FF", "txid=A%00", "txid=A1&txid=%zz"})
        void is_unreadable_when_it_is_not_well_formed(String query) {
            assertThat(reader(query).read(Field.TXID))
                    .isEqualTo(new Unreadable("txid", "is not well-formed UTF-8"));
        }

        @Test
        void is_not_disturbed_by_damage_elsewhere() {
            assertThat(reader("x=%FF&txid=A1").read(Field.TXID))
                    .isEqualTo(new Filled("txid", "A1"));
        }
    }

    @Nested
    final class A_mapping {
        @Test
        void comes_before_the_names_known_without_it() {
            assertThat(reader("cost=5&payout=1", Map.of("payout", "cost")).read(Field.PAYOUT))
                    .isEqualTo(new Filled("cost", "5"));
        }

        @Test
        void falls_back_to_the_known_names_when_its_parameter_is_not_filled() {
            assertThat(reader("cost=&payout=1", Map.of("payout", "cost")).read(Field.PAYOUT))
                    .isEqualTo(new Filled("payout", "1"));
        }

        @Test
        void takes_a_parameter_away_from_the_field_it_would_otherwise_be() {
            var reader = reader("cid=T1&clickid=" + ID.text(), Map.of("txid", "cid"));

            assertThat(reader.read(Field.TXID)).isEqualTo(new Filled("cid", "T1"));
            assertThat(reader.clickId(IDS, NOW)).isEqualTo(new Found(ID, "clickid"));
        }

        @Test
        void may_name_the_click_id() {
            var reader = reader("aff_sub=" + ID.text(), Map.of("clickid", "aff_sub"));

            assertThat(reader.clickId(IDS, NOW)).isEqualTo(new Found(ID, "aff_sub"));
        }
    }

    @Nested
    final class The_click_id {
        private ClickIdFinding find(String query) {
            return reader(query).clickId(IDS, NOW);
        }

        @ParameterizedTest
        @ValueSource(strings = {"clickid", "click_id", "cid", "subid", "sub_id", "cnv_id"})
        void is_found_under_each_of_its_names(String name) {
            assertThat(find(name + "=" + ID.text())).isEqualTo(new Found(ID, name));
            assertThat(find(name + "=+" + ID.text().toLowerCase(java.util.Locale.ROOT)))
                    .isEqualTo(new Found(ID, name));
        }

        @Test
        void is_the_first_filled_value_that_is_no_macro() {
            assertThat(find("clickid={clickid}&cid=&subid=" + ID.text()))
                    .isEqualTo(new Found(ID, "subid"));
            assertThat(find("subid=" + ID.text() + "&clickid=nonsense"))
                    .isEqualTo(new NotFound(Reason.MALFORMED_CLICK_ID, "clickid", "nonsense"));
        }

        @Test
        void is_missing_when_nothing_is_there() {
            assertThat(find("payout=1")).isEqualTo(new NotFound(Reason.MISSING_CLICK_ID, "", ""));
            assertThat(find("clickid=")).isEqualTo(new NotFound(Reason.MISSING_CLICK_ID, "", ""));
        }

        @Test
        void is_an_unresolved_macro_when_only_macros_are_there() {
            assertThat(find("clickid={CLICKID}"))
                    .isEqualTo(new NotFound(Reason.UNRESOLVED_MACRO, "clickid", "{CLICKID}"));
            assertThat(find("clickid=&cid=%23s2%23&subid={x}"))
                    .isEqualTo(new NotFound(Reason.UNRESOLVED_MACRO, "cid", "#s2#"));
        }

        @Test
        void contradicts_itself_when_two_different_ones_are_authentic() {
            assertThat(find("clickid=" + ID.text() + "&cid=" + OTHER.text()))
                    .isEqualTo(new NotFound(Reason.MALFORMED_REQUEST, "clickid", ID.text()));
            assertThat(find("clickid=" + ID.text() + "&clickid=" + OTHER.text()))
                    .isEqualTo(new NotFound(Reason.MALFORMED_REQUEST, "clickid", ID.text()));
        }

        @Test
        void may_be_there_twice_or_beside_another_trackers_id() {
            assertThat(find("clickid=" + ID.text() + "&cid=" + ID.text()))
                    .isEqualTo(new Found(ID, "clickid"));
            assertThat(find("clickid=" + ID.text() + "&cid=aBcDeFgHiJkLmNoPqRsTuV"))
                    .isEqualTo(new Found(ID, "clickid"));
        }

        @Test
        void is_kept_cut_when_it_is_none() {
            assertThat(find("clickid=" + "%D1%8F".repeat(300)))
                    .isEqualTo(new NotFound(Reason.MALFORMED_CLICK_ID, "clickid", "я".repeat(200)));
        }

        @Test
        void is_never_kept_cut_within_a_character() {
            assertThat(find("clickid=" + "x".repeat(199) + "%F0%9F%98%80"))
                    .isEqualTo(new NotFound(Reason.MALFORMED_CLICK_ID, "clickid", "x".repeat(199)));
        }
    }
}
