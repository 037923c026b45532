/// What Apple's devices report of an app's installs, in one form for SKAdNetwork and
/// AdAttributionKit, and how it stands in a record. Reading and proving the bodies is the door's
/// work; what becomes of them is decided by an app's settings ([matchback.model.catalog.AppleApp]).
@NullMarked
package matchback.model.apple;

import org.jspecify.annotations.NullMarked;
