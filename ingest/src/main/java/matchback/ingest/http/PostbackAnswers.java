package matchback.ingest.http;

import io.vertx.core.http.HttpServerResponse;
import matchback.ingest.Answer;

/// In which form the caller of a postback is answered.
interface PostbackAnswers {
    void answer(HttpServerResponse response, Answer answer);

    void notStored(HttpServerResponse response);

    /// As the answer stands.
    PostbackAnswers PLAIN =
            new PostbackAnswers() {
                @Override
                public void answer(HttpServerResponse response, Answer answer) {
                    Replies.answer(response, answer);
                }

                @Override
                public void notStored(HttpServerResponse response) {
                    Replies.notStored(response);
                }
            };
}
