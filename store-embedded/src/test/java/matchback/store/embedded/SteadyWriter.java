package matchback.store.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import matchback.ledger.Event;
import matchback.ledger.kit.KitEvents;

/// A process that writes until it is killed: `SteadyWriter <data folder> <writer's number>`. Prints
/// `A` and the record id for each acknowledged event, `F` and the reason for each refused one.
final class SteadyWriter {
    private static final int THREADS = 4;
    private static final long REFUSED_PAUSE_NANOS = 5_000_000;

    private SteadyWriter() {}

    public static void main(String[] args) throws InterruptedException {
        var ledger = EmbeddedHost.open(Path.of(args[0]));
        int writer = Integer.parseInt(args[1]);
        for (int thread = 0; thread < THREADS; thread++) {
            var events = new KitEvents(writer * THREADS + thread);
            Thread.ofPlatform().start(() -> write(ledger, events));
        }
    }

    private static void write(EmbeddedLedger ledger, KitEvents events) {
        for (int i = 0; ; i++) {
            var block = events.personal();
            var event = event(events, block, i);
            try {
                var accepted =
                        ledger.submit(event, event instanceof Event.ClickRecorded ? block : null)
                                .join();
                print("A " + accepted.recordId());
            } catch (CompletionException e) {
                print("F " + e.getCause());
                LockSupport.parkNanos(REFUSED_PAUSE_NANOS);
            }
        }
    }

    private static Event event(KitEvents events, matchback.ledger.PersonalBlock block, int i) {
        var subject = "subject-" + i % 200;
        return switch (i % 5) {
            case 0, 1 -> events.click(subject, block);
            case 2 -> events.postback(subject, "schedule", Integer.toString(i));
            case 3 -> events.postback(subject, "ask", "tx:s:" + i / 3);
            default -> events.postback(subject, "forget", "", "text", "n" + i);
        };
    }

    /// One write for the whole line, so that a kill cuts at most the last one.
    private static void print(String line) {
        synchronized (SteadyWriter.class) {
            System.out.println(line);
        }
    }
}
