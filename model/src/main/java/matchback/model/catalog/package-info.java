/// The catalog: what the operator configured (sources, senders, offers, campaigns, rates).
///
/// A [matchback.model.catalog.Catalog] is one version of all of it, immutable. Every event names
/// the version it was taken under, so that deciding it again gives the same result.
@NullMarked
package matchback.model.catalog;

import org.jspecify.annotations.NullMarked;
