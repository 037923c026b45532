/// Reddit's Conversions API as a page of data ([matchback.deliver.reddit.Reddit]).
@NullMarked
package matchback.deliver.reddit;

import org.jspecify.annotations.NullMarked;
