package matchback.client.spring;

import java.util.function.Consumer;
import matchback.client.ClickIdFilter;
import matchback.client.Matchback;
import matchback.client.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes the client and its filter; an application that has its own beans of these types keeps
/// them. A bean `Consumer<Outcome>` is told of every outcome; without one the client logs them.
@AutoConfiguration
@ConditionalOnProperty("matchback.url")
@EnableConfigurationProperties(MatchbackProperties.class)
public final class MatchbackAutoConfiguration {
    public MatchbackAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Matchback matchback(
            MatchbackProperties properties, ObjectProvider<Consumer<Outcome>> listeners) {
        var client =
                Matchback.to(needed("url", properties.url()))
                        .outbox(needed("outbox", properties.outbox()));
        listeners.ifAvailable(client::onOutcome);
        var token = properties.token();
        if (token != null) {
            client.token(token);
        }
        var keyId = properties.keyId();
        if (keyId != null) {
            client.signedWith(keyId, needed("secret", properties.secret()));
        }
        return client.start();
    }

    private static <T> T needed(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("matchback." + name + " is missing");
        }
        return value;
    }

    /// Only where there are pages.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "jakarta.servlet.Filter")
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static final class OnPages {
        OnPages() {}

        @Bean
        @ConditionalOnMissingBean
        ClickIdFilter matchbackClickIdFilter() {
            return new ClickIdFilter();
        }
    }
}
