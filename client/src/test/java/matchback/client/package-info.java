@NullMarked
package matchback.client;

import org.jspecify.annotations.NullMarked;
