package io.stepyard.clusters.call;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.ClusterRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One client for all clusters, and one for each private certificate authority (option {@code ca}: a PEM file). */
final class HttpClients implements AutoCloseable {

    private static final String PUBLIC = "";

    private final Duration connectTimeout;
    private final Map<String, HttpClient> byAuthority = new ConcurrentHashMap<>();

    HttpClients(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** @throws ClusterUnavailable when its certificate authority cannot be read */
    HttpClient of(ClusterRecord cluster) {
        String authority = cluster.options().getOrDefault("ca", PUBLIC);
        HttpClient known = byAuthority.get(authority);
        if (known != null) {
            return known;
        }
        try {
            HttpClient.Builder builder = builder();
            if (!authority.equals(PUBLIC)) {
                builder.sslContext(trusting(Path.of(authority)));
            }
            HttpClient made = builder.build();
            HttpClient first = byAuthority.putIfAbsent(authority, made);
            return first == null ? made : first;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw ClusterCalls.unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    "expected certificates in " + authority + " (option ca), but found " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca-" + number, certificate);
                number++;
            }
            if (number == 0) {
                throw new IOException("no certificate");
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        byAuthority.values().forEach(HttpClient::shutdownNow);
    }
}
