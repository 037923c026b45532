package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.World.Visit;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.doubles.LocalServer.Trouble;
import matchback.deliver.doubles.PartnerDouble;
import matchback.deliver.doubles.PartnerRules;
import matchback.deliver.mmp.PartnerSale;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Pace;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Measurement partners from the outbox to servers that keep their rules, on virtual time.
class PartnerDeliveriesTest {
    private final World world = new World(World.CONFIG.withLimits(4, 1000));
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (var one : open) {
            one.close();
        }
        world.close();
    }

    private PartnerDouble connect(PartnerSale partner, Map<String, String> others) {
        var partnerDouble = new PartnerDouble(world.vertx(), partner.rules);
        open.add(partnerDouble);
        world.source("ads", null);
        world.change(destination(partner, partnerDouble, others, partner.secret()));
        world.start(new PlatformAdapter(partner.platform, Told.SECRETS));
        return partnerDouble;
    }

    private static Destination destination(
            PartnerSale partner,
            PartnerDouble partnerDouble,
            Map<String, String> others,
            String secret) {
        var settings = new HashMap<>(partner.settings);
        settings.put("endpoint", partnerDouble.endpoint());
        settings.putAll(others);
        var name = partner.secrets.keySet().iterator().next();
        var sealed = Told.SECRETS.seal(secret, "destination/mmp/" + name, new SplittableRandom(3));
        return new Destination(
                "mmp",
                "Partner",
                partner.type(),
                settings,
                Map.of(name, sealed),
                Scope.ALL,
                Conditions.NONE,
                Set.of(Moment.APPROVED),
                Sum.PAYOUT,
                partner == PartnerSale.ADJUST ? Map.of("sale", "f0ob4r") : Map.of(),
                Pace.DEFAULT,
                false,
                false);
    }

    private List<Subject> convert(int count) {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < count; i++) {
            subjects.add(
                    world.convert(
                            "ads",
                            Visit.by("gaid=" + PartnerSale.GAID)
                                    .of(Map.of("appsflyer_id", PartnerSale.APPSFLYER_ID))
                                    .reported("payout=12.5&currency=USD&txid=T" + i)));
        }
        return subjects;
    }

    private List<DeliveryState> deliveries(List<Subject> subjects) {
        return subjects.stream().map(world::delivery).toList();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trouble_ends_with_the_conversion_told_and_nothing_personal_in_a_note(PartnerSale partner) {
        var partnerDouble = connect(partner, Map.of());
        var server = partnerDouble.server();
        server.next(1, new Trouble.LostAnswer());
        server.next(1, new Trouble.Instead(Reply.json(429, "")));
        server.next(
                1,
                new Trouble.Instead(
                        Reply.json(
                                500,
                                "%s %s 203.0.113.7"
                                        .formatted(partner.secret(), PartnerSale.GAID))));
        var subjects = convert(1);

        world.run(Duration.ofHours(2));

        // Singular, AppsFlyer and Branch count what they have answered and what they have not.
        assertThat(partnerDouble.taken()).hasSize(partner == PartnerSale.ADJUST ? 1 : 2);
        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(deliveries(subjects).toString())
                .contains("*** *** ***")
                .doesNotContain(partner.secret(), PartnerSale.GAID, "203.0.113.7");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_key_that_is_refused_parks_and_a_new_one_resumes(PartnerSale partner) {
        var partnerDouble = connect(partner, Map.of());
        partnerDouble.keep(withAnotherKey(partner));
        var subjects = convert(2);
        world.run(Duration.ofHours(2));
        assertThat(world.health(partner.type() + ":mmp").standing()).isEqualTo(Standing.PARKED);

        world.change(destination(partner, partnerDouble, Map.of(), otherKey(partner)));
        world.run(Duration.ofMinutes(2));

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
    }

    private static String otherKey(PartnerSale partner) {
        return partner == PartnerSale.BRANCH ? "key_live_other_5678" : "another-key-5678";
    }

    private static PartnerRules withAnotherKey(PartnerSale partner) {
        var key = otherKey(partner);
        return switch (partner.rules) {
            case PartnerRules.AppsFlyer rules -> new PartnerRules.AppsFlyer(rules.appId(), key);
            case PartnerRules.Adjust rules ->
                    new PartnerRules.Adjust(
                            rules.appToken(),
                            key,
                            rules.events(),
                            rules.devices(),
                            rules.optedOut());
            case PartnerRules.Branch _ -> new PartnerRules.Branch(Set.of(key));
            case PartnerRules.Singular rules -> new PartnerRules.Singular(key, rules.version());
        };
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "APPSFLYER")
    void an_app_id_of_another_app_loses_everything_unseen(PartnerSale partner) {
        var partnerDouble = connect(partner, Map.of("app-id", "id987654321"));
        var subjects = convert(1);

        world.run(Duration.ofMinutes(2));

        // Why the form of the id is looked at before anything is sent: the answer says nothing.
        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(partnerDouble.lost()).isEqualTo(1);
        assertThat(partnerDouble.taken()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "APPSFLYER")
    void an_ios_app_id_without_id_in_front_parks_before_anything_is_lost(PartnerSale partner) {
        var partnerDouble = connect(partner, Map.of("app-id", "123456789"));
        convert(1);

        world.run(Duration.ofMinutes(2));

        assertThat(world.health("appsflyer:mmp").standing()).isEqualTo(Standing.PARKED);
        assertThat(partnerDouble.server().calls()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"ADJUST", "SINGULAR"})
    void what_is_refused_for_good_is_a_dead_letter_with_the_partners_words(PartnerSale partner) {
        var refusal =
                partner == PartnerSale.ADJUST
                        ? Reply.json(451, "{\"error\":\"Event request failed (opted out)\"}")
                        : Reply.json(200, "{\"status\":\"error\",\"reason\":\"opted out\"}");
        var partnerDouble = connect(partner, Map.of());
        partnerDouble.server().next(1, new Trouble.Instead(refusal));
        var subjects = convert(1);

        world.run(Duration.ofMinutes(2));

        var dead = world.delivery(subjects.getFirst());
        assertThat(dead.progress()).isEqualTo(Progress.DEAD);
        assertThat(dead.attempts().getLast().note()).contains("opted out");
    }
}
