/// Stage one, the door: HTTP in, click id found, raw request kept.
module matchback.ingest {
    requires static transitive org.jspecify;
    requires transitive matchback.model;
    requires transitive matchback.ledger;
    requires transitive io.vertx.core;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires org.bouncycastle.provider;
    requires com.maxmind.db;
    requires org.slf4j;
    requires org.yaml.snakeyaml;
    requires uap.java;

    exports matchback.ingest;
    exports matchback.ingest.apple;
    exports matchback.ingest.http;
    exports matchback.ingest.visitor;
}
