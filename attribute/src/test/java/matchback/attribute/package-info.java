@NullMarked
package matchback.attribute;

import org.jspecify.annotations.NullMarked;
