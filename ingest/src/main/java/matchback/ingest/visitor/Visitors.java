package matchback.ingest.visitor;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// All that is known of a visitor by agent and address.
///
/// Nobody is a bot for what is missing: no header, no known address, a private network. A false bot
/// costs a paid click.
public final class Visitors {
    /// Without rules, databases and lists: told is only who calls itself a bot.
    public static final Visitors UNAIDED = new Visitors(null, Addresses.UNKNOWN, DataCentres.NONE);

    /// The reason of those who come from a data centre.
    public static final String DATA_CENTRE = "data_centre";

    /// The reason of those whose client hints name a browser that a program drives.
    static final String AUTOMATION = "browser_automation";

    private final @Nullable Agents agents;
    private final Addresses addresses;
    private final DataCentres dataCentres;

    /// @param agents null: no agent is read
    public Visitors(@Nullable Agents agents, Addresses addresses, DataCentres dataCentres) {
        this.agents = agents;
        this.addresses = addresses;
        this.dataCentres = dataCentres;
    }

    /// What the visitor shows of itself.
    ///
    /// @param agent the header `User-Agent`; empty for none
    /// @param requestedWith the header `X-Requested-With`
    /// @param brands the header `Sec-CH-UA`
    /// @param address behind trusted proxies
    public record Shown(String agent, String requestedWith, String brands, InetAddress address) {}

    /// Adds what is known now; an agent that was not read yet tells little.
    ///
    /// @return why the visitor is taken for a bot; empty for a person
    public String tell(Shown shown, Map<String, String> traits) {
        var agent = known(shown.agent()).orElseGet(() -> Agent.unread(shown.agent()));
        traits.putAll(agent.traits());
        InApp.ofPackage(shown.requestedWith()).ifPresent(app -> traits.put("in_app", app));
        addresses.tell(shown.address(), traits);
        return bot(shown, agent, traits.getOrDefault("asn", ""));
    }

    private String bot(Shown shown, Agent agent, String asn) {
        if (!agent.bot().isEmpty()) {
            return agent.bot();
        }
        if (shown.brands().contains("Headless")) {
            return AUTOMATION;
        }
        return dataCentres.contain(shown.address(), asn) ? DATA_CENTRE : "";
    }

    private Optional<Agent> known(String agent) {
        return agents == null || agent.isEmpty()
                ? Optional.of(Agent.unread(agent))
                : agents.known(agent);
    }

    /// Has an agent read of which nothing is known yet; done at once when there is nothing to do.
    /// To be waited for no longer than a visitor may wait.
    public Optional<CompletableFuture<Agent>> learn(String agent) {
        return agents == null || isKnown(agent)
                ? Optional.empty()
                : Optional.of(agents.learn(agent));
    }

    /// Whether all is known of an agent that there is to know.
    public boolean isKnown(String agent) {
        return known(agent).isPresent();
    }

    /// Reads an agent now if need be: not for an event loop.
    public void read(String agent) {
        if (agents != null && !agent.isEmpty()) {
            agents.read(agent);
        }
    }
}
