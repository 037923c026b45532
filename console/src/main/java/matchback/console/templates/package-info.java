/// The catalogue of networks and trackers: how each one reports conversions, where that was read,
/// and an example that must come out right. The data lie beside the classes, as JSON.
@NullMarked
package matchback.console.templates;

import org.jspecify.annotations.NullMarked;
