/// Where a visitor goes: a campaign's paths, rules and weights, applied.
@NullMarked
package matchback.model.routing;

import org.jspecify.annotations.NullMarked;
