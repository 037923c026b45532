/// The console's pages. Every page is one record, and its template reads nothing else.
@NullMarked
package matchback.console.pages;

import org.jspecify.annotations.NullMarked;
