package matchback.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Those who visit: where they live, what they hold in their hands, by which address they come.
final class People {
    /// How many may come back.
    private static final int KNOWN_MAX = 5000;

    /// Share of the addresses at home that are IPv6.
    private static final double SIX_SHARE = 0.25;

    private final Shape shape;
    private final RandomGenerator random;
    private final List<Visitor> known = new ArrayList<>();

    People(Shape shape, RandomGenerator random) {
        this.shape = shape;
        this.random = random;
    }

    /// Anybody, now and then somebody who was here before.
    Visitor anybody() {
        if (!known.isEmpty() && random.nextDouble() < shape.returningShare()) {
            return known.get(random.nextInt(known.size()));
        }
        var visitor = somebodyNew();
        if (known.size() < KNOWN_MAX) {
            known.add(visitor);
        } else {
            known.set(random.nextInt(KNOWN_MAX), visitor);
        }
        return visitor;
    }

    Visitor somebodyNew() {
        var country = country();
        var device = Device.any(random);
        boolean isBehindCarrier = device.isMobile() && random.nextDouble() < carrierShareOfMobile();
        var address = isBehindCarrier ? carrierAddress(country) : homeAddress();
        return new Visitor(
                name(), country, address, device, device.userAgent(random), isBehindCarrier);
    }

    /// Somebody else at a given address.
    Visitor somebodyAt(String address, Market.Country country) {
        var device = Device.any(random);
        return new Visitor(name(), country, address, device, device.userAgent(random), false);
    }

    Market.Country country() {
        return Drawing.byWeight(shape.market().countries(), Market.Country::weight, random);
    }

    /// An address at home, of nobody else as far as chance allows.
    String homeAddress() {
        if (random.nextDouble() < SIX_SHARE) {
            return String.format(
                    Locale.ROOT,
                    "2001:db8:%x:%x::%x",
                    random.nextInt(1, 0x10000),
                    random.nextInt(1, 0x10000),
                    random.nextInt(1, 0x10000));
        }
        return "%d.%d.%d.%d"
                .formatted(
                        random.nextInt(240, 255),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(1, 255));
    }

    private String name() {
        return "v" + Long.toString(random.nextLong(1L << 40, 1L << 50), 36);
    }

    /// The carrier's addresses lie side by side, as they do.
    private String carrierAddress(Market.Country country) {
        int index = shape.market().countries().indexOf(country);
        return "100.%d.7.%d".formatted(64 + index, 1 + random.nextInt(shape.carrierAddresses()));
    }

    /// The share is of all visitors, and only those with a mobile device can be there.
    private double carrierShareOfMobile() {
        return Math.min(1, shape.carrierShare() / Device.MOBILE_SHARE);
    }
}
