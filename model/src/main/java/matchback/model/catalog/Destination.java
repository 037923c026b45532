package matchback.model.catalog;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import matchback.model.Status;
import org.jspecify.annotations.Nullable;

/// Who must learn of conversions beside the traffic source's own postback: a platform's conversion
/// API, a URL, a webhook.
///
/// @param type which adapter speaks with it, for example `meta`; never changes
/// @param settings what the adapter needs to know, by the adapter's names; no secrets
/// @param sealedSecrets what the adapter must prove, by the adapter's names, sealed for this
///   destination ([matchback.model.Secrets])
/// @param eventNames our event type to the destination's name of it; one that is not named goes by
///   the adapter's default
/// @param paused nothing is sent, and nothing burnt, until it is resumed
/// @param browserEvents names of what else browsers see that is told beside conversions, such as
///   `page_view`; null: none
public record Destination(
        String key,
        String name,
        String type,
        Map<String, String> settings,
        Map<String, String> sealedSecrets,
        Scope scope,
        Conditions conditions,
        Set<Moment> moments,
        Sum sum,
        Map<String, String> eventNames,
        Pace pace,
        boolean paused,
        boolean archived,
        @Nullable Set<String> browserEvents)
        implements Entity {

    /// Names of browser events that one destination may ask for.
    public static final int BROWSER_EVENTS_MAX = 20;

    /// What can happen to a conversion that a destination may want to hear of.
    public enum Moment {
        /// Counted, but not approved yet.
        PENDING,
        /// Approved for the first time.
        APPROVED,
        /// Payout or value changed after it was told.
        CHANGED,
        REJECTED,
        /// Refunded or charged back.
        REVERSED;

        /// As in the API, for example `approved`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether it can be the first that a destination hears of a conversion.
        public boolean isFirstWord() {
            return this == PENDING || this == APPROVED;
        }
    }

    /// Whose conversions are told; an empty list stands for all.
    ///
    /// @param campaigns keys of campaigns
    /// @param sources keys of traffic sources
    /// @param offers keys of offers
    public record Scope(List<String> campaigns, List<String> sources, List<String> offers) {
        public static final Scope ALL = new Scope(List.of(), List.of(), List.of());

        public Scope {
            campaigns = List.copyOf(campaigns);
            sources = List.copyOf(sources);
            offers = List.copyOf(offers);
        }

        public boolean holdsCampaign(String key) {
            return campaigns.isEmpty() || campaigns.contains(key);
        }

        public boolean holdsSource(String key) {
            return sources.isEmpty() || sources.contains(key);
        }

        public boolean holdsOffer(String key) {
            return offers.isEmpty() || offers.contains(key);
        }
    }

    /// Which of them are told.
    ///
    /// @param eventTypes empty: all
    /// @param payoutMinMicros least payout in the report currency, in millionths; 0: any
    /// @param percent how many of a hundred; which ones follows from the conversion's id
    /// @param delaySeconds how long after the moment
    public record Conditions(
            List<String> eventTypes, long payoutMinMicros, int percent, long delaySeconds) {
        public static final Conditions NONE = new Conditions(List.of(), 0, 100, 0);
        public static final long DELAY_SECONDS_MAX = Duration.ofDays(7).toSeconds();

        public Conditions {
            eventTypes = List.copyOf(eventTypes);
        }

        public boolean holdsEventType(String type) {
            return eventTypes.isEmpty() || eventTypes.contains(type);
        }
    }

    /// Which amount is told.
    ///
    /// @param percent the part of it, from 1 to 100
    public record Sum(Of of, int percent) {
        public static final Sum PAYOUT = new Sum(Of.PAYOUT, 100);

        public enum Of {
            PAYOUT,
            /// The order's value, else the payout.
            VALUE,
            NONE
        }
    }

    /// How fast it may be sent to.
    ///
    /// @param concurrencyMax requests under way at once; null: the installation's
    /// @param perSecondMax requests a second; null: the installation's
    public record Pace(@Nullable Integer concurrencyMax, @Nullable Integer perSecondMax) {
        public static final Pace DEFAULT = new Pace(null, null);
    }

    /// A destination that is told of conversions alone.
    public Destination(
            String key,
            String name,
            String type,
            Map<String, String> settings,
            Map<String, String> sealedSecrets,
            Scope scope,
            Conditions conditions,
            Set<Moment> moments,
            Sum sum,
            Map<String, String> eventNames,
            Pace pace,
            boolean paused,
            boolean archived) {
        this(
                key,
                name,
                type,
                settings,
                sealedSecrets,
                scope,
                conditions,
                moments,
                sum,
                eventNames,
                pace,
                paused,
                archived,
                null);
    }

    public Destination {
        settings = Map.copyOf(settings);
        sealedSecrets = Map.copyOf(sealedSecrets);
        // In their own order, so that the stored form is the same in every process.
        moments =
                moments.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(moments));
        eventNames = Map.copyOf(eventNames);
        browserEvents =
                browserEvents == null || browserEvents.isEmpty()
                        ? null
                        : Collections.unmodifiableSet(new TreeSet<>(browserEvents));
    }

    /// Names of the browser events it is told of.
    public Set<String> sights() {
        return browserEvents == null ? Set.of() : browserEvents;
    }

    /// The same, told of other browser events.
    public Destination with(Set<String> sights) {
        return new Destination(
                key,
                name,
                type,
                settings,
                sealedSecrets,
                scope,
                conditions,
                moments,
                sum,
                eventNames,
                pace,
                paused,
                archived,
                sights);
    }

    /// Its name in the outbox and in deliveries.
    public String address() {
        return type + ":" + key;
    }

    public Optional<String> setting(String named) {
        return Optional.ofNullable(settings.get(named)).filter(value -> !value.isBlank());
    }

    /// The same, paused or not, in use or not.
    public Destination with(boolean isPaused, boolean isArchived) {
        return new Destination(
                key,
                name,
                type,
                settings,
                sealedSecrets,
                scope,
                conditions,
                moments,
                sum,
                eventNames,
                pace,
                isPaused,
                isArchived,
                browserEvents);
    }

    /// Whom its secrets are sealed for.
    public String secretOwner(String named) {
        return "destination/" + key + "/" + named;
    }

    /// The moment that a status brings.
    public static Moment momentOf(Status status) {
        return switch (status) {
            case PENDING -> Moment.PENDING;
            case APPROVED -> Moment.APPROVED;
            case REJECTED -> Moment.REJECTED;
            case REVERSED -> Moment.REVERSED;
        };
    }
}
