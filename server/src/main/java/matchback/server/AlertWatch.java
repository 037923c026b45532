package matchback.server;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import matchback.console.DeliveryDesk;
import matchback.console.Vitals;
import matchback.deliver.webhook.AlertHook;
import matchback.ledger.Ledger;
import matchback.model.catalog.Sender;
import matchback.report.FactStore;
import matchback.report.alert.RefusalCheck;
import matchback.report.alert.SilenceCheck;
import matchback.server.alert.AlertRounds;
import matchback.server.alert.ClockCheck;
import matchback.server.alert.FlowCheck;
import matchback.server.alert.MachineCheck;
import matchback.server.config.Configuration;

/// The parts that alerts look at.
///
/// @param courier carries what is sent out, and compares clocks on the way
record AlertWatch(
        Ledger ledger, FactStore columns, DeliveryDesk desk, Vitals vitals, ClockCheck courier) {

    /// @param consoleUrl where people see more, without a slash at the end
    AlertRounds rounds(
            Configuration configuration,
            AlertHook hook,
            Supplier<String> consoleUrl,
            InstantSource clock) {
        var data = configuration.store().data();
        return new AlertRounds(
                List.of(
                        new SilenceCheck(columns, this::name),
                        new RefusalCheck(columns, this::name),
                        new FlowCheck(desk::flows),
                        new MachineCheck(
                                data,
                                configuration.tls().certificate(),
                                () -> vitals.readiness().checks()),
                        courier),
                new AlertRounds.Voice(hook, courier, ledger::catalog, consoleUrl),
                clock,
                data.resolve("alerts.json"));
    }

    private String name(String sender) {
        return ledger.catalog().sender(sender).map(Sender::name).orElse(sender);
    }
}
