package matchback.bench;

/// One measurement of each side, one after the other.
///
/// @param isProven whether the records on disk equal the answers
record Round(int connections, Wrk.Found peer, Wrk.Found ours, boolean isProven) {

    double ratio() {
        return ours.perSecond() / peer.perSecond();
    }

    double p99Ratio() {
        return (double) ours.p99Micros() / peer.p99Micros();
    }
}
