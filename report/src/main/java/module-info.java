/// From facts to answers: the port of the columns, the projector that fills them, the questions.
module matchback.report {
    requires static transitive org.jspecify;
    requires transitive matchback.ledger;
    requires org.slf4j;

    exports matchback.report;
    exports matchback.report.alert;
}
