/// Made-up traffic from a seed. Needs nothing but `java.base`, so that the tests of every module
/// can stand on it.
module matchback.simulation {
    requires static transitive org.jspecify;

    exports matchback.simulation;
}
