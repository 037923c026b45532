/// Validation: conversions in, suspicions with evidence out.
module matchback.validate {
    requires static transitive org.jspecify;
    requires transitive matchback.ledger;
    requires randomcutforest.core;

    exports matchback.validate;
}
