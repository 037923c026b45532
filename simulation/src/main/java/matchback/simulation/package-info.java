/// Made-up traffic: a [Traffic] is a seed, a [Shape] and some [Attack]s, and gives a stream of
/// [Act]s in the order of their times: each [Visit] of a tracking link, each [Report] of a
/// conversion, with the truth about it, its [Label]. The same seed gives the same stream.
///
/// Nothing is sent and nothing is decided here: a test makes ledger events of the acts, the command
/// `simulate` makes requests of them. Times are virtual; nothing reads a clock.
///
/// What is honest follows published shapes where there are any (how soon people install after a
/// click, [Delay]); everything else (the curve of a day, shares of carriers and of devices, prices)
/// is chosen to be believable, not measured. Addresses come out of networks that belong to nobody:
/// 100.64.0.0/10 behind carriers (RFC 6598), 240.0.0.0/4 and 2001:db8::/32 at home (RFC 1112, RFC
/// 3849).
@NullMarked
package matchback.simulation;

import org.jspecify.annotations.NullMarked;
