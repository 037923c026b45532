/// A believable hour of traffic, played in half a minute through the real HTTP endpoints of a
/// server with a data folder of its own. All numbers come out of the server; nothing on the pages
/// is made up by the demo. Everything runs on this machine: the offer pages, the traffic sources
/// and the destinations are small sites on loopback.
@NullMarked
package matchback.server.demo;

import org.jspecify.annotations.NullMarked;
