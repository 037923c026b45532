@NullMarked
package matchback.server.alert;

import org.jspecify.annotations.NullMarked;
