/// A door and a catalog for tests of the rules.
@NullMarked
package matchback.attribute.testing;

import org.jspecify.annotations.NullMarked;
