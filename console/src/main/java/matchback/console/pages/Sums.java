package matchback.console.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import matchback.console.pages.SumsPage.Sum;
import matchback.report.DaySum;

/// Builds the page that shows that every postback became something, by sender and by day in UTC.
final class Sums {
    private static final List<Integer> SPANS = List.of(1, 7, 30);
    private static final int SPAN_DEFAULT = 7;

    void show(Visit visit) {
        var texts = visit.texts();
        int days =
                SPANS.stream()
                        .filter(span -> visit.param("days").equals(span.toString()))
                        .findFirst()
                        .orElse(SPAN_DEFAULT);
        var today =
                LocalDate.ofInstant(Instant.ofEpochMilli(visit.formats().now()), ZoneOffset.UTC);
        var sums =
                visit.site()
                        .context()
                        .reports()
                        .daySums(today.minusDays(days - 1L), today.plusDays(1))
                        .reversed();
        var names = new Names(visit.catalog());
        var page =
                new SumsPage(
                        visit.frame(texts.of("nav.sums"), Section.SUMS),
                        SPANS.stream()
                                .map(span ->
                                        new Preset(
                                                texts.of("period.days" + span),
                                                visit.with(Map.of("days", span.toString())),
                                                span == days))
                                .toList(),
                        sums.stream()
                                .map(sum ->
                                        new Sum(
                                                sum.sender().equals("-")
                                                        ? texts.of("postback.sender_unknown")
                                                        : names.sender(sum.sender()),
                                                sum.day().toString(),
                                                counts(visit, sum),
                                                sum.isBalanced()))
                                .toList(),
                        total(visit, sums),
                        new Nothing(
                                texts.of("postbacks.none"),
                                texts.of("postbacks.none_text"),
                                Advice.postback(visit),
                                "",
                                ""));
        visit.show(visit.site().templates().sums(page));
    }

    private static Sum total(Visit visit, List<DaySum> sums) {
        var all =
                new DaySum(
                        "",
                        LocalDate.EPOCH,
                        of(sums, DaySum::received),
                        of(sums, DaySum::counted),
                        of(sums, DaySum::updated),
                        of(sums, DaySum::duplicate),
                        of(sums, DaySum::held),
                        of(sums, DaySum::refused));
        return new Sum("", "", counts(visit, all), all.isBalanced());
    }

    private static long of(List<DaySum> sums, ToLongFunction<DaySum> part) {
        return sums.stream().mapToLong(part).sum();
    }

    private static List<String> counts(Visit visit, DaySum sum) {
        return Stream.of(
                        sum.received(),
                        sum.counted(),
                        sum.updated(),
                        sum.duplicate(),
                        sum.held(),
                        sum.refused())
                .map(visit.formats()::count)
                .toList();
    }
}
