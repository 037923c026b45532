/// Reports conversions to Matchback from an advertiser's server.
///
/// ```java
/// var matchback = Matchback.to(URI.create("https://track.example/postback/shop"))
///         .signedWith("key-1", secret)
///         .outbox(Path.of("/var/lib/shop/conversions"))
///         .start();
/// ...
/// matchback.report(Conversion.of(clickId, order.id()).payout("12.50", "USD").build());
/// ```
///
/// [matchback.client.Matchback#report] returns when the conversion is on this machine's disk. From
/// then on it is sent until the tracker has it, through restarts of either side, for 72 hours; what
/// the tracker refuses for good is kept apart and told.
@NullMarked
package matchback.client;

import org.jspecify.annotations.NullMarked;
