package matchback.simulation;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the traffic promises to those who measure by it.
class TrafficTest {
    private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration DAYS = Duration.ofDays(4);

    private static Traffic honest(long seed) {
        return new Traffic(seed, Shape.usual(FROM, DAYS, 20_000), List.of());
    }

    private static Attack attack(Label kind, int conversions) {
        return new Attack(
                kind,
                "sim-push",
                "sim-push-77",
                Duration.ofHours(20),
                Duration.ofDays(2),
                conversions);
    }

    private static Traffic attacked(Label kind, int conversions) {
        var shape = Shape.usual(FROM, DAYS, 20_000);
        return new Traffic(5, shape, List.of(attack(kind, conversions)));
    }

    /// The visits of a traffic by number, and its first reports.
    private record Seen(Map<Long, Visit> visits, List<Report> firsts, List<Report> reports) {
        static Seen of(Traffic traffic) {
            var visits = new HashMap<Long, Visit>();
            var conversions = new HashSet<Long>();
            var reports = new ArrayList<Report>();
            var firsts = new ArrayList<Report>();
            traffic.acts()
                    .forEach(act -> {
                        switch (act) {
                            case Visit visit -> visits.put(visit.number(), visit);
                            case Report report -> {
                                reports.add(report);
                                if (conversions.add(report.conversion())) {
                                    firsts.add(report);
                                }
                            }
                        }
                    });
            return new Seen(visits, firsts, reports);
        }

        Visit visit(Report report) {
            var visit = visits.get(report.visit());
            if (visit == null) {
                throw new AssertionError("no visit " + report.visit());
            }
            return visit;
        }

        Stream<Report> firsts(Predicate<Report> wanted) {
            return firsts.stream().filter(wanted);
        }

        double seconds(Report report) {
            return Duration.between(visit(report).at(), report.happenedAt()).toMillis() / 1000.0;
        }

        double share(Predicate<Report> of, Predicate<Report> are) {
            return (double) firsts(of.and(are)).count() / firsts(of).count();
        }
    }

    @Test
    void the_same_seed_gives_the_same_acts_and_another_seed_others() {
        var attacks = List.of(attack(Label.ADDRESS_CLUSTER, 60), attack(Label.RECYCLED_TXIDS, 20));
        var shape = Shape.usual(FROM, Duration.ofDays(2), 3000);

        var once = new Traffic(7, shape, attacks).acts().toList();
        var again = new Traffic(7, shape, attacks).acts().toList();
        var other = new Traffic(8, shape, attacks).acts().toList();

        assertThat(once).hasSizeGreaterThan(5000).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void acts_come_in_the_order_of_their_times_and_no_report_before_its_visit() {
        var known = new HashSet<Long>();
        var last = FROM;

        for (var act : attacked(Label.CLICK_FLOODING, 20).acts().toList()) {
            assertThat(act.at()).isAfterOrEqualTo(last);
            last = act.at();
            boolean isWell =
                    switch (act) {
                        case Visit visit -> known.add(visit.number());
                        case Report report -> known.contains(report.visit());
                    };
            assertThat(isWell).isTrue();
        }

        assertThat(known).hasSizeGreaterThan(80_000);
    }

    @Test
    void an_attack_leaves_the_honest_visits_as_they_are() {
        Predicate<Act> isHonestVisit = act -> act instanceof Visit && act.label().isHonest();

        var alone = honest(5).acts().filter(isHonestVisit).map(act -> ((Visit) act).externalId());
        var among =
                attacked(Label.MACHINE_RHYTHM, 50)
                        .acts()
                        .filter(isHonestVisit)
                        .map(act -> ((Visit) act).externalId());

        assertThat(among.toList()).isEqualTo(alone.toList());
    }

    @Test
    void honest_installs_follow_the_published_rule_of_thumb() {
        var seen = Seen.of(honest(1));
        Predicate<Report> installs = report -> report.event().equals("install");

        assertThat(seen.firsts(installs).count()).isGreaterThan(1000);
        assertThat(seen.share(installs, r -> seen.seconds(r) < 3600)).isBetween(0.72, 0.79);
        assertThat(seen.share(installs, r -> seen.seconds(r) < 86_400)).isBetween(0.92, 0.96);
        assertThat(seen.share(installs, r -> seen.seconds(r) < 10)).isLessThan(0.01);
    }

    @Test
    void people_sleep_where_they_live() {
        var hours =
                honest(2)
                        .acts()
                        .filter(act -> act instanceof Visit visit && visit.country().equals("in"))
                        .collect(
                                groupingBy(
                                        act -> act.at().atZone(ZoneId.of("Asia/Kolkata")).getHour(),
                                        counting()));

        long evening = hours.getOrDefault(20, 0L) + hours.getOrDefault(21, 0L);
        long night = hours.getOrDefault(3, 0L) + hours.getOrDefault(4, 0L);
        assertThat((double) evening / night).isBetween(5.0, 9.5);
    }

    @Test
    void many_people_share_a_carriers_few_addresses_and_few_share_one_at_home() {
        var shape = Shape.usual(FROM, Duration.ofDays(1), 20_000).behindCarriers(0.5, 3);

        var visits =
                new Traffic(3, shape, List.of())
                        .acts()
                        .filter(Visit.class::isInstance)
                        .map(Visit.class::cast)
                        .toList();

        var carried = visits.stream().filter(Visit::isBehindCarrier).toList();
        assertThat((double) carried.size() / visits.size()).isBetween(0.47, 0.53);
        assertThat(carried.stream().map(Visit::address).distinct()).hasSizeLessThanOrEqualTo(8 * 3);
        assertThat(
                        visits.stream()
                                .filter(visit -> !visit.isBehindCarrier())
                                .collect(
                                        groupingBy(
                                                Visit::address,
                                                groupingBy(Visit::visitor, counting())))
                                .values())
                .allMatch(visitors -> visitors.size() <= 2);
    }

    @Test
    void senders_repeat_delay_decide_and_take_back_as_the_shape_says() {
        var seen = Seen.of(honest(4));
        double firsts = seen.firsts().size();

        double again = seen.reports().stream().filter(r -> r.attempt() > 1).count();
        double late =
                seen.firsts(r -> r.at().isAfter(r.happenedAt().plus(Duration.ofHours(5)))).count();
        double shoes = seen.firsts(r -> r.sender().equals("sim-shop")).count();
        double refunds =
                seen.reports().stream()
                        .filter(r -> r.status().equals("refund") && r.attempt() == 1)
                        .count();
        assertThat(again / firsts).isBetween(0.03, 0.08);
        assertThat(late / firsts).isBetween(0.01, 0.03);
        assertThat(refunds / shoes).isBetween(0.01, 0.06);
        assertThat(seen.reports()).anyMatch(r -> r.event().equals("rebill"));
        assertThat(seen.reports()).anyMatch(r -> r.status().equals("rejected"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HONEST")
    void every_attack_tries_about_as_often_as_it_was_told_and_says_its_name(Label kind) {
        var seen = Seen.of(attacked(kind, 120));

        long tries = seen.firsts(report -> report.label() == kind).count();
        assertThat(tries).isBetween(80L, 165L);
        assertThat(seen.visits().values())
                .filteredOn(visit -> visit.publisher().equals("sim-push-77"))
                .allMatch(visit -> visit.label() == kind);
    }

    @Test
    void injected_clicks_come_seconds_before_the_conversion() {
        var seen = Seen.of(attacked(Label.CLICK_INJECTION, 120));

        assertThat(seen.firsts(r -> r.label() == Label.CLICK_INJECTION))
                .allMatch(report -> seen.seconds(report) >= 2 && seen.seconds(report) < 10);
    }

    @Test
    void a_flood_converts_seldom_and_at_any_time() {
        var seen = Seen.of(attacked(Label.CLICK_FLOODING, 120));
        Predicate<Report> flood = report -> report.label() == Label.CLICK_FLOODING;

        long clicks =
                seen.visits().values().stream()
                        .filter(visit -> visit.label() == Label.CLICK_FLOODING)
                        .count();
        assertThat((double) seen.firsts(flood).count() / clicks).isBetween(0.002, 0.006);
        assertThat(seen.share(flood, report -> seen.seconds(report) < 3600)).isLessThan(0.1);
        assertThat(seen.share(flood, report -> seen.seconds(report) < 86_400))
                .isBetween(0.35, 0.65);
    }

    @Test
    void a_room_shares_its_address_and_its_moment() {
        var seen = Seen.of(attacked(Label.ADDRESS_CLUSTER, 120));

        var rooms =
                seen.firsts(r -> r.label() == Label.ADDRESS_CLUSTER)
                        .collect(groupingBy(report -> seen.visit(report).address()));

        assertThat(rooms.values())
                .allSatisfy(room -> {
                    assertThat(room).hasSizeBetween(12, 25);
                    assertThat(room)
                            .allMatch(report ->
                                    Duration.between(
                                                            room.getFirst().happenedAt(),
                                                            report.happenedAt())
                                                    .abs()
                                                    .toSeconds()
                                            < 60);
                });
    }

    @Test
    void stuffed_amounts_are_several_times_the_usual() {
        var seen = Seen.of(attacked(Label.VALUE_STUFFING, 120));

        Predicate<Report> games = report -> report.event().equals("install");
        assertThat(seen.firsts(games.and(r -> r.label() == Label.VALUE_STUFFING)))
                .isNotEmpty()
                .allMatch(r -> new BigDecimal(r.payout()).doubleValue() >= 4 * 1.79);
        assertThat(seen.firsts(games.and(r -> r.label().isHonest())))
                .allMatch(r -> r.payout().equals("1.80"));
    }

    @Test
    void recycled_ids_were_reported_before_by_the_same_sender_for_another_visit() {
        var seen = Seen.of(attacked(Label.RECYCLED_TXIDS, 120));

        var byTxid = seen.reports().stream().collect(groupingBy(Report::txid));
        assertThat(seen.firsts(r -> r.label() == Label.RECYCLED_TXIDS))
                .allMatch(recycled ->
                        byTxid.getOrDefault(recycled.txid(), List.of()).stream()
                                .anyMatch(old -> isBefore(old, recycled)));
    }

    private static boolean isBefore(Report old, Report recycled) {
        return old.label().isHonest()
                && old.sender().equals(recycled.sender())
                && old.visit() != recycled.visit()
                && old.at().isBefore(recycled.at());
    }

    @Test
    void guesses_name_no_visit_and_look_like_click_ids() {
        var seen = Seen.of(attacked(Label.CLICK_ID_GUESSING, 120));

        assertThat(seen.firsts(r -> r.label() == Label.CLICK_ID_GUESSING))
                .allMatch(r -> r.visit() == 0 && r.guess().matches("[0-9A-HJKMNP-TV-Z]{32}"))
                .extracting(r -> r.parameters("not this one").get("clickid"))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_machine_keeps_its_step_day_and_night() {
        var seen = Seen.of(attacked(Label.MACHINE_RHYTHM, 120));

        var times =
                seen.firsts(r -> r.label() == Label.MACHINE_RHYTHM)
                        .map(Report::happenedAt)
                        .sorted()
                        .toList();

        for (int i = 1; i < times.size(); i++) {
            double gap = Duration.between(times.get(i - 1), times.get(i)).toMillis();
            assertThat(gap / Duration.ofDays(2).dividedBy(120).toMillis()).isBetween(0.97, 1.03);
        }
    }

    @Test
    void an_attack_on_a_source_without_campaigns_is_refused_with_those_there_are() {
        var shape = Shape.usual(FROM, DAYS, 10);
        var attack =
                new Attack(
                        Label.VALUE_STUFFING, "nobody", "p", Duration.ZERO, Duration.ofDays(1), 1);

        assertThatThrownBy(() -> new Traffic(1, shape, List.of(attack)))
                .hasMessageContaining("nobody")
                .hasMessageContaining("sim-push");
    }
}
