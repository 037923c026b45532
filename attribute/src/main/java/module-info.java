/// Stage two: state and event in, decision and reason out. Pure.
module matchback.attribute {
    requires static transitive org.jspecify;
    requires transitive matchback.ledger;

    exports matchback.attribute;
}
