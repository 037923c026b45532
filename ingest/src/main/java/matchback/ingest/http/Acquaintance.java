package matchback.ingest.http;

/// Gets to know a visitor's user agent before the click is routed by it: nearly always it is known
/// already; a new one is read on a thread of its own, and the visitor waits for that as long as for
/// the ledger at most. Touched by one event loop alone.
final class Acquaintance {
    private final Desk desk;
    private final Deadlines deadlines;

    Acquaintance(Desk desk) {
        this.desk = desk;
        this.deadlines = new Deadlines(desk.vertx(), desk.config().clickWait());
    }

    private final class Learning extends Waiting {
        private final String agent;
        private final Runnable then;

        Learning(String agent, Runnable then) {
            this.agent = agent;
            this.then = then;
        }

        void told() {
            if (settle()) {
                deadlines.tidy();
                goOn();
            }
        }

        @Override
        void expired() {
            goOn();
        }

        private void goOn() {
            if (!desk.door().visitors().isKnown(agent)) {
                desk.metrics().agentUnread();
            }
            then.run();
        }
    }

    /// Goes on once the agent is known, or it took too long: at once, or later on the same loop.
    void with(String agent, Runnable then) {
        var told = desk.door().visitors().learn(agent);
        if (told.isEmpty()) {
            then.run();
            return;
        }
        var learning = new Learning(agent, then);
        deadlines.add(learning);
        var _ = told.get().thenRun(() -> desk.loop().execute(learning::told));
    }
}
