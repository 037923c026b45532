/// Google's adapter against Google's rules.
@NullMarked
package matchback.deliver.google;

import org.jspecify.annotations.NullMarked;
