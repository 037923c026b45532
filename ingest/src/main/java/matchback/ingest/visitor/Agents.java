package matchback.ingest.visitor;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// User agents and what they tell. Each is read once, by a thread of its own, and remembered:
/// visitors show a few thousand different ones, and reading one takes a thousand times as long as
/// recording a click.
///
/// Remembered in two generations: when the younger is full it becomes the elder and the elder is
/// forgotten, so at most twice [#KNOWN_MAX] are held, in at most 20 MB. Whoever floods us with new
/// agents fills the queue of those to be read; what does not fit goes on unread. Safe for use by
/// many threads.
public final class Agents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);

    static final int KNOWN_MAX = 8192;

    /// Longer agents are read up to here, which bounds how long that can take.
    private static final int CHARS_MAX = 512;

    /// Agents that may wait to be read.
    static final int WAITING_MAX = 512;

    /// Read first, so that the first visitor's is not what loads the classes.
    private static final String COMMON =
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/140.0.0.0 Mobile Safari/537.36";

    private record Generations(
            ConcurrentMap<String, Agent> younger, ConcurrentMap<String, Agent> elder) {
        Generations next() {
            return new Generations(new ConcurrentHashMap<>(), younger);
        }
    }

    private final int knownMax;
    private final ThreadPoolExecutor thread;
    private final ConcurrentMap<String, CompletableFuture<Agent>> reading =
            new ConcurrentHashMap<>();
    private volatile CompletableFuture<AgentReader> reader;
    private volatile Generations known =
            new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    private Agents(CompletableFuture<AgentReader> reader, int knownMax, int waitingMax) {
        this.reader = reader;
        this.knownMax = knownMax;
        this.thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(waitingMax),
                        Thread.ofPlatform().name("agents").daemon().factory());
    }

    /// Begins to load the rules: those of a file, or those shipped. [#awaitRules] tells how it
    /// went.
    public static Agents start(Optional<Path> rules) {
        return start(() -> made(rules), KNOWN_MAX, WAITING_MAX);
    }

    static Agents start(Supplier<AgentReader> loading, int knownMax, int waitingMax) {
        var reader = new CompletableFuture<AgentReader>();
        var agents = new Agents(reader, knownMax, waitingMax);
        agents.thread.execute(() -> {
            try {
                reader.complete(loading.get());
            } catch (RuntimeException e) {
                reader.completeExceptionally(e);
            }
        });
        return agents;
    }

    static AgentReader made(Optional<Path> rules) {
        var made = rules.map(AgentReader::by).orElseGet(AgentReader::shipped);
        made.read(COMMON);
        return made;
    }

    /// Waits until agents can be read. Throws [UnusableFile] when the rules cannot be.
    public void awaitRules() {
        reader();
    }

    private AgentReader reader() {
        try {
            return reader.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnusableFile unusable) {
                throw unusable;
            }
            throw e;
        }
    }

    /// Reads the rules of the file again. When it cannot be used the rules stay as they are.
    public void renew(Path rules) {
        reader = CompletableFuture.completedFuture(made(Optional.of(rules)));
        known = new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    /// What an agent tells that was read before.
    public Optional<Agent> known(String agent) {
        var text = cut(agent);
        var generations = known;
        var found = generations.younger().get(text);
        if (found == null) {
            found = generations.elder().get(text);
            if (found != null) {
                remember(text, found);
            }
        }
        return Optional.ofNullable(found);
    }

    private static String cut(String agent) {
        return agent.length() <= CHARS_MAX ? agent : agent.substring(0, CHARS_MAX);
    }

    /// What an agent tells, read now if need be: not for an event loop.
    public Agent read(String agent) {
        var text = cut(agent);
        return known(text)
                .orElseGet(() -> {
                    var read = reader().read(text);
                    remember(text, read);
                    return read;
                });
    }

    /// Has an agent read by the thread for it. What comes is not read when too many wait, or when
    /// reading it fails; then it is tried anew the next time.
    public CompletableFuture<Agent> learn(String agent) {
        var text = cut(agent);
        var future = new CompletableFuture<Agent>();
        var earlier = reading.putIfAbsent(text, future);
        if (earlier != null) {
            return earlier;
        }
        try {
            thread.execute(() -> finish(text, future));
        } catch (RejectedExecutionException _) {
            reading.remove(text);
            future.complete(Agent.unread(text));
        }
        return future;
    }

    private void finish(String agent, CompletableFuture<Agent> future) {
        var result = Agent.unread(agent);
        try {
            result = read(agent);
        } catch (RuntimeException | StackOverflowError e) {
            // The rules are others' regular expressions; a visitor does not wait for their repair.
            LOG.warn("user agent not read cause=\"{}\"", e.getClass().getSimpleName());
        } finally {
            reading.remove(agent);
            future.complete(result);
        }
    }

    private void remember(String agent, Agent told) {
        var generations = known;
        if (generations.younger().size() >= knownMax) {
            generations = generations.next();
            known = generations;
        }
        generations.younger().put(agent, told);
    }

    int knownCount() {
        var generations = known;
        return generations.younger().size() + generations.elder().size();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
