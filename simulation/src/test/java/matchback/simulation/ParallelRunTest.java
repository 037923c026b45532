package matchback.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import matchback.simulation.ParallelRun.Counts;
import matchback.simulation.ParallelRun.OfDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The truth beside the acts is what somebody finds who counts the acts.
class ParallelRunTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");

    private static ParallelRun run() {
        return new ParallelRun(3, Shape.usual(FROM, Duration.ofDays(30), 0), 2394, 1847, 31, 3);
    }

    private static List<Report> reports(List<Act> acts) {
        return acts.stream().filter(Report.class::isInstance).map(Report.class::cast).toList();
    }

    private static Set<Long> conversions(List<Report> reports, Report.Feed feed) {
        var found = new HashSet<Long>();
        reports.stream()
                .filter(report -> report.feed() == feed)
                .forEach(report -> assertThat(found.add(report.conversion())).isTrue());
        return found;
    }

    @Test
    void the_numbers_asked_for_are_in_the_acts() {
        var planted = run().plant();

        var reports = reports(planted.acts());
        var server = conversions(reports, Report.Feed.SERVER);
        var pixel = conversions(reports, Report.Feed.PIXEL);
        var either = new HashSet<>(server);
        either.addAll(pixel);
        var onlyPixel = new HashSet<>(pixel);
        onlyPixel.removeAll(server);
        assertThat(either).hasSize(2394);
        assertThat(pixel).hasSize(1847);
        assertThat(onlyPixel).hasSize(31);
        assertThat(planted.truth().all()).isEqualTo(new Counts(1847 - 31, 2394 - 1847, 31));
        assertThat(planted.acts()).filteredOn(Visit.class::isInstance).hasSize(2394 * 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_truth_of_every_device_is_what_its_visits_show(long seed) {
        var planted = ParallelRun.drawn(seed, FROM).plant();

        var devices = new HashMap<Long, Device>();
        var seen = new HashMap<Long, Set<Report.Feed>>();
        for (var act : planted.acts()) {
            switch (act) {
                case Visit visit -> devices.put(visit.number(), visit.device());
                case Report report ->
                        seen.computeIfAbsent(report.visit(), _ -> new HashSet<>())
                                .add(report.feed());
            }
        }
        var found = new HashMap<Device, Counts>();
        seen.forEach((visit, feeds) ->
                found.merge(
                        devices.getOrDefault(visit, Device.ALL.getFirst()),
                        counts(feeds),
                        ParallelRunTest::sum));
        var told = new HashMap<Device, Counts>();
        for (OfDevice of : planted.truth().devices()) {
            told.put(of.device(), of.counts());
        }
        assertThat(found).isEqualTo(told);
    }

    @Test
    void devices_lose_unevenly_and_some_reports_are_late_or_nameless() {
        var truth = run().plant().truth();

        var losses =
                truth.devices().stream()
                        .filter(of -> of.counts().all() > 100)
                        .mapToDouble(of -> (double) of.counts().onlyServer() / of.counts().all())
                        .summaryStatistics();
        assertThat(losses.getMax() / losses.getMin()).isGreaterThan(1.5);
        assertThat(truth.pixelsWithoutTxid()).isBetween(600, 850);
        assertThat(truth.serversWithoutTxid()).isBetween(40, 110);
        assertThat(truth.late()).isBetween(100, 190);
    }

    @Test
    void acts_are_in_order_and_the_same_seed_gives_the_same() {
        var planted = run().plant();

        assertThat(planted).isEqualTo(run().plant());
        assertThat(planted.acts()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(ParallelRun.drawn(1, FROM)).isNotEqualTo(ParallelRun.drawn(2, FROM));
    }

    @Test
    void a_pixel_cannot_see_more_than_there_is() {
        assertThatThrownBy(() ->
                        new ParallelRun(1, Shape.usual(FROM, Duration.ofDays(1), 0), 10, 11, 0, 1))
                .hasMessageContaining("11 seen of 10");
    }

    private static Counts counts(Set<Report.Feed> feeds) {
        if (feeds.size() == 2) {
            return new Counts(1, 0, 0);
        }
        return feeds.contains(Report.Feed.SERVER) ? new Counts(0, 1, 0) : new Counts(0, 0, 1);
    }

    private static Counts sum(Counts a, Counts b) {
        return new Counts(
                a.both() + b.both(),
                a.onlyServer() + b.onlyServer(),
                a.onlyPixel() + b.onlyPixel());
    }
}
