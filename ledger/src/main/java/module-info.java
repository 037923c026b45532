/// What happened, in order: the events, the keyed state, and the ports every engine implements.
module matchback.ledger {
    requires static transitive org.jspecify;
    requires transitive matchback.model;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports matchback.ledger;
    exports matchback.ledger.catalog;
    exports matchback.ledger.intake;
    exports matchback.ledger.memory;
    exports matchback.ledger.replay;
    exports matchback.ledger.state;
}
