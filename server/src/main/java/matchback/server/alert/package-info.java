/// Looks every minute whether something is wrong, and tells whoever wants to know.
@NullMarked
package matchback.server.alert;

import org.jspecify.annotations.NullMarked;
