package matchback.deliver.platform;

import java.util.List;
import java.util.function.Function;
import matchback.deliver.Judgement;
import matchback.model.catalog.DestinationType;

/// One platform's conversion API: all that sets it apart from others.
///
/// @param type what an operator must know to connect it
/// @param batchMax events in one request
/// @param rules the first that objects says why an event is not sent
/// @param event what is told of a conversion
/// @param packing how events become a request
/// @param judge what an answer means; notes may repeat the answer, secrets are taken out afterwards
public record Platform(
        DestinationType type,
        int batchMax,
        List<Rule> rules,
        Mapping<Telling> event,
        Packing packing,
        Function<Reply, Judgement> judge) {

    public Platform {
        if (packing instanceof Letter && batchMax != 1) {
            throw new IllegalArgumentException(batchMax + " events in a letter; it has one");
        }
        rules = List.copyOf(rules);
    }
}
