package matchback.console.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes passwords with Argon2id, by the parameters that
/// <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html> names first:
/// 19 MiB, two passes, one lane. A hash says its own parameters (PHC form), so that later ones do
/// not lock anybody out.
///
/// Only [#AT_ONCE] are worked on at a time, because each takes its memory; safe for use by many
/// threads, not for an event loop.
public final class Passwords {
    public static final int CHARS_MIN = 12;
    public static final int CHARS_MAX = 256;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_ONCE = 2;

    /// No hash we read takes more than this: a catalog must not make us use up all memory.
    private static final int MEMORY_KIB_MAX = 256 * 1024;

    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
    private static final Semaphore PLACES = new Semaphore(AT_ONCE, true);

    private record Hash(int memory, int passes, int lanes, byte[] salt, byte[] bytes) {
        String phc() {
            return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                    .formatted(
                            memory,
                            passes,
                            lanes,
                            BASE64.encodeToString(salt),
                            BASE64.encodeToString(bytes));
        }
    }

    private Passwords() {}

    /// Why a text is no password to be chosen, with the words for the user; empty when it is one.
    ///
    /// @param user key of whose it will be
    public static Optional<String> problem(String password, String user) {
        int chars = password.codePointCount(0, password.length());
        if (chars < CHARS_MIN || password.length() > CHARS_MAX) {
            return Optional.of(
                    "A password has %d to %d characters; these are %d"
                            .formatted(CHARS_MIN, CHARS_MAX, chars));
        }
        var lower = password.toLowerCase(Locale.ROOT);
        if (lower.codePoints().distinct().count() < 5) {
            return Optional.of("A password has at least 5 different characters");
        }
        return lower.contains(user.toLowerCase(Locale.ROOT)) && user.length() > 2
                ? Optional.of("The login must not be part of the password")
                : Optional.empty();
    }

    /// A hash with a new salt, in PHC form.
    public static String hash(String password) {
        var salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return hash(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES).phc();
    }

    /// Whether a hash is that of a password. Takes as long for one that is unreadable.
    static boolean matches(String password, String phc) {
        var found = PHC.matcher(phc);
        if (!found.matches() || Integer.parseInt(found.group(1)) > MEMORY_KIB_MAX) {
            waste(password);
            return false;
        }
        var expected = Base64.getDecoder().decode(found.group(5));
        var hash =
                hash(
                        password,
                        Base64.getDecoder().decode(found.group(4)),
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)),
                        expected.length);
        return MessageDigest.isEqual(expected, hash.bytes());
    }

    /// Takes as long as a look at a real hash, so that nobody learns which logins there are.
    static void waste(String password) {
        hash(password, new byte[SALT_BYTES], MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    }

    private static Hash hash(
            String password, byte[] salt, int memory, int passes, int lanes, int length) {
        var parameters =
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memory)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build();
        var generator = new Argon2BytesGenerator();
        var bytes = new byte[length];
        // The same letters typed on another keyboard may come in another form.
        var text = Normalizer.normalize(password, Normalizer.Form.NFKC);
        PLACES.acquireUninterruptibly();
        try {
            generator.init(parameters);
            generator.generateBytes(text.getBytes(StandardCharsets.UTF_8), bytes);
        } finally {
            PLACES.release();
        }
        return new Hash(memory, passes, lanes, salt, bytes);
    }
}
