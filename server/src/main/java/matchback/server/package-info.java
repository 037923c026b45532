/// The one jar: reads the configuration, builds the objects by hand in the order the data flows,
/// starts them, answers for their health, and stops them in reverse. Only this package reads files
/// of configuration, the environment and the clock of the machine; every other module is handed
/// what it needs.
@NullMarked
package matchback.server;

import org.jspecify.annotations.NullMarked;
