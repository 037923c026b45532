package matchback.ingest;

import java.net.IDN;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import matchback.model.Macros;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.Percent;
import matchback.model.UrlTemplate;

/// The way to an offer: its URL template, read once for a catalog version.
final class OfferLink {
    /// Longest URL a visitor is sent to; parameters that are only passed on are left out beyond it.
    static final int URL_CHARS_MAX = 8 * 1024;

    private static final String CLICK_ID = "clickid";

    private final UrlTemplate template;
    private final String origin;
    private final String clickIdParameter;
    private final Set<String> ownNames;

    private OfferLink(UrlTemplate template, String origin, String clickIdParameter) {
        this.template = template;
        this.origin = origin;
        this.clickIdParameter = clickIdParameter;
        this.ownNames = new HashSet<>();
        Params.ofQuery(Target.of(template.toString()).query())
                .list()
                .forEach(param -> ownNames.add(param.name()));
        ownNames.add(clickIdParameter);
    }

    /// Reads a template; empty when it is none, which the catalog's own checks rule out.
    static Optional<OfferLink> of(String url, String clickIdParameter) {
        return ascii(url)
                .flatMap(text ->
                        switch (UrlTemplate.parse(text, Macros.CLICK)) {
                            case UrlTemplate.Parsed.Problem _ -> Optional.empty();
                            case UrlTemplate.Parsed.Template(var template) ->
                                    Optional.of(
                                            new OfferLink(
                                                    template, origin(template), clickIdParameter));
                        });
    }

    private static String origin(UrlTemplate template) {
        var text = template.toString();
        return text.substring(0, text.indexOf("://") + 3) + template.authority();
    }

    /// A header can hold ASCII only: the host's labels by IDNA, the rest percent-encoded.
    private static Optional<String> ascii(String url) {
        if (url.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(url);
        }
        int from = url.indexOf("://") + 3;
        int to = from;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        var out = new StringBuilder(url.substring(0, from));
        try {
            out.append(IDN.toASCII(url.substring(from, to)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        url.substring(to)
                .codePoints()
                .forEach(c -> {
                    if (c < 0x80) {
                        out.append((char) c);
                    } else {
                        Percent.encode(Character.toString(c), out);
                    }
                });
        return Optional.of(out.toString());
    }

    /// The URL for one visitor.
    ///
    /// @param clickId empty for one who gets none: then it is not added as a parameter either
    /// @param passed parameters that go on as they came; one that the offer's URL names itself does
    ///   not, or a visitor could speak in our name
    String url(Function<String, String> values, String clickId, List<Param> passed) {
        var url = template.fill(name -> name.equals(CLICK_ID) ? clickId : values.apply(name));
        if (!clickId.isEmpty() && !template.uses(CLICK_ID)) {
            url = UrlTemplate.withParameter(url, clickIdParameter, clickId);
        }
        for (var param : passed) {
            if (!ownNames.contains(param.name())) {
                var longer = UrlTemplate.withParameter(url, param.name(), param.value());
                url = longer.length() <= URL_CHARS_MAX ? longer : url;
            }
        }
        if (!staysAtHome(url)) {
            throw new IllegalStateException("a filled URL left the host of its template");
        }
        return url;
    }

    /// Values are encoded and the host is literal, so this holds by construction; an open redirect
    /// is bad enough to look again.
    private boolean staysAtHome(String url) {
        return url.startsWith(origin)
                && (url.length() == origin.length()
                        || "/?#".indexOf(url.charAt(origin.length())) >= 0);
    }
}
