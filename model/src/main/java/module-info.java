/// Nouns and rules of the tracker. Needs nothing but `java.base`: everything here can be computed
/// again, on any machine, at any time, with the same result.
module matchback.model {
    requires static transitive org.jspecify;

    exports matchback.model;
    exports matchback.model.apple;
    exports matchback.model.catalog;
    exports matchback.model.net;
    exports matchback.model.routing;
    exports matchback.model.signature;
    exports matchback.model.trace;
}
