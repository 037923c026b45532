/// What the tests of the whole program share: the program as a child process, and clients for it.
@NullMarked
package matchback.server.testing;

import org.jspecify.annotations.NullMarked;
