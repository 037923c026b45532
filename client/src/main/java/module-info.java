/// The advertiser's side: keep the click id, report the conversion, never lose it. Needs nothing
/// but the JDK; `java.sql` and the servlet API only where their classes are used.
module matchback.client {
    requires static transitive org.jspecify;
    requires static transitive java.sql;
    requires static transitive jakarta.servlet;
    requires java.net.http;

    exports matchback.client;
}
