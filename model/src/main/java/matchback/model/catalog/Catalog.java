package matchback.model.catalog;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import matchback.model.CapDay;
import matchback.model.Field;
import matchback.model.Money;

/// One version of everything configured; immutable.
public final class Catalog {
    private final long version;
    private final String reportCurrency;
    private final Map<String, TrafficSource> sources;
    private final Map<String, Sender> senders;
    private final Map<String, Offer> offers;
    private final Map<String, Campaign> campaigns;
    private final Map<String, ExchangeRate> rates;
    private final Map<String, Destination> destinations;
    private final Map<String, OldTracker> oldTrackers;
    private final Map<String, AppleApp> appleApps;
    private final Map<String, Lander> landers;
    private final Map<String, Quarantine> quarantines;
    private final Map<String, Validation> validations;
    private final Map<String, ReferenceRates> referenceRates;
    private final RateTable rateTable;
    private final Map<String, User> users;
    private final Map<String, ApiToken> tokens;
    private final Map<String, ApiToken> tokensByFingerprint;
    private final Map<Integer, Campaign> campaignsByNumber;
    private final Map<String, Campaign> campaignsByOldLink;
    private final List<Destination> destinationsInOrder;
    private final Set<String> readNames;

    private Catalog(
            long version, String reportCurrency, Map<Class<?>, Map<String, ? extends Entity>> all) {
        this.version = version;
        this.reportCurrency = reportCurrency;
        this.sources = kind(all, TrafficSource.class);
        this.senders = kind(all, Sender.class);
        this.offers = kind(all, Offer.class);
        this.campaigns = kind(all, Campaign.class);
        this.rates = kind(all, ExchangeRate.class);
        this.destinations = kind(all, Destination.class);
        this.oldTrackers = kind(all, OldTracker.class);
        this.appleApps = kind(all, AppleApp.class);
        this.landers = kind(all, Lander.class);
        this.quarantines = kind(all, Quarantine.class);
        this.validations = kind(all, Validation.class);
        this.referenceRates = kind(all, ReferenceRates.class);
        this.rateTable = new RateTable(reportCurrency, rates, referenceRates.values());
        this.users = kind(all, User.class);
        this.tokens = kind(all, ApiToken.class);
        this.tokensByFingerprint =
                tokens.values().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        ApiToken::fingerprint,
                                        Function.identity(),
                                        (_, later) -> later));
        this.destinationsInOrder =
                destinations.values().stream()
                        .sorted(Comparator.comparing(Destination::key))
                        .toList();
        var byNumber = new HashMap<Integer, Campaign>();
        campaigns.values().forEach(campaign -> byNumber.put(campaign.number(), campaign));
        this.campaignsByNumber = Map.copyOf(byNumber);
        var byLink = new HashMap<String, Campaign>();
        campaigns.values().stream()
                .filter(campaign -> !campaign.archived())
                .forEach(campaign -> campaign.links().forEach(link -> byLink.put(link, campaign)));
        this.campaignsByOldLink = Map.copyOf(byLink);
        var names = new HashSet<>(Field.DURABLE_NAMES);
        for (var sender : senders.values()) {
            sender.parameters()
                    .forEach((field, name) ->
                            Field.ofKey(field)
                                    .filter(Field::isDurable)
                                    .ifPresent(_ -> names.add(name)));
        }
        this.readNames = Set.copyOf(names);
    }

    /// The catalog before the first change.
    ///
    /// @param reportCurrency ISO 4217 code in which sums are shown
    public static Catalog empty(String reportCurrency) {
        return new Catalog(0, reportCurrency, Map.of());
    }

    /// The next version, with an entity added or replaced.
    public Catalog with(Entity entity) {
        var all = new HashMap<Class<?>, Map<String, ? extends Entity>>();
        all.put(TrafficSource.class, sources);
        all.put(Sender.class, senders);
        all.put(Offer.class, offers);
        all.put(Campaign.class, campaigns);
        all.put(ExchangeRate.class, rates);
        all.put(Destination.class, destinations);
        all.put(OldTracker.class, oldTrackers);
        all.put(AppleApp.class, appleApps);
        all.put(Lander.class, landers);
        all.put(Quarantine.class, quarantines);
        all.put(Validation.class, validations);
        all.put(ReferenceRates.class, referenceRates);
        all.put(User.class, users);
        all.put(ApiToken.class, tokens);
        var changed = new HashMap<String, Entity>(all.get(entity.getClass()));
        changed.put(entity.key(), entity);
        all.put(entity.getClass(), changed);
        return new Catalog(version + 1, reportCurrency, all);
    }

    /// Counts the changes, from 0.
    public long version() {
        return version;
    }

    public String reportCurrency() {
        return reportCurrency;
    }

    /// All entities of a kind by key, archived ones included.
    @SuppressWarnings("unchecked") // Each map is built for its class by kind().
    public <E extends Entity> Map<String, E> all(Class<E> kind) {
        if (kind == TrafficSource.class) {
            return (Map<String, E>) sources;
        }
        if (kind == Sender.class) {
            return (Map<String, E>) senders;
        }
        if (kind == Offer.class) {
            return (Map<String, E>) offers;
        }
        if (kind == Campaign.class) {
            return (Map<String, E>) campaigns;
        }
        if (kind == Destination.class) {
            return (Map<String, E>) destinations;
        }
        if (kind == OldTracker.class) {
            return (Map<String, E>) oldTrackers;
        }
        if (kind == AppleApp.class) {
            return (Map<String, E>) appleApps;
        }
        if (kind == Lander.class) {
            return (Map<String, E>) landers;
        }
        if (kind == Quarantine.class) {
            return (Map<String, E>) quarantines;
        }
        if (kind == Validation.class) {
            return (Map<String, E>) validations;
        }
        if (kind == ReferenceRates.class) {
            return (Map<String, E>) referenceRates;
        }
        if (kind == User.class) {
            return (Map<String, E>) users;
        }
        if (kind == ApiToken.class) {
            return (Map<String, E>) tokens;
        }
        return (Map<String, E>) rates;
    }

    /// What the operator wants of the checks.
    public Validation validation() {
        return validations.getOrDefault(Validation.KEY, Validation.DEFAULT);
    }

    /// The quarantine that holds a conversion; of several that of the lowest key.
    ///
    /// @param source key of the click's source
    /// @param subs of the click
    /// @param at when it was reported
    public Optional<Quarantine> quarantine(String source, Map<String, String> subs, long at) {
        return quarantines.isEmpty()
                ? Optional.empty()
                : quarantines.values().stream()
                        .filter(quarantine -> quarantine.holds(source, subs, at))
                        .min(Comparator.comparing(Quarantine::key));
    }

    public Optional<User> user(String key) {
        return Optional.ofNullable(users.get(key));
    }

    /// The token of a fingerprint, whether it is valid or not.
    public Optional<ApiToken> tokenOf(String fingerprint) {
        return Optional.ofNullable(tokensByFingerprint.get(fingerprint));
    }

    public Optional<OldTracker> oldTracker(String key) {
        return Optional.ofNullable(oldTrackers.get(key));
    }

    public Optional<AppleApp> appleApp(String key) {
        return Optional.ofNullable(appleApps.get(key));
    }

    /// Who is handed on what comes from a sender about clicks that are not ours.
    ///
    /// @param sender key in the path; empty for none
    /// @param at epoch milliseconds
    public Optional<OldTracker> oldTrackerFor(String sender, long at) {
        return oldTrackers.values().stream()
                .filter(tracker -> tracker.takes(sender, at))
                .min(Comparator.comparing(OldTracker::key));
    }

    public Optional<TrafficSource> source(String key) {
        return Optional.ofNullable(sources.get(key));
    }

    public Optional<Sender> sender(String key) {
        return Optional.ofNullable(senders.get(key));
    }

    /// How many places a day of an offer's cap has; no bound when the offer has no cap.
    public int places(CapDay day) {
        return offer(day.offer())
                .flatMap(Offer::dailyCap)
                .map(ConversionCap::perDay)
                .orElse(Integer.MAX_VALUE);
    }

    public Optional<Offer> offer(String key) {
        return Optional.ofNullable(offers.get(key));
    }

    public Optional<Lander> lander(String key) {
        return Optional.ofNullable(landers.get(key));
    }

    public Optional<Campaign> campaign(String key) {
        return Optional.ofNullable(campaigns.get(key));
    }

    public Optional<Destination> destination(String key) {
        return Optional.ofNullable(destinations.get(key));
    }

    /// All destinations by key, archived ones included: what is told to several is told in this
    /// order, whenever it is folded.
    public List<Destination> destinationsInOrder() {
        return destinationsInOrder;
    }

    public Optional<Campaign> campaign(int number) {
        return Optional.ofNullable(campaignsByNumber.get(number));
    }

    /// The campaign that a link of another tracker leads to.
    public Optional<Campaign> campaign(OldLink link) {
        return Optional.ofNullable(campaignsByOldLink.get(link.text()));
    }

    /// Whether any link of another tracker leads anywhere.
    public boolean hasOldLinks() {
        return !campaignsByOldLink.isEmpty();
    }

    /// The next free campaign number, from 1.
    public int nextCampaignNumber() {
        return campaignsByNumber.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    }

    /// Names of the parameters that any sender's mapping may read and that are no personal data:
    /// these stand in the durable part of a postback.
    public Set<String> readNames() {
        return readNames;
    }

    /// The amount in the report currency by the rate of the day, rounded half up to six digits;
    /// empty without a rate or when the result has more than 18 digits.
    ///
    /// @param at epoch milliseconds
    public Optional<Money> inReportCurrency(Money money, long at) {
        return rateTable
                .rate(money.currency(), at)
                .flatMap(rate -> rate.of(money.micros(), reportCurrency));
    }

    public RateTable rateTable() {
        return rateTable;
    }

    @SuppressWarnings("unchecked") // with() puts only entities of the class under it.
    private static <E extends Entity> Map<String, E> kind(
            Map<Class<?>, Map<String, ? extends Entity>> all, Class<E> kind) {
        return Map.copyOf((Map<String, E>) all.getOrDefault(kind, Map.of()));
    }
}
