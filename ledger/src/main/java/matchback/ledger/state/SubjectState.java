package matchback.ledger.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.EventCodec;
import matchback.ledger.State;
import matchback.model.RecordId;
import matchback.model.Subject;

/// All that is kept of one subject, by name; what its browser saw stands in [BrowserTrail].
///
/// What the letters of its kinds are stands here, what a key is made of in [SubjectKeys].
public final class SubjectState {
    private static final char CLICK = 'c';
    private static final char COUNTERS = 'n';
    private static final char CONVERSION = 'v';
    private static final char BY_EVENT_ID = 'e';
    private static final char BY_TRANSACTION = 't';
    private static final char BY_PART = 'x';
    private static final char WITHOUT_TRANSACTION = 'w';
    private static final char UNIDENTIFIED = 'u';
    private static final char REPORT = 'p';
    private static final char BY_RECORD = 'r';
    private static final char DELIVERY = 'd';
    private static final char DELIVERY_OF = 'f';
    private static final char OWNER = 'o';
    private static final char PENDING = 'q';
    private static final char HELD = 'h';
    private static final char REVIEW = 'a';
    private static final char NONCE = 's';
    private static final char ANSWERS = 'k';
    private static final char MOVED = 'm';
    private static final char REPLAY = 'y';
    private static final char UNHEARD = 'b';
    private static final char EDIT = 'g';
    private static final char COST_TERM = 'K';

    /// What deciding all inputs again makes anew: conversions, what links reports to them, reports,
    /// what waits for answers or persons, and what conversions cost.
    private static final String DERIVED = "vetxwuprqhakK";

    private final State state;
    private final SubjectKeys keys;

    public SubjectState(State state, Subject subject) {
        this.state = state;
        this.keys = new SubjectKeys(subject);
    }

    public Optional<ClickState> click() {
        return read(keys.of(CLICK), StateCodec::click);
    }

    public void save(ClickState click) {
        state.put(keys.of(CLICK), StateCodec.encode(click));
    }

    /// What its conversions cost.
    public Optional<CostTerm> costTerm() {
        return read(keys.of(COST_TERM), CostTerm::decode);
    }

    public void save(CostTerm term) {
        state.put(keys.of(COST_TERM), term.encode());
    }

    public Counters counters() {
        return read(keys.of(COUNTERS), StateCodec::counters).orElse(Counters.ZERO);
    }

    public void save(Counters counters) {
        state.put(keys.of(COUNTERS), StateCodec.encode(counters));
    }

    public Optional<ConversionState> conversion(int number) {
        return read(keys.of(CONVERSION, number), StateCodec::conversion);
    }

    public void save(ConversionState conversion) {
        state.put(keys.of(CONVERSION, conversion.number()), StateCodec.encode(conversion));
    }

    /// The conversion that a record made.
    public Optional<ConversionState> conversionOf(RecordId recordId) {
        return conversions().stream()
                .filter(conversion -> conversion.recordId().equals(recordId))
                .findFirst();
    }

    /// What validation found about its conversions.
    public Suspicions suspicions() {
        return new Suspicions(state, keys);
    }

    /// All conversions in the order they were made.
    public List<ConversionState> conversions() {
        return all(CONVERSION, StateCodec::conversion);
    }

    /// The conversion that took a report with this event id.
    public Optional<ConversionState> byEventId(String eventId) {
        return number(keys.of(BY_EVENT_ID, eventId)).flatMap(this::conversion);
    }

    public void linkEventId(String eventId, int conversion) {
        state.put(keys.of(BY_EVENT_ID, eventId), StateCodec.encode(conversion));
    }

    /// The conversion of this type and transaction id, or of a part with this transaction id.
    public Optional<ConversionState> byTransaction(String eventType, String txid) {
        return number(keys.of(BY_TRANSACTION, eventType + '\0' + txid))
                .or(() -> number(keys.of(BY_PART, eventType + '\0' + txid)))
                .flatMap(this::conversion);
    }

    public void unlinkTransaction(String eventType, String txid) {
        state.delete(keys.of(BY_TRANSACTION, eventType + '\0' + txid));
    }

    /// Makes a conversion found by the transaction id of one of its parts; it has one of its own.
    public void linkPart(String eventType, String txid, int conversion) {
        state.put(keys.of(BY_PART, eventType + '\0' + txid), StateCodec.encode(conversion));
    }

    public void linkTransaction(String eventType, String txid, int conversion) {
        state.put(keys.of(BY_TRANSACTION, eventType + '\0' + txid), StateCodec.encode(conversion));
    }

    /// Everything by which reports to come are joined to conversions.
    public Set<String> links() {
        var links = new HashSet<String>();
        for (char kind : new char[] {BY_EVENT_ID, BY_TRANSACTION, BY_PART, UNIDENTIFIED}) {
            keys.suffixes(state, kind).forEach(suffix -> links.add(kind + suffix));
        }
        return links;
    }

    /// All transaction ids that lead to a conversion, also those of its parts.
    public Set<String> transactions() {
        var transactions = new HashSet<String>();
        for (char kind : new char[] {BY_TRANSACTION, BY_PART}) {
            keys.suffixes(state, kind)
                    .forEach(link -> transactions.add(link.substring(link.indexOf('\0') + 1)));
        }
        return transactions;
    }

    /// Conversions of a type that no report has named a transaction id for, at most so many, oldest
    /// first.
    public List<ConversionState> withoutTransaction(String eventType, int most) {
        var found = new ArrayList<ConversionState>();
        state.range(
                keys.of(WITHOUT_TRANSACTION, eventType + '\0'),
                (_, value) -> {
                    conversion(StateCodec.number(value)).ifPresent(found::add);
                    return found.size() < most;
                });
        return found;
    }

    /// Conversions of a type, at most so many: those without a transaction id first.
    public List<ConversionState> ofType(String eventType, int most) {
        var found = new ArrayList<ConversionState>();
        for (char kind : new char[] {WITHOUT_TRANSACTION, BY_TRANSACTION}) {
            if (found.size() < most) {
                state.range(
                        keys.of(kind, eventType + '\0'),
                        (_, value) -> {
                            conversion(StateCodec.number(value)).ifPresent(found::add);
                            return found.size() < most;
                        });
            }
        }
        return found;
    }

    public void linkWithoutTransaction(String eventType, int conversion) {
        state.put(withoutTransactionKey(eventType, conversion), StateCodec.encode(conversion));
    }

    public void unlinkWithoutTransaction(String eventType, int conversion) {
        state.delete(withoutTransactionKey(eventType, conversion));
    }

    private byte[] withoutTransactionKey(String eventType, int conversion) {
        return SubjectKeys.with(
                keys.of(WITHOUT_TRANSACTION, eventType + '\0'), SubjectKeys.bytes(conversion));
    }

    /// The conversion of a type that a report without the ids its sender's rule asks for made.
    public Optional<ConversionState> unidentified(String eventType) {
        return number(keys.of(UNIDENTIFIED, eventType)).flatMap(this::conversion);
    }

    public void linkUnidentified(String eventType, int conversion) {
        state.put(keys.of(UNIDENTIFIED, eventType), StateCodec.encode(conversion));
    }

    public void unlinkUnidentified(String eventType, int conversion) {
        if (number(keys.of(UNIDENTIFIED, eventType)).filter(n -> n == conversion).isPresent()) {
            state.delete(keys.of(UNIDENTIFIED, eventType));
        }
    }

    /// Postbacks about this subject with their current decisions, oldest first.
    public List<ReportState> reports() {
        return all(REPORT, StateCodec::report);
    }

    public Optional<ReportState> report(RecordId recordId) {
        return number(keys.of(BY_RECORD, recordId.toString()))
                .flatMap(number -> read(keys.of(REPORT, number), StateCodec::report));
    }

    public void save(ReportState report) {
        state.put(keys.of(REPORT, report.number()), StateCodec.encode(report));
        state.put(
                keys.of(BY_RECORD, report.recordId().toString()),
                StateCodec.encode(report.number()));
    }

    public List<DeliveryState> deliveries() {
        return all(DELIVERY, StateCodec::delivery);
    }

    public Optional<DeliveryState> delivery(int number) {
        return read(keys.of(DELIVERY, number), StateCodec::delivery);
    }

    /// What a destination is told of a conversion, oldest first.
    public List<DeliveryState> deliveries(int conversion, String destination) {
        return linked(keys.of(DELIVERY_OF, deliveryOf(conversion, destination)));
    }

    /// What all destinations are told of a conversion, by destination, oldest first.
    public List<DeliveryState> deliveriesOf(int conversion) {
        return linked(keys.of(DELIVERY_OF, conversion));
    }

    private List<DeliveryState> linked(byte[] prefix) {
        var found = new ArrayList<DeliveryState>();
        state.range(
                prefix,
                (_, value) -> {
                    delivery(StateCodec.number(value)).ifPresent(found::add);
                    return true;
                });
        return found;
    }

    /// Saves a new delivery, so that it is found by its conversion and destination.
    public void add(DeliveryState delivery) {
        save(delivery);
        var prefix =
                keys.of(DELIVERY_OF, deliveryOf(delivery.conversion(), delivery.destination()));
        state.put(
                SubjectKeys.with(prefix, SubjectKeys.bytes(delivery.number())),
                StateCodec.encode(delivery.number()));
    }

    private static byte[] deliveryOf(int conversion, String destination) {
        var name = destination.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + name.length + 1)
                .putInt(conversion)
                .put(name)
                .put((byte) 0)
                .array();
    }

    public void save(DeliveryState delivery) {
        state.put(keys.of(DELIVERY, delivery.number()), StateCodec.encode(delivery));
    }

    /// Which subject a checked value belongs to; for subjects such as a sender's transaction id.
    public Optional<Subject> owner() {
        return read(keys.of(OWNER), StateCodec::subject);
    }

    public void own(Subject owner) {
        state.put(keys.of(OWNER), StateCodec.encode(owner));
    }

    public void disown() {
        state.delete(keys.of(OWNER));
    }

    /// A postback that waits for the answer to its check, whole: it is decided when that comes.
    public Optional<PostbackReceived> pending(RecordId recordId) {
        return postback(PENDING, recordId);
    }

    public void savePending(PostbackReceived postback) {
        state.put(keys.of(PENDING, postback.recordId().toString()), EventCodec.encode(postback));
    }

    public void dropPending(RecordId recordId) {
        state.delete(keys.of(PENDING, recordId.toString()));
    }

    /// What a waiting postback was answered so far: the subject that was asked, and whom the value
    /// belongs to.
    public Map<Subject, Subject> answers(RecordId recordId) {
        return read(keys.of(ANSWERS, recordId.toString()), StateCodec::answers).orElse(Map.of());
    }

    public void saveAnswers(RecordId recordId, Map<Subject, Subject> answers) {
        state.put(keys.of(ANSWERS, recordId.toString()), StateCodec.encode(answers));
    }

    public void dropAnswers(RecordId recordId) {
        state.delete(keys.of(ANSWERS, recordId.toString()));
    }

    /// The places that are given out one by one; for subjects such as a day of an offer's cap.
    public Places places() {
        return new Places(state, keys);
    }

    /// A postback that a person must decide, whole.
    public Optional<PostbackReceived> held(RecordId recordId) {
        return postback(HELD, recordId);
    }

    public void saveHeld(PostbackReceived postback) {
        state.put(keys.of(HELD, postback.recordId().toString()), EventCodec.encode(postback));
    }

    public void dropHeld(RecordId recordId) {
        state.delete(keys.of(HELD, recordId.toString()));
    }

    /// What a person last said of this postback.
    public Optional<ReviewState> review(RecordId reviewed) {
        return read(keys.of(REVIEW, reviewed.toString()), StateCodec::review);
    }

    public void save(ReviewState review) {
        state.put(
                keys.of(REVIEW, review.review().reviewed().toString()), StateCodec.encode(review));
    }

    /// What a person said of a conversion by this record.
    public Optional<Edited> edit(RecordId recordId) {
        return read(keys.of(EDIT, recordId.toString()), EventCodec::decode).map(Edited.class::cast);
    }

    /// What persons said of conversions, oldest first.
    public List<Edited> editsInOrder() {
        return all(EDIT, EventCodec::decode).stream()
                .map(Edited.class::cast)
                .sorted(Comparator.comparingLong(Edited::receivedAt))
                .toList();
    }

    public void save(Edited edit) {
        state.put(keys.of(EDIT, edit.recordId().toString()), EventCodec.encode(edit));
    }

    /// Who brought the nonce of a signature.
    ///
    /// @param keyId of the key it was signed with
    public Optional<NonceState> nonce(String keyId, String nonce) {
        return read(keys.of(NONCE, keyId + '\0' + nonce), StateCodec::nonce);
    }

    public void saveNonce(String keyId, String nonce, NonceState taken) {
        state.put(keys.of(NONCE, keyId + '\0' + nonce), StateCodec.encode(taken));
    }

    /// A postback that was this subject's until a replay gave it to another.
    public Optional<MovedState> moved(RecordId recordId) {
        return read(keys.of(MOVED, recordId.toString()), ReplayStateCodec::moved);
    }

    public void saveMoved(RecordId recordId, MovedState moved) {
        state.put(keys.of(MOVED, recordId.toString()), ReplayStateCodec.encode(moved));
    }

    public void dropMoved(RecordId recordId) {
        state.delete(keys.of(MOVED, recordId.toString()));
    }

    /// The last replay that decided this subject again.
    public Optional<ReplayState> replay() {
        return read(keys.of(REPLAY), ReplayStateCodec::replay);
    }

    public void save(ReplayState replay) {
        state.put(keys.of(REPLAY), ReplayStateCodec.encode(replay));
    }

    /// What a person last said of each postback.
    public List<ReviewState> reviews() {
        return all(REVIEW, StateCodec::review);
    }

    /// A person's word that changed nothing when it came, or when the postbacks were decided again:
    /// another replay may find something for it to decide.
    public void saveUnheard(Reviewed review) {
        state.put(unheardKey(review), EventCodec.encode(review));
    }

    public void dropUnheard(Reviewed review) {
        state.delete(unheardKey(review));
    }

    public List<Reviewed> unheard() {
        return all(UNHEARD, EventCodec::decode).stream()
                .filter(Reviewed.class::isInstance)
                .map(Reviewed.class::cast)
                .toList();
    }

    private byte[] unheardKey(Reviewed review) {
        return keys.of(UNHEARD, review.reviewed().toString() + review.recordId());
    }

    /// Forgets postbacks, what was said of them, conversions, their cost and links. The click,
    /// deliveries, nonces, counters and words that were not heard stay.
    public void forgetDecisions() {
        keys.forget(state, DERIVED);
    }

    public void dropClick() {
        state.delete(keys.of(CLICK));
    }

    /// Forgets what anybody was told; the counters stay.
    public void forgetDeliveries() {
        keys.forget(state, "" + DELIVERY + DELIVERY_OF);
    }

    private Optional<PostbackReceived> postback(char kind, RecordId recordId) {
        return read(keys.of(kind, recordId.toString()), EventCodec::decode)
                .filter(PostbackReceived.class::isInstance)
                .map(PostbackReceived.class::cast);
    }

    private <T> Optional<T> read(byte[] key, Function<byte[], T> decode) {
        return Optional.ofNullable(state.get(key)).map(decode);
    }

    private <T> List<T> all(char kind, Function<byte[], T> decode) {
        var all = new ArrayList<T>();
        state.range(
                keys.of(kind),
                (_, value) -> {
                    all.add(decode.apply(value));
                    return true;
                });
        return all;
    }

    private Optional<Integer> number(byte[] key) {
        return read(key, StateCodec::number);
    }
}
