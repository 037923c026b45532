package matchback.server.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import matchback.console.AlertBoard;
import matchback.deliver.Answer;
import matchback.deliver.Courier;
import matchback.deliver.webhook.AlertHook;
import matchback.model.catalog.Catalog;
import matchback.report.alert.Alert;
import matchback.report.alert.AlertBook;
import matchback.report.alert.AlertKind;
import matchback.report.alert.Check;
import matchback.report.alert.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One round: every check looks, the book takes in what they found, and whoever listens is told of
/// what changed. A check that fails leaves its alerts as they are.
public final class AlertRounds implements AlertBoard {
    private static final Logger LOG = LoggerFactory.getLogger(AlertRounds.class);
    private static final int POSTS_MAX = 1_000;
    private static final int OK_MIN = 200;
    private static final int OK_END = 300;

    private final List<Check> checks;
    private final AlertHook hook;
    private final Courier courier;
    private final Supplier<Catalog> catalog;
    private final InstantSource clock;
    private final Supplier<String> consoleUrl;
    private final AlertFile file;
    private final AlertBook book;

    /// What is still to be told; guarded by itself.
    private final List<AlertPost> posts;

    /// What it tells by.
    ///
    /// @param consoleUrl without a slash at the end
    public record Voice(
            AlertHook hook,
            Courier courier,
            Supplier<Catalog> catalog,
            Supplier<String> consoleUrl) {}

    /// @param file where it keeps what must outlive a restart
    public AlertRounds(List<Check> checks, Voice voice, InstantSource clock, Path file) {
        this.checks = List.copyOf(checks);
        this.hook = voice.hook();
        this.courier = voice.courier();
        this.catalog = voice.catalog();
        this.consoleUrl = voice.consoleUrl();
        this.clock = clock;
        this.file = new AlertFile(file);
        var content = read();
        this.book = new AlertBook(content.alerts());
        this.posts = Collections.synchronizedList(new ArrayList<>(content.posts()));
    }

    private AlertFile.Content read() {
        try {
            return file.read();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("alerts of before not read cause=\"{}\"", e.getMessage());
            return AlertFile.Content.NONE;
        }
    }

    /// Blocks for as long as the checks look; not to be called by two threads at once.
    public void run() {
        long now = clock.millis();
        var found = new ArrayList<Condition>();
        var looked = EnumSet.noneOf(AlertKind.class);
        for (var check : checks) {
            try {
                found.addAll(check.look(now));
                looked.addAll(check.kinds());
            } catch (RuntimeException e) {
                LOG.warn("check failed kinds={} cause=\"{}\"", check.kinds(), e.toString());
            }
        }
        var turned = book.take(now, found, looked);
        for (var alert : turned) {
            LOG.info(
                    "alert {} kind={} headline=\"{}\"",
                    alert.isOpen() ? "raised" : "cleared",
                    alert.condition().kind().word(),
                    alert.condition().headline());
            AlertHook.listeners(catalog.get()).forEach(to -> enqueue(to.key(), alert, now));
        }
        write();
        tell(now);
    }

    private void enqueue(String destination, Alert alert, long now) {
        if (posts.size() >= POSTS_MAX) {
            LOG.warn("alert not told destination={} cause=\"too many wait\"", destination);
            return;
        }
        var id = "msg_" + alert.id() + (alert.isOpen() ? "_raised" : "_cleared");
        posts.add(new AlertPost(destination, id, json(alert, now), now, 0, now));
    }

    /// What is posted. The text alone says it all; the rest is for programs.
    private String json(Alert alert, long now) {
        var condition = alert.condition();
        var node = JsonNodeFactory.instance.objectNode();
        node.put("type", alert.isOpen() ? "alert.raised" : "alert.cleared");
        node.put("timestamp", Instant.ofEpochMilli(now).toString());
        node.put(
                "text",
                alert.isOpen()
                        ? condition.headline() + ". " + String.join(" ", condition.evidence())
                        : "Over: " + condition.headline());
        var data = node.putObject("data");
        data.put("id", alert.id());
        data.put("kind", condition.kind().word());
        data.put("about", condition.key());
        data.put("headline", condition.headline());
        var evidence = data.putArray("evidence");
        condition.evidence().forEach(evidence::add);
        data.put("since", Instant.ofEpochMilli(condition.since()).toString());
        data.put("raisedAt", Instant.ofEpochMilli(alert.raisedAt()).toString());
        data.put("url", consoleUrl.get() + condition.href());
        return node.toString();
    }

    private void tell(long now) {
        for (var post : List.copyOf(posts)) {
            if (post.nextAt() <= now) {
                tell(post, now);
            }
        }
    }

    private void tell(AlertPost post, long now) {
        if (post.isGivenUp(now)) {
            posts.remove(post);
            LOG.warn("alert not told destination={} cause=\"given up\"", post.destination());
            return;
        }
        // Until its answer is there it waits as one that failed would.
        var later = post.failed(now);
        replace(post, later);
        switch (hook.message(post.destination(), catalog.get(), post.id(), post.json())) {
            case AlertHook.Message.Ready(var request) ->
                    courier.send(request, answer -> answered(later, answer));
            case AlertHook.Message.Impossible(var why) -> {
                posts.remove(later);
                LOG.warn("alert not told destination={} cause=\"{}\"", post.destination(), why);
            }
        }
    }

    private void replace(AlertPost post, AlertPost by) {
        synchronized (posts) {
            posts.remove(post);
            posts.add(by);
        }
    }

    private void answered(AlertPost post, Answer answer) {
        if (answer instanceof Answer.Answered(int status, _, _)
                && status >= OK_MIN
                && status < OK_END) {
            posts.remove(post);
        } else {
            LOG.warn(
                    "alert not told yet destination={} tries={}", post.destination(), post.tries());
        }
    }

    /// Writes down what must outlive a restart.
    public void write() {
        var alerts = new ArrayList<>(book.open());
        alerts.addAll(book.past());
        try {
            file.write(new AlertFile.Content(alerts, List.copyOf(posts)));
        } catch (IOException e) {
            LOG.warn("alerts not written cause=\"{}\"", e.toString());
        }
    }

    @Override
    public List<Alert> open() {
        return book.open();
    }

    @Override
    public List<Alert> past() {
        return book.past();
    }

    @Override
    public int untold() {
        return posts.size();
    }
}
