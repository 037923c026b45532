package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import matchback.ingest.apple.AppleKeys;
import matchback.server.testing.AppleDevice;
import org.junit.jupiter.api.Test;

class AppleVerdictTest {
    @Test
    void keys_as_published_are_well() {
        var verdict = AppleVerdict.of(AppleKeys.PUBLISHED);

        assertThat(verdict.weight()).isEqualTo(Verdict.Weight.OK);
        assertThat(verdict.found())
                .contains("SKAdNetwork 1.0-2.0 ", "apple-cas-identifier/0 ")
                .contains("apple-development-identifier/1 (tests) ")
                .endsWith(": as Apple published them");
    }

    @Test
    void a_key_that_was_set_is_told() {
        var published = AppleKeys.PUBLISHED;
        var other = new AppleDevice().publicKey();

        var verdict =
                AppleVerdict.of(
                        new AppleKeys(
                                published.skanOld(),
                                other,
                                published.production(),
                                Map.of("dev/0", other)));

        assertThat(verdict.weight()).isEqualTo(Verdict.Weight.WARN);
        assertThat(verdict.found().split("\\(set\\)", -1)).hasSize(3);
        assertThat(verdict.found()).doesNotContain(other);
    }
}
