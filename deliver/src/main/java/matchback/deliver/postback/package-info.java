/// A URL of the user's own choice, called by GET or POST for each conversion.
@NullMarked
package matchback.deliver.postback;

import org.jspecify.annotations.NullMarked;
