package matchback.ledger.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import matchback.ledger.State;
import matchback.model.Subject;

/// The keys of one subject: its text in UTF-8, a zero, a letter for the kind, and what tells a
/// record from its neighbours; so everything of a subject stands together.
final class SubjectKeys {
    private final byte[] subject;

    SubjectKeys(Subject subject) {
        this.subject = subject.text().getBytes(StandardCharsets.UTF_8);
    }

    byte[] of(char kind) {
        return ByteBuffer.allocate(subject.length + 2)
                .put(subject)
                .put((byte) 0)
                .put((byte) kind)
                .array();
    }

    byte[] of(char kind, int number) {
        return with(of(kind), bytes(number));
    }

    byte[] of(char kind, String suffix) {
        return of(kind, suffix.getBytes(StandardCharsets.UTF_8));
    }

    byte[] of(char kind, byte[] suffix) {
        return with(of(kind), suffix);
    }

    /// What the keys of a kind have behind their letter.
    List<String> suffixes(State state, char kind) {
        var suffixes = new ArrayList<String>();
        var prefix = of(kind);
        state.range(
                prefix,
                (key, _) -> {
                    suffixes.add(
                            new String(
                                    key,
                                    prefix.length,
                                    key.length - prefix.length,
                                    StandardCharsets.UTF_8));
                    return true;
                });
        return suffixes;
    }

    /// Deletes all keys of some kinds.
    void forget(State state, String kinds) {
        var all = new ArrayList<byte[]>();
        kinds.chars().forEach(kind -> state.range(of((char) kind), (key, _) -> all.add(key)));
        all.forEach(state::delete);
    }

    static byte[] with(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    static byte[] bytes(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
