/// The console's pages: what people look at all day.
///
/// A request comes in on a virtual thread ([matchback.console.pages.Pages] has the routes); a small
/// class per page asks reports, ledger and catalog and makes one record that holds all the page
/// shows; its template in `src/main/jte` reads nothing else. Numbers, amounts and times become
/// texts here, in the reader's zone, and never in a template.
///
/// Every page works without script. Script adds: htmx swaps parts of a page (the whole page is
/// asked for and the part is taken from it, so there is one template for both), charts are drawn
/// from tables that are on the page, and URLs are copied by a button. The content security policy
/// lets nothing in but files of this listener; these stand under the hash of all of them.
///
/// What changes something is a form with the session's token; what is right and wrong in it the
/// API's rules say ([matchback.console.api.CatalogEditor]). All words stand in `texts.properties`.
@NullMarked
package matchback.console.pages;

import org.jspecify.annotations.NullMarked;
