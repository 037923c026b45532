/// The stream of catalog changes and the JSON form of the entities in it.
@NullMarked
package matchback.ledger.catalog;

import org.jspecify.annotations.NullMarked;
