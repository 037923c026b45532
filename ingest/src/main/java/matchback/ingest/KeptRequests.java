package matchback.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.ledger.replay.Rereader;
import matchback.model.ClickId;
import matchback.model.ClickIds;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.PostbackReader;
import matchback.model.PostbackReader.ClickIdFinding.Found;
import matchback.model.PostbackReader.ClickIdFinding.NotFound;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;

/// Reads kept requests once more, as [PostbackDoor] would read them now. What the door refused for
/// another reason than its mappings (too large, broken off) stays refused. Safe for use by many
/// threads.
public final class KeptRequests implements Rereader {
    private final ClickIds clickIds;
    private final int parametersMax;
    private final AppleRecords apple;
    private volatile PostbackNames.OfVersion names;

    /// @param catalog any version, to begin with
    public KeptRequests(ClickIds clickIds, IngestConfig config, Catalog catalog) {
        this.clickIds = clickIds;
        this.parametersMax = config.limits().parametersMax();
        this.apple = new AppleRecords(config.appleKeys());
        this.names = new PostbackNames.OfVersion(catalog);
    }

    private record Refusal(Reason reason, String detail) {}

    @Override
    public PostbackReceived reread(
            PostbackReceived kept, Optional<PersonalBlock> personal, Catalog catalog) {
        if (isFinal(kept)) {
            return kept;
        }
        if (kept.feed() == Feed.APPLE) {
            return apple.again(kept, personal, catalog.version());
        }
        // Archived or not: it is this sender's mapping that the request was written for.
        var sender = catalog.sender(kept.sender());
        var body =
                personal.map(block ->
                                PostbackBody.read(
                                        block.body(), new Lines(block.headers()), parametersMax))
                        .orElse(PostbackBody.NONE);
        var params = personal.map(block -> params(block, body)).orElse(kept.params());
        var finding = finding(kept, new PostbackReader(params, sender));
        var refusal =
                body instanceof PostbackBody.Unreadable(var detail, _)
                        ? Optional.of(new Refusal(Reason.MALFORMED_REQUEST, detail))
                        : refusal(kept, finding);
        var durable = version(catalog).names(sender).durable();
        return read(kept, catalog.version(), finding, refusal, params.only(durable::contains));
    }

    /// What was read from a cookie is in no parameter.
    private PostbackReader.ClickIdFinding finding(PostbackReceived kept, PostbackReader reader) {
        return kept.feed() == Feed.COOKIE
                ? new Found(ClickId.ofAuthentic(kept.clickId()), kept.clickParameter())
                : reader.clickId(clickIds, kept.receivedAt());
    }

    /// Whether no mapping has anything to do with it.
    private static boolean isFinal(PostbackReceived kept) {
        var refusal = kept.refusal();
        return refusal == Reason.TOO_LARGE
                || (refusal == Reason.UNKNOWN_SENDER && kept.sender().isEmpty())
                || (refusal == Reason.MALFORMED_REQUEST
                        && kept.detail().equals(PostbackDoor.BROKEN_OFF));
    }

    private PostbackNames.OfVersion version(Catalog catalog) {
        var version = names;
        if (version.catalog() != catalog) {
            version = new PostbackNames.OfVersion(catalog);
            names = version;
        }
        return version;
    }

    private Params params(PersonalBlock block, PostbackBody body) {
        var query = Params.ofQuery(Target.of(block.target()).query());
        var all = body instanceof PostbackBody.Read(var more, _) ? query.and(more) : query;
        return all.list().size() <= parametersMax
                ? all
                : new Params(all.list().subList(0, parametersMax));
    }

    /// Who was slowed for guessing is not judged anew by an id that is still none.
    private static Optional<Refusal> refusal(
            PostbackReceived kept, PostbackReader.ClickIdFinding finding) {
        return switch (finding) {
            case Found _ -> Optional.empty();
            case NotFound(var reason, var parameter, _) ->
                    Optional.of(
                            kept.refusal() == Reason.RATE_LIMITED
                                    ? new Refusal(Reason.RATE_LIMITED, "")
                                    : new Refusal(reason, PostbackDoor.detail(reason, parameter)));
        };
    }

    private static PostbackReceived read(
            PostbackReceived kept,
            long catalogVersion,
            PostbackReader.ClickIdFinding finding,
            Optional<Refusal> refusal,
            Params durable) {
        var click = finding instanceof Found(var id, _) ? id.text() : "";
        var parameter =
                switch (finding) {
                    case Found(_, var name) -> name;
                    case NotFound(_, var name, _) -> name;
                };
        var value = finding instanceof NotFound(_, _, var text) ? text : "";
        return new PostbackReceived(
                kept.recordId(),
                kept.receivedAt(),
                catalogVersion,
                click.isEmpty() ? Subject.record(kept.recordId()) : new Subject(click),
                kept.feed(),
                kept.sender(),
                click,
                ClickFields.cut(parameter, PostbackReader.VALUE_CHARS_MAX),
                ClickFields.kept(value),
                refusal.map(Refusal::reason).orElse(null),
                refusal.map(Refusal::detail).orElse(""),
                durable,
                kept.tokenFingerprints(),
                kept.refusingSenders(),
                kept.personalHash(),
                kept.signatures());
    }

    /// Header lines as they are kept: `Name: value`.
    private record Lines(List<String> lines) implements RequestHeaders {
        @Override
        public String first(String name) {
            return all(name).stream().findFirst().orElse("");
        }

        @Override
        public List<String> all(String name) {
            var all = new ArrayList<String>();
            forEach((key, value) -> {
                if (key.equalsIgnoreCase(name)) {
                    all.add(value);
                }
            });
            return all;
        }

        @Override
        public void forEach(BiConsumer<String, String> visitor) {
            for (var line : lines) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    visitor.accept(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        }
    }
}
