package matchback.server.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import matchback.report.alert.Alert;
import matchback.report.alert.AlertKind;
import matchback.report.alert.Condition;

/// What of alerts must outlive a restart: which are open, which were, who is still to be told. It
/// is a file of its own and no part of the ledger: alerts follow from what is there, and to lose it
/// means no more than being told once again.
final class AlertFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    record Content(List<Alert> alerts, List<AlertPost> posts) {
        static final Content NONE = new Content(List.of(), List.of());
    }

    AlertFile(Path file) {
        this.file = file;
    }

    /// Nothing when there is none yet. Throws [IOException] when it cannot be read.
    Content read() throws IOException {
        if (!Files.exists(file)) {
            return Content.NONE;
        }
        var root = JSON.readTree(file.toFile());
        var alerts = new ArrayList<Alert>();
        root.path("alerts")
                .forEach(node ->
                        AlertKind.ofWord(node.path("kind").asText())
                                .ifPresent(kind -> alerts.add(alert(kind, node))));
        var posts = new ArrayList<AlertPost>();
        root.path("posts").forEach(node -> posts.add(post(node)));
        return new Content(alerts, posts);
    }

    private static Alert alert(AlertKind kind, JsonNode node) {
        var evidence = new ArrayList<String>();
        node.path("evidence").forEach(line -> evidence.add(line.asText()));
        return new Alert(
                new Condition(
                        kind,
                        node.path("key").asText(),
                        node.path("headline").asText(),
                        evidence,
                        node.path("href").asText(),
                        node.path("since").asLong()),
                node.path("raisedAt").asLong(),
                node.path("seenAt").asLong(),
                node.path("clearedAt").asLong());
    }

    private static AlertPost post(JsonNode node) {
        return new AlertPost(
                node.path("destination").asText(),
                node.path("id").asText(),
                node.path("json").asText(),
                node.path("madeAt").asLong(),
                node.path("tries").asInt(),
                node.path("nextAt").asLong());
    }

    /// Replaces it: either the old or the new one is there, whatever happens.
    void write(Content content) throws IOException {
        var root = JSON.createObjectNode();
        var alerts = root.putArray("alerts");
        content.alerts().forEach(alert -> alerts.add(node(alert)));
        var posts = root.putArray("posts");
        for (var post : content.posts()) {
            posts.addObject()
                    .put("destination", post.destination())
                    .put("id", post.id())
                    .put("json", post.json())
                    .put("madeAt", post.madeAt())
                    .put("tries", post.tries())
                    .put("nextAt", post.nextAt());
        }
        var next = file.resolveSibling(file.getFileName() + ".next");
        try (var out =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(root));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode node(Alert alert) {
        var condition = alert.condition();
        var node =
                JSON.createObjectNode()
                        .put("kind", condition.kind().word())
                        .put("key", condition.key())
                        .put("headline", condition.headline())
                        .put("href", condition.href())
                        .put("since", condition.since())
                        .put("raisedAt", alert.raisedAt())
                        .put("seenAt", alert.seenAt())
                        .put("clearedAt", alert.clearedAt());
        var evidence = node.putArray("evidence");
        condition.evidence().forEach(evidence::add);
        return node;
    }
}
