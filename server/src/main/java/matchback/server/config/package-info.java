/// What can be set, where it was set, and what is wrong with it.
///
/// Each concern is a record with its [Setting]s declared beside it; `from` builds it out of the
/// [Values] that [Loader] collected from defaults, file, environment and flags, in this order. The
/// documentation, the flags and the names of environment variables come from the declarations.
/// Nothing here starts anything; the records are handed to the wiring, and no stage reads a file or
/// the environment.
@NullMarked
package matchback.server.config;

import org.jspecify.annotations.NullMarked;
