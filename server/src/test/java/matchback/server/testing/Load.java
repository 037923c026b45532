package matchback.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import matchback.model.ClickId;
import matchback.server.demo.ApiClient;

/// Many clients that click and post at the same time, and remember what they were told.
public final class Load implements AutoCloseable {
    /// Between two rounds of one client, so that the load leaves the machine something.
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Installed installed;
    private final long seed;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();

    private final Queue<String> clicks = new ConcurrentLinkedQueue<>();
    private final Map<String, Queue<String>> conversions = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> decisions = new ConcurrentHashMap<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final LongAdder clicksSent = new LongAdder();
    private final LongAdder unrecorded = new LongAdder();
    private final LongAdder postbacksSent = new LongAdder();

    private Load(Installed installed, long seed) {
        this.installed = installed;
        this.seed = seed;
    }

    public static Load start(Installed installed, int clients, long seed) {
        var load = new Load(installed, seed);
        for (int i = 0; i < clients; i++) {
            int number = i;
            load.threads.add(Thread.ofVirtual().start(() -> load.client(number)));
        }
        return load;
    }

    /// Lets it run on until so many clicks have been answered, however long that takes.
    public void runUntilClicked(int wanted) {
        Await.until(wanted + " clicks", Duration.ofMinutes(10), () -> clicks.size() >= wanted);
    }

    /// Ends the clients and waits for their last answers.
    public void stop() {
        going.set(false);
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while clients end", e);
            }
        }
    }

    /// Click ids that were handed out.
    public List<String> clicks() {
        return List.copyOf(clicks);
    }

    /// The txids of a click that were answered as counted.
    public List<String> counted(String clickId) {
        var found = conversions.get(clickId);
        return found == null ? List.of() : List.copyOf(found);
    }

    public long countedConversions() {
        return decided("counted");
    }

    public long decided(String decision) {
        var counter = decisions.get(decision);
        return counter == null ? 0 : counter.sum();
    }

    /// Postbacks that were answered.
    public long answered() {
        return decisions.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long clicksSent() {
        return clicksSent.sum();
    }

    /// Redirected without a record.
    public long unrecorded() {
        return unrecorded.sum();
    }

    public long postbacksSent() {
        return postbacksSent.sum();
    }

    public List<String> errors() {
        return List.copyOf(errors);
    }

    private void client(int number) {
        var random = new Random(seed * 1000 + number);
        int round = 0;
        while (going.get()) {
            try {
                round(random, number + "-" + round++);
            } catch (RuntimeException e) {
                errors.add(e.toString());
                // Against a server that is gone there is nothing more to learn.
                if (e instanceof java.io.UncheckedIOException) {
                    return;
                }
            }
            Await.pause(PAUSE);
        }
    }

    private void round(Random random, String name) {
        clicksSent.increment();
        var clickId = installed.click("load-" + name);
        // On a busy machine the visitor may go on before the disk has answered: promised nothing.
        if (ClickId.ofAuthentic(clickId).isUnrecorded()) {
            unrecorded.increment();
            return;
        }
        clicks.add(clickId);
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> post(clickId, "&payout=1.25&txid=" + name, name);
            case 4 -> {
                post(clickId, "&payout=1.25&txid=" + name, name);
                post(clickId, "&payout=1.25&txid=" + name, name);
            }
            case 5 -> {
                post(clickId, "&payout=1.25&status=lead&txid=" + name, name);
                post(clickId, "&payout=1.25&status=sale&txid=" + name, name);
            }
            case 6 -> post(clickId.replace(clickId.charAt(20), other(clickId.charAt(20))), "", "");
            case 7 -> post("%7Bclickid%7D", "&payout=1", "");
            case 8 -> post(clickId, "&payout=1&status=perhaps&txid=" + name, "");
            default -> {
                // A visitor who does not convert.
            }
        }
    }

    private static char other(char found) {
        return found == 'A' ? 'B' : 'A';
    }

    private void post(String clickId, String rest, String txid) {
        postbacksSent.increment();
        JsonNode answer = installed.client().postback("/postback?clickid=" + clickId + rest);
        var decision = answer.path("decision").asText();
        if (decision.isEmpty()) {
            throw new ApiClient.Unexpected("answered " + answer);
        }
        if (decision.equals("counted")) {
            conversions.computeIfAbsent(clickId, _ -> new ConcurrentLinkedQueue<>()).add(txid);
        }
        decisions.computeIfAbsent(decision, _ -> new LongAdder()).increment();
    }

    @Override
    public void close() {
        stop();
    }
}
