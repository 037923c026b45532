package matchback.server;

/// Which build this is.
final class Version {
    private Version() {}

    /// From the jar's manifest; classes that were not packaged are a development build.
    static String text() {
        var packaged = Version.class.getPackage().getImplementationVersion();
        return packaged == null ? "development build" : packaged;
    }
}
