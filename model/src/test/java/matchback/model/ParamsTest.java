package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import matchback.model.Params.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParamsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''|''",
                "a=1|a:1",
                "a=1&b=2|a:1 b:2",
                "a=1&a=2|a:1 a:2",
                "a|a:",
                "a=|a:",
                "=1|:1",
                "=|:",
                "&&a=1&&b=2&|a:1 b:2",
                "a=1=2|a:1=2",
                "a%3Db=c%26d|a=b:c&d",
                "a+b=c%2Bd|a_b:c+d",
                "a;b=1|a;b:1",
                "?a=1|?a:1",
                "%D0%BA=%E2%9C%93|к:✓",
            })
    void a_query_is_read_in_the_order_it_came(String query, String expected) {
        var read =
                Params.ofQuery(query).list().stream()
                        .map(param -> param.name() + ':' + param.value())
                        .collect(Collectors.joining(" "));

        assertThat(read.replace("a b", "a_b")).isEqualTo(expected);
    }

    @Test
    void damage_is_marked_on_the_parameter_that_has_it() {
        var params = Params.ofQuery("a=%FF&b=2&%00=3&c=%zz");

        assertThat(params.list())
                .extracting(Param::isIntact)
                .containsExactly(false, true, false, false);
    }

    @Test
    void no_more_than_the_bound_is_read() {
        var query = "a=1&".repeat(Params.COUNT_MAX + 50);

        assertThat(Params.ofQuery(query).list()).hasSize(Params.COUNT_MAX);
    }

    @Test
    void names_are_looked_up_exactly() {
        var params = Params.ofQuery("Txid=1&txid=2&txid=3");

        assertThat(params.first("txid")).isEqualTo("2");
        assertThat(params.named("txid")).extracting(Param::value).containsExactly("2", "3");
        assertThat(params.first("none")).isEmpty();
        assertThat(params.only(name -> name.equals("Txid")).list()).hasSize(1);
        assertThat(params.and(Params.ofQuery("x=1")).list()).hasSize(4);
        assertThat(params.and(Params.EMPTY)).isSameAs(params);
    }

    @Test
    void a_parameter_is_filled_when_it_holds_more_than_a_macro_or_nothing() {
        var params = Params.ofQuery("a=&b=+&c=%7Bx%7D&d=1");

        assertThat(params.list())
                .extracting(Param::isFilled)
                .containsExactly(false, false, false, true);
    }

    @Test
    void no_query_breaks_the_reader() {
        var random = new SplittableRandom(Long.getLong("seed", 5));
        var parts = "&=%+a1;?#\u0000\uD800✓".toCharArray();
        for (int i = 0; i < 20_000; i++) {
            var query = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                query.append(parts[random.nextInt(parts.length)]);
            }

            assertThat(Params.ofQuery(query.toString()).list()).isNotNull();
        }
    }
}
