package matchback.deliver.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.doubles.PartnerRules.Ruling;

/// A measurement partner's event API over HTTP.
public final class PartnerDouble implements AutoCloseable {
    private final LocalServer server;
    private final Set<String> known = new HashSet<>();
    private final List<JsonNode> taken = new ArrayList<>();
    private PartnerRules rules;
    private int lost;

    public PartnerDouble(Vertx vertx, PartnerRules rules) {
        this.rules = rules;
        this.server = new LocalServer(vertx, this::answer);
    }

    /// What the adapter's setting `endpoint` must be.
    public synchronized String endpoint() {
        return server.url() + rules.base();
    }

    /// To tell it to misbehave, and to see all that came in.
    public LocalServer server() {
        return server;
    }

    /// Goes by other rules from now on.
    public synchronized void keep(PartnerRules others) {
        rules = others;
    }

    /// What it counts; where it knows repetitions, each once.
    public synchronized List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    /// How many it has answered well and recorded nowhere.
    public synchronized int lost() {
        return lost;
    }

    private synchronized Reply answer(Call call) {
        var ruling = rules.of(call);
        return switch (ruling) {
            case Ruling.Taken(var event, var id, var reply) when id.isEmpty() || known.add(id) -> {
                taken.add(event);
                yield reply;
            }
            case Ruling.Taken _ ->
                    Reply.json(
                            400,
                            "{\"error\":\"Event request failed (Ignoring event, earlier unique"
                                    + " event tracked)\"}");
            case Ruling.Lost(var reply) -> {
                lost++;
                yield reply;
            }
            case Ruling.Refused(var reply) -> reply;
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
