package matchback.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/// How we talk to the network: the system's own way where its library is there, else the JDK's.
final class Transport {
    private Transport() {}

    static Vertx vertx() {
        return Vertx.builder().with(new VertxOptions().setPreferNativeTransport(true)).build();
    }

    static String name(Vertx vertx) {
        if (!vertx.isNativeTransportEnabled()) {
            return "nio";
        }
        return System.getProperty("os.name", "").startsWith("Mac") ? "kqueue" : "epoll";
    }
}
