package matchback.ledger.catalog;

import matchback.model.catalog.Entity;

/// One change of the catalog: an entity added or replaced. Removing is archiving.
///
/// @param at epoch milliseconds
/// @param by who made it, for example `token:admin`
public record CatalogChange(long at, String by, Entity entity) {}
