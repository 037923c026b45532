/// A clock that is moved by hand, and destinations that do as they are told.
@NullMarked
package matchback.deliver.testing;

import org.jspecify.annotations.NullMarked;
