package matchback.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.ledger.PersonalCodec;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.Params;
import matchback.model.PostbackReader;
import matchback.model.PostbackReader.ClickIdFinding;
import matchback.model.PostbackReader.ClickIdFinding.Found;
import matchback.model.PostbackReader.ClickIdFinding.NotFound;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Secrets;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Sender;
import matchback.model.signature.Evidence;
import org.jspecify.annotations.Nullable;

/// The door for postbacks: reads the request, finds the click id, and makes the event. Every
/// request becomes one, also those refused here. Does no input or output; safe for use by many
/// threads.
public final class PostbackDoor {
    /// Longest value of a parameter that a mapping reads.
    public static final int VALUE_CHARS_MAX = 2048;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final List<Field> PERSONAL =
            Arrays.stream(Field.values()).filter(Field::isPersonal).toList();

    /// The detail of a request whose end did not come.
    static final String BROKEN_OFF = "the body ended before its announced length";

    /// Stands for a parameter where the click was read from a cookie.
    static final String COOKIE = "cookie";

    private static final int TOKENS_MAX = 8;
    private static final int HEADERS_MAX = 64;
    private static final int HEADER_CHARS_MAX = 2048;

    /// How much of a request arrived.
    public enum Arrived {
        WHOLE,
        /// The body is over the limit; what is at hand is its beginning.
        TOO_LARGE,
        /// The body ended before its announced length, or took too long.
        BROKEN_OFF
    }

    /// @param sender in the path, decoded: its key, and behind a dot the secret if the URL has one;
    ///   empty for the bare endpoint
    /// @param caller address behind trusted proxies
    public record Request(
            String method,
            Target target,
            String sender,
            RequestHeaders headers,
            Address caller,
            byte[] body,
            Arrived arrived) {

        /// The same request by the sender's key alone.
        private Request by(String key) {
            return new Request(method, target, key, headers, caller, body, arrived);
        }
    }

    /// How a request came.
    ///
    /// @param at in epoch milliseconds
    /// @param isLive whether it stands at the listener now; one that is handed in later takes no
    ///   part in the limit on guessing
    /// @param isTest whether the test bench sent it; it takes no part in that limit either
    /// @param cookie the click that the caller's browser remembers; counts when the request names
    ///   none
    record Origin(
            RecordId id,
            long at,
            Feed feed,
            boolean isLive,
            boolean isTest,
            Optional<ClickId> cookie) {

        Origin(RecordId id, long at, Feed feed, boolean isLive, boolean isTest) {
            this(id, at, feed, isLive, isTest, Optional.empty());
        }

        private Origin by(Feed other) {
            return new Origin(id, at, other, isLive, isTest, cookie);
        }

        /// The same, once it is known whether the request names a click.
        Origin of(ClickIdFinding finding) {
            return cookie.isPresent() && namesNone(finding) ? by(Feed.COOKIE) : this;
        }

        /// The request's click, else the cookie's.
        ClickIdFinding click(ClickIdFinding finding) {
            return cookie.isPresent() && namesNone(finding)
                    ? new Found(cookie.get(), COOKIE)
                    : finding;
        }

        private static boolean namesNone(ClickIdFinding finding) {
            return finding instanceof NotFound(var reason, _, _)
                    && (reason == Reason.MISSING_CLICK_ID || reason == Reason.UNRESOLVED_MACRO);
        }
    }

    /// How the caller wants to be answered.
    ///
    /// @param explicitJson asked for by header or by `explain=1`
    /// @param jsonBody the report itself was JSON
    /// @param body asked for by `return`; empty for none
    /// @param isTrusted showed an API token
    public record Wish(boolean explicitJson, boolean jsonBody, String body, boolean isTrusted) {}

    /// A postback on its way into the ledger.
    ///
    /// @param catalog the version it was taken under
    public record Report(
            PostbackReceived event, PersonalBlock personal, Catalog catalog, Wish wish) {}

    private record Refusal(Reason reason, String detail) {}

    private final Doorway door;
    private final IngestConfig.Limits limits;
    private final Salts salts;
    private final DoubtLimiter limiter;
    private final Secrets secrets;
    private volatile PostbackNames.OfVersion names;
    private volatile SenderSignatures signatures;

    public PostbackDoor(Doorway door, IngestConfig config) {
        this.door = door;
        this.limits = config.limits();
        this.salts = new Salts(door.random());
        this.limiter =
                new DoubtLimiter(
                        config.doubtfulPerSecond(),
                        config.doubtfulBurst(),
                        door.random().nextInt());
        this.secrets = new Secrets(door.fingerprints());
        this.names = new PostbackNames.OfVersion(door.ledger().catalog());
        this.signatures = new SenderSignatures(names.catalog(), secrets);
    }

    public Report take(Request request) {
        return take(
                request,
                new Origin(
                        door.recordIds().next(),
                        door.clock().millis(),
                        Feed.S2S,
                        true,
                        door.testPass().isShown(request.headers())));
    }

    Report take(Request incoming, Origin from) {
        var path = PathSender.of(incoming.sender());
        var request = incoming.by(path.key());
        long now = from.at();
        var version = version();
        var sender = version.catalog().sender(request.sender()).filter(s -> !s.archived());
        var body =
                request.arrived() == Arrived.WHOLE
                        ? PostbackBody.read(
                                request.body(), request.headers(), limits.parametersMax())
                        : PostbackBody.NONE;
        var params = params(request, body);
        var reader = new PostbackReader(params, sender);
        var named = reader.clickId(door.clickIds(), now);
        var origin = from.of(named);
        var finding = from.click(named);
        var kept = version.names(sender);
        var durable = params.only(kept.durable()::contains);
        var refusal = refusal(request, body, durable, finding, origin);
        var proof = proof(request, path, origin, version, sender, params);
        var personal = personal(origin.id(), request, path, kept.mask(), userData(reader));
        var event =
                event(
                        new Taken(origin.by(feed(origin, sender)), version, proof),
                        request,
                        finding,
                        refusal,
                        isTooLarge(refusal) ? Params.EMPTY : durable,
                        personal);
        return new Report(
                event, personal, version.catalog(), wish(request, body, reader, proof.tokens()));
    }

    /// What a server reports comes by the way of the sender that the address names.
    private static Feed feed(Origin origin, Optional<Sender> sender) {
        return switch (origin.feed()) {
            case S2S, MMP -> sender.map(Sender::reportsBy).orElse(Feed.S2S);
            case PIXEL, COOKIE, BROWSER, APPLE, FILE, API -> origin.feed();
        };
    }

    /// What the request shows of who sent it; nothing is asked of an operator's.
    private Proof proof(
            Request request,
            PathSender path,
            Origin origin,
            PostbackNames.OfVersion version,
            Optional<Sender> sender,
            Params params) {
        if (origin.feed().isOperators()) {
            return Proof.NONE;
        }
        var kept = version.names(sender);
        return new Proof(
                tokens(path, request.headers(), params, kept),
                version.refusing(sender, request.caller()),
                signatures(version).evidence(sender, request, kept, origin.at()));
    }

    private PostbackNames.OfVersion version() {
        var catalog = door.ledger().catalog();
        var version = names;
        if (version.catalog() != catalog) {
            version = new PostbackNames.OfVersion(catalog);
            names = version;
        }
        return version;
    }

    private SenderSignatures signatures(PostbackNames.OfVersion version) {
        var known = signatures;
        if (known.catalog() != version.catalog()) {
            known = new SenderSignatures(version.catalog(), secrets);
            signatures = known;
        }
        return known;
    }

    private Params params(Request request, PostbackBody body) {
        var query = Params.ofQuery(request.target().query());
        var all = body instanceof PostbackBody.Read(var more, _) ? query.and(more) : query;
        int most = limits.parametersMax();
        return all.list().size() <= most ? all : new Params(all.list().subList(0, most));
    }

    private @Nullable Refusal refusal(
            Request request,
            PostbackBody body,
            Params durable,
            ClickIdFinding finding,
            Origin origin) {
        if (origin.isLive()
                && !origin.isTest()
                && !(finding instanceof Found)
                && !isForOldTracker(finding, request.sender(), origin.at())
                && !limiter.take(request.caller(), origin.at())) {
            return new Refusal(Reason.RATE_LIMITED, "");
        }
        var size = size(request, durable);
        if (size.isPresent()) {
            return new Refusal(Reason.TOO_LARGE, size.get());
        }
        if (request.arrived() == Arrived.BROKEN_OFF) {
            return new Refusal(Reason.MALFORMED_REQUEST, BROKEN_OFF);
        }
        if (body instanceof PostbackBody.Unreadable(var detail, _)) {
            return new Refusal(Reason.MALFORMED_REQUEST, detail);
        }
        if (!request.sender().isEmpty() && !KEY.matcher(request.sender()).matches()) {
            return new Refusal(
                    Reason.UNKNOWN_SENDER, "a key has 1 to 64 letters, digits, '-' and '_'");
        }
        return switch (finding) {
            case Found _ -> null;
            case NotFound(var reason, var parameter, _) ->
                    new Refusal(reason, detail(reason, parameter));
        };
    }

    /// After a move a network may send its backlog of the tracker before, all at once.
    private boolean isForOldTracker(ClickIdFinding finding, String sender, long at) {
        return finding instanceof NotFound(var reason, _, _)
                && (reason == Reason.FOREIGN_CLICK_ID
                        || reason == Reason.MALFORMED_CLICK_ID
                        || reason == Reason.TRUNCATED_CLICK_ID)
                && version().catalog().oldTrackerFor(sender, at).isPresent();
    }

    private Optional<String> size(Request request, Params durable) {
        if (request.arrived() == Arrived.TOO_LARGE) {
            return Optional.of("the body has more than " + limits.bodyBytesMax() + " bytes");
        }
        if (request.target().raw().length() > limits.urlCharsMax()) {
            return Optional.of("the URL has more than " + limits.urlCharsMax() + " characters");
        }
        return durable.list().stream()
                .filter(param -> param.value().length() > VALUE_CHARS_MAX)
                .findFirst()
                .map(param ->
                        "the parameter "
                                + param.name()
                                + " has more than "
                                + VALUE_CHARS_MAX
                                + " characters");
    }

    static String detail(Reason reason, String parameter) {
        if (parameter.isEmpty()) {
            return "";
        }
        return reason == Reason.MALFORMED_REQUEST
                ? "it names two different clicks, the first in the parameter " + parameter
                : "it was read from the parameter " + parameter;
    }

    private static boolean isTooLarge(@Nullable Refusal refusal) {
        return refusal != null && refusal.reason() == Reason.TOO_LARGE;
    }

    private List<String> tokens(
            PathSender path, RequestHeaders headers, Params params, PostbackNames names) {
        var tokens = new LinkedHashSet<String>();
        for (var param : params.list()) {
            if (names.tokens().contains(param.name()) && param.isFilled()) {
                tokens.add(param.value().strip());
            }
        }
        headers.filled("X-Matchback-Token").ifPresent(token -> tokens.add(token.strip()));
        var authorization = headers.first("Authorization");
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            tokens.add(authorization.substring(7).strip());
        }
        var fingerprints = new ArrayList<String>();
        if (!path.secret().isEmpty()) {
            fingerprints.add(door.fingerprints().ofPath(path.secret()));
        }
        tokens.stream().limit(TOKENS_MAX).map(door.fingerprints()::of).forEach(fingerprints::add);
        return fingerprints;
    }

    /// @param refusing senders whose address list does not have the caller
    private record Proof(List<String> tokens, List<String> refusing, List<Evidence> evidence) {
        static final Proof NONE = new Proof(List.of(), List.of(), List.of());
    }

    /// What is known of a request once it has been looked at.
    private record Taken(Origin origin, PostbackNames.OfVersion version, Proof proof) {}

    private static PostbackReceived event(
            Taken taken,
            Request request,
            ClickIdFinding finding,
            @Nullable Refusal refusal,
            Params durable,
            PersonalBlock personal) {
        var click =
                switch (finding) {
                    case Found(var id, _) -> id.text();
                    case NotFound _ -> "";
                };
        var parameter =
                switch (finding) {
                    case Found(_, var name) -> name;
                    case NotFound(_, var name, _) -> name;
                };
        var value =
                switch (finding) {
                    case Found _ -> "";
                    case NotFound(_, _, var text) -> text;
                };
        var sender = KEY.matcher(request.sender()).matches() ? request.sender() : "";
        return new PostbackReceived(
                taken.origin().id(),
                taken.origin().at(),
                taken.version().catalog().version(),
                click.isEmpty() ? Subject.record(taken.origin().id()) : new Subject(click),
                taken.origin().feed(),
                sender,
                click,
                ClickFields.cut(parameter, PostbackReader.VALUE_CHARS_MAX),
                ClickFields.kept(value),
                refusal == null ? null : refusal.reason(),
                refusal == null ? "" : refusal.detail(),
                durable,
                taken.proof().tokens(),
                taken.proof().refusing(),
                PersonalCodec.hash(personal),
                taken.proof().evidence(),
                taken.origin().isTest());
    }

    /// What the report says of the person, for destinations that may be told.
    static Map<String, String> userData(PostbackReader reader) {
        var data = new HashMap<String, String>();
        for (var field : PERSONAL) {
            reader.text(field)
                    .filter(text -> text.length() <= VALUE_CHARS_MAX)
                    .ifPresent(text -> data.put(field.key(), text));
        }
        return data;
    }

    private PersonalBlock personal(
            RecordId id,
            Request request,
            PathSender path,
            SecretMask mask,
            Map<String, String> userData) {
        var headers = new ArrayList<String>();
        request.headers()
                .forEach((name, value) -> {
                    if (headers.size() < HEADERS_MAX && !name.equalsIgnoreCase("User-Agent")) {
                        var masked = path.maskedHeader(value);
                        headers.add(
                                SecretMask.header(name, ClickFields.cut(masked, HEADER_CHARS_MAX)));
                    }
                });
        var body = mask.body(request.body());
        return new PersonalBlock(
                id,
                salts.next(),
                request.caller().toString(),
                ClickFields.cut(request.headers().first("User-Agent"), HEADER_CHARS_MAX),
                request.method(),
                ClickFields.cut(
                        path.masked(mask.target(request.target().raw())), limits.urlCharsMax()),
                headers,
                body.length <= limits.bodyBytesMax()
                        ? body
                        : Arrays.copyOf(body, limits.bodyBytesMax()),
                userData);
    }

    private Wish wish(
            Request request, PostbackBody body, PostbackReader reader, List<String> tokens) {
        var query = Params.ofQuery(request.target().query());
        boolean isJson =
                switch (body) {
                    case PostbackBody.Read(_, var json) -> json;
                    case PostbackBody.Unreadable(_, var json) -> json;
                };
        return new Wish(
                query.first("explain").equals("1")
                        || request.headers()
                                .first("Accept")
                                .toLowerCase(Locale.ROOT)
                                .contains("application/json"),
                isJson,
                reader.text(Field.RETURN).orElse(""),
                tokens.stream().anyMatch(door.apiTokens()));
    }
}
