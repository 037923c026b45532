/// Reads the access log of a proxy for requests that it could not hand on to us.
@NullMarked
package matchback.server.recover;

import org.jspecify.annotations.NullMarked;
