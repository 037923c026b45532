package matchback.server.simulate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import matchback.simulation.Act;
import matchback.simulation.Report;
import matchback.simulation.Traffic;
import matchback.simulation.Visit;

/// Traffic as a file: one JSON object a line, in the order of the times, with the label.
final class TrafficFile {
    private static final JsonMapper JSON = new JsonMapper();

    record Written(long visits, long reports) {}

    private TrafficFile() {}

    /// Throws when the file is there already: what somebody measured by it must not change.
    static Written write(Traffic traffic, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IOException(file + " is there already; name another file");
        }
        long visits = 0;
        long reports = 0;
        try (var writer = Files.newBufferedWriter(file)) {
            var acts = traffic.acts().iterator();
            while (acts.hasNext()) {
                var act = acts.next();
                switch (act) {
                    case Visit visit -> {
                        line(writer, visit(visit));
                        visits++;
                    }
                    case Report report -> {
                        line(writer, report(report));
                        reports++;
                    }
                }
            }
        }
        return new Written(visits, reports);
    }

    private static void line(BufferedWriter writer, ObjectNode node) throws IOException {
        writer.write(node.toString());
        writer.write('\n');
    }

    private static ObjectNode visit(Visit visit) {
        var node =
                of("visit", visit)
                        .put("visit", visit.number())
                        .put("campaign", visit.campaign())
                        .put("source", visit.source())
                        .put("offer", visit.offer())
                        .put("creative", visit.creative())
                        .put("publisher", visit.publisher())
                        .put("externalId", visit.externalId())
                        .put("country", visit.country())
                        .put("visitor", visit.visitor())
                        .put("address", visit.address())
                        .put("userAgent", visit.userAgent());
        return node.put("behindCarrier", visit.isBehindCarrier());
    }

    /// What the report says stands in `params`, as a postback would say it.
    private static ObjectNode report(Report report) {
        var node =
                of("report", report)
                        .put("visit", report.visit())
                        .put("conversion", report.conversion())
                        .put("sender", report.sender())
                        .put("attempt", report.attempt());
        var params = node.putObject("params");
        Map<String, String> said = report.parameters("");
        said.forEach((name, value) -> {
            if (!value.isEmpty()) {
                params.put(name, value);
            }
        });
        return node;
    }

    private static ObjectNode of(String kind, Act act) {
        return JSON.createObjectNode()
                .put("kind", kind)
                .put("at", act.at().toString())
                .put("label", act.label().word());
    }
}
