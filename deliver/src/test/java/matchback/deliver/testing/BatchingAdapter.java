package matchback.deliver.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import matchback.deliver.Adapter;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.deliver.TokenAnswer;
import matchback.deliver.Verdict;
import matchback.model.catalog.Catalog;

/// A platform that takes external ids line by line, many in one request; in the place of the
/// traffic sources' own postbacks.
///
/// @param batchMax lines in a request
/// @param url where they go
/// @param tokenUrl where an access token is got; empty for none
/// @param prepares what becomes of a shipment
/// @param judges what an answer to so many parcels means
/// @param tokens what an answer to a request for a token means
public record BatchingAdapter(
        int batchMax,
        String url,
        String tokenUrl,
        Function<Shipment, Preparation> prepares,
        Judging judges,
        TokenReading tokens)
        implements Adapter {

    /// What an answer to a request for an access token means.
    public interface TokenReading {
        TokenAnswer read(Answer.Answered answer, Verdict byStatus);
    }

    /// What an answer means.
    public interface Judging {
        Judgement judge(List<Parcel> parcels, Answer.Answered answer, Verdict byStatus);
    }

    private static final String KIND = "source";

    public static BatchingAdapter to(String url, int batchMax, Judging judges) {
        return new BatchingAdapter(
                batchMax, url, "", BatchingAdapter::line, judges, BatchingAdapter::anHour);
    }

    public BatchingAdapter withTokenFrom(String from) {
        return new BatchingAdapter(batchMax, url, from, prepares, judges, tokens);
    }

    public BatchingAdapter preparing(Function<Shipment, Preparation> other) {
        return new BatchingAdapter(batchMax, url, tokenUrl, other, judges, tokens);
    }

    public BatchingAdapter readingTokens(TokenReading other) {
        return new BatchingAdapter(batchMax, url, tokenUrl, prepares, judges, other);
    }

    /// The body is the token.
    private static TokenAnswer anHour(Answer.Answered answer, Verdict byStatus) {
        return answer.status() == 200
                ? new TokenAnswer.Token(answer.body(), Duration.ofHours(1))
                : new TokenAnswer.Refused(byStatus);
    }

    public static Preparation line(Shipment shipment) {
        return new Preparation.Ready(new Parcel(shipment, shipment.value("externalid"), List.of()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        return prepares.apply(shipment);
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        var body = parcels.stream().map(Parcel::content).collect(Collectors.joining("\n"));
        return new OutboundRequest(
                "POST", url, Map.of(), body.getBytes(StandardCharsets.UTF_8), List.of());
    }

    @Override
    public Optional<OutboundRequest> tokenRequest(String key, Catalog catalog, Instant now) {
        return tokenUrl.isEmpty()
                ? Optional.empty()
                : Optional.of(OutboundRequest.get(tokenUrl, List.of()));
    }

    @Override
    public TokenAnswer token(Answer.Answered answer, Verdict byStatus) {
        return tokens.read(answer, byStatus);
    }

    @Override
    public Judgement judge(List<Parcel> parcels, Answer.Answered answer, Verdict byStatus) {
        return judges.judge(parcels, answer, byStatus);
    }
}
