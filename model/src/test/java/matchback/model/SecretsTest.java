package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SecretsTest {
    private final SplittableRandom random = new SplittableRandom(1);
    private final Secrets secrets = new Secrets(new TokenFingerprints(new byte[32]));

    @Test
    void a_secret_opens_for_its_owner_alone() {
        var sealed = secrets.seal("s3cret ✓", "net/k1", random);

        assertThat(secrets.open(sealed, "net/k1")).contains("s3cret ✓");
        assertThat(secrets.open(sealed, "net/k2")).isEmpty();
        assertThat(sealed).doesNotContain("s3cret");
    }

    @Test
    void the_same_secret_is_never_sealed_to_the_same_text() {
        var one = secrets.seal("s3cret", "net/k1", random);
        var other = secrets.seal("s3cret", "net/k1", random);

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void what_was_changed_or_is_another_installations_stays_shut() {
        var key = new byte[32];
        key[0] = 1;
        var elsewhere = new Secrets(new TokenFingerprints(key));
        var sealed = secrets.seal("s3cret", "net/k1", random);
        var changed = (sealed.charAt(0) == 'A' ? 'B' : 'A') + sealed.substring(1);

        assertThat(elsewhere.open(sealed, "net/k1")).isEmpty();
        assertThat(secrets.open(changed, "net/k1")).isEmpty();
        assertThat(secrets.open("", "net/k1")).isEmpty();
        assertThat(secrets.open("no base64!", "net/k1")).isEmpty();
    }
}
