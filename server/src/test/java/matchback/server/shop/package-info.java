/// A shop with the client in it, killed again and again.
@NullMarked
package matchback.server.shop;

import org.jspecify.annotations.NullMarked;
