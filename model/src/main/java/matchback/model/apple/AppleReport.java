package matchback.model.apple;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.apple.ApplePostback.Coarse;
import matchback.model.apple.ApplePostback.Gain;
import matchback.model.apple.ApplePostback.Protocol;

/// A postback of Apple's as it stands in the durable part of a record: parameters of fixed names,
/// one for each field that is told. Nothing in it is personal: it names an app, an ad and a window
/// of days, never a device.
///
/// @param proof what is known of its origin
public record AppleReport(ApplePostback postback, Proof proof) {
    /// Whoever reports it, when its signature does not say which ad network.
    public static final String SENDER_UNPROVEN = "apple";

    private static final String PROOF = "proof";
    private static final String PROTOCOL = "protocol";
    private static final String VERSION = "version";
    private static final String ID = "id";
    private static final String NETWORK = "network";
    private static final String APP = "app";
    private static final String SOURCE_IDENTIFIER = "source_identifier";
    private static final String WINDOW = "window";
    private static final String DID_WIN = "did_win";
    private static final String GAIN = "gain";
    private static final String FINE_VALUE = "fine_value";
    private static final String COARSE_VALUE = "coarse_value";
    private static final String INTERACTION = "interaction";
    private static final String PUBLISHER = "publisher";
    private static final String COUNTRY = "country";
    private static final String TEST = "test";

    /// Who it is counted for in the sums by sender: the ad network, if Apple's word stands for it.
    /// Developer mode lets everyone name one.
    public String sender() {
        return proof == Proof.APPLE ? postback.network() : SENDER_UNPROVEN;
    }

    public Params params() {
        var list = new ArrayList<Param>();
        put(list, PROOF, proof.word());
        put(list, PROTOCOL, postback.protocol().word());
        put(list, VERSION, postback.version());
        put(list, ID, postback.id());
        put(list, NETWORK, postback.network());
        put(list, APP, Long.toString(postback.app()));
        put(list, SOURCE_IDENTIFIER, postback.sourceIdentifier());
        put(list, WINDOW, Integer.toString(postback.window()));
        put(list, DID_WIN, Boolean.toString(postback.didWin()));
        put(list, GAIN, postback.gain().word());
        var fine = postback.fineValue();
        put(list, FINE_VALUE, fine == null ? "" : fine.toString());
        var coarse = postback.coarseValue();
        put(list, COARSE_VALUE, coarse == null ? "" : coarse.word());
        put(list, INTERACTION, postback.interaction());
        put(list, PUBLISHER, postback.publisher());
        put(list, COUNTRY, postback.country());
        put(list, TEST, postback.isTest() ? "true" : "");
        return new Params(list);
    }

    private static void put(List<Param> list, String name, String value) {
        if (!value.isEmpty()) {
            list.add(new Param(name, value, true));
        }
    }

    /// What a record's parameters tell; empty when they are not those of such a postback, because
    /// its body could not be read.
    public static Optional<AppleReport> of(Params params) {
        return params.first(PROOF).isEmpty() ? Optional.empty() : Optional.of(read(params));
    }

    private static AppleReport read(Params params) {
        var fine = params.first(FINE_VALUE);
        var coarse = params.first(COARSE_VALUE);
        return new AppleReport(
                new ApplePostback(
                        word(Protocol.class, params.first(PROTOCOL)),
                        params.first(VERSION),
                        params.first(ID),
                        params.first(NETWORK),
                        Long.parseLong(params.first(APP)),
                        params.first(SOURCE_IDENTIFIER),
                        Integer.parseInt(params.first(WINDOW)),
                        Boolean.parseBoolean(params.first(DID_WIN)),
                        word(Gain.class, params.first(GAIN)),
                        fine.isEmpty() ? null : Integer.valueOf(fine),
                        coarse.isEmpty() ? null : word(Coarse.class, coarse),
                        params.first(INTERACTION),
                        params.first(PUBLISHER),
                        params.first(COUNTRY),
                        Boolean.parseBoolean(params.first(TEST))),
                word(Proof.class, params.first(PROOF)));
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
