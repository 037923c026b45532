/// Tests of the pages, with and without a browser.
@NullMarked
package matchback.console.pages;

import org.jspecify.annotations.NullMarked;
