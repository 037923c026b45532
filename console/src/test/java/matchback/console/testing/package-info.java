/// Fakes and a running console for tests.
@NullMarked
package matchback.console.testing;

import org.jspecify.annotations.NullMarked;
