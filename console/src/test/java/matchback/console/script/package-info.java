/// The script for pages, tried in a real browser against the real door and rules.
@NullMarked
package matchback.console.script;

import org.jspecify.annotations.NullMarked;
