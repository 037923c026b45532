package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnfilledMacroTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // One of each style of the networks, sources and trackers in the reference sheet.
                "{sub1}",
                "{CLICKID}",
                "{clickId}",
                "{Sub Param 1}",
                "{amount50%}",
                "{amount0.5}",
                "{}",
                "{{EXTERNAL_ID}}",
                "{{campaign.id}}",
                "${SUBID}",
                "{$visitor_id}",
                "{url(sid)}",
                "[[[subid]]]",
                "[[subid]]",
                "[subid]",
                "[]",
                "$[subid]",
                "#s2#",
                "#S2#",
                "##SUB##",
                "#s2##s3#",
                "<click_id>",
                "%subid%",
                "%%CLICK_ID%%",
                "%%REQUEST_ID_VALUE%%",
                "__CLICKID__",
                "__CAMPAIGN_ID__",
                "-clickid-",
                "-CLICK_ID-",
                // The delimiters sent percent-encoded once too often.
                "%7Bclickid%7D",
                "%7bclickid%7d",
                "%5Bsubid%5D",
                "%3Cclick_id%3E",
                "%23s2%23",
                "%24%7BSUBID%7D",
                "(clickid)",
                "(event-name)",
                "(af_siteid)",
                "$$click(clickid)",
                "$$sdk(event-name)",
                "%{click_id}",
                "{cl?NetworkName}",
                "${(last_attributed_touch_data.~click_id)!}",
                "%28clickid%29",
                "  {sub1}  ",
                "{conversion.currency}",
                "{кліiк}"
            })
    void a_macro_that_nobody_replaced_is_recognised(String value) {
        assertThat(UnfilledMacro.isOne(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A1",
                "12.50",
                "06GC8M3CFC0004801HTVSMAWTW65BWTJ",
                "9b2f6a1e-3c4d-4e5f-8a6b-7c8d9e0f1a2b",
                "-1",
                "(12.50)",
                "(a) b",
                "f(x)",
                "-12-",
                "-5.00-",
                "--",
                "__",
                "____",
                "_a_",
                "__init",
                "__iap__",
                "__ADMON_USER_LEVEL_REVENUE__",
                "100%",
                "%",
                "%%",
                "%5",
                "%20",
                "50%-off%",
                "#1",
                "#",
                "##",
                "# 1 #",
                "a{b}",
                "{a}b",
                "{a",
                "a}",
                "[1",
                "<",
                "<>",
                "a<b>c",
                "order-{id}",
                "{a}{b}",
                "x@example.com",
                "A-B-C",
                "$12"
            })
    void a_value_is_no_macro(String value) {
        assertThat(UnfilledMacro.isOne(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 5000, 200_000})
    void what_is_very_long_is_no_macro_and_takes_no_time(int length) {
        assertThat(UnfilledMacro.isOne("{" + "a".repeat(length - 2) + "}")).isFalse();
        assertThat(UnfilledMacro.isOne("#".repeat(length))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "a#", "#a", "%", "%a", "__a", "[", "-a"})
    void no_value_makes_the_recogniser_slow(String part) {
        var value = part.repeat(200).substring(0, 199) + " ";

        long from = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            UnfilledMacro.isOne(value + "!");
        }

        assertThat(System.nanoTime() - from).isLessThan(5_000_000_000L);
    }
}
