package matchback.server.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// TLS to a listener of our own: what it shows must be the certificate it was given. The name in it
/// is not looked at, since it is the public one and we call the address.
public final class OwnTls {
    private OwnTls() {}

    /// Reads the file each time, since it is renewed. Throws IOException when it cannot be read as
    /// certificates.
    ///
    /// @param certificates PEM file of the listener
    public static SocketFactory sockets(Path certificates) throws IOException {
        try (var in = Files.newInputStream(certificates)) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("own" + number++, one);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(certificates + " cannot be read as certificates", e);
        }
    }
}
