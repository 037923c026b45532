package matchback.server.recover;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import matchback.console.recovery.Recovery;
import matchback.ledger.intake.Missed;
import matchback.server.recover.AccessLog.Found;
import matchback.server.recover.AccessLog.Wanted;

/// `recover`: reads access logs, shows what would become of the requests that were missed, and
/// takes them when told to.
public final class Recover {
    private final Taker taker;
    private final PrintStream out;

    /// Where the requests go.
    public interface Taker {
        /// @return what became of them, or would, as the API tells it
        JsonNode take(List<Missed> missed, Recovery.Wish wish) throws IOException;
    }

    /// What was asked.
    ///
    /// @param withClicks whether clicks are taken too
    public record Wish(List<Path> logs, Wanted wanted, boolean withClicks, boolean isApplied) {
        public Wish {
            logs = List.copyOf(logs);
        }
    }

    public Recover(Taker taker, PrintStream out) {
        this.taker = taker;
        this.out = out;
    }

    public void run(Wish wish) throws IOException {
        var log = new AccessLog(wish.wanted());
        for (var path : wish.logs()) {
            log.read(path);
        }
        var found = log.found();
        tell(found, wish);
        if (found.missed().isEmpty()) {
            out.println("There is nothing to recover.");
            return;
        }
        var asked = new Recovery.Wish(!wish.isApplied(), wish.withClicks());
        tell(taker.take(found.missed(), asked), wish.isApplied());
    }

    private void tell(Found found, Wish wish) {
        line("%,d lines read".formatted(found.lines()));
        if (found.unreadable() > 0) {
            line("%,d of them in no form that is known".formatted(found.unreadable()));
        }
        line(
                "%,d answered %s by the proxy"
                        .formatted(found.withStatus(), wish.wanted().statuses()));
        if (found.withBody() > 0) {
            line(
                    "%,d of those were no GET: what they said stands in no log; ask their senders to send them again"
                            .formatted(found.withBody()));
        }
    }

    private void tell(JsonNode became, boolean isApplied) {
        out.println();
        out.println(isApplied ? "Taken:" : "Preview, nothing is stored:");
        became.path("postbacks")
                .path("reasons")
                .forEach(reason ->
                        row(
                                reason.path("requests").asLong(),
                                "postbacks "
                                        + reason.path("decision").asText()
                                        + ": "
                                        + reason.path("reason").asText()));
        row(became.path("postbacks").path("takenBefore").asLong(), "postbacks taken before");
        var clicks = became.path("clicks");
        row(clicks.path("recorded").asLong(), "clicks recorded");
        row(clicks.path("takenBefore").asLong(), "clicks taken before");
        row(clicks.path("withoutCampaign").asLong(), "clicks on links without a campaign");
        row(became.path("others").asLong(), "requests that are neither");
        if (!isApplied) {
            out.println("Take them with --apply; a second time nothing is taken twice.");
        }
    }

    private void row(long number, String what) {
        if (number > 0) {
            line("%,10d  %s".formatted(number, what));
        }
    }

    private void line(String text) {
        out.println(String.format(Locale.ROOT, "%s", text));
    }
}
