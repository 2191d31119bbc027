package io.stepyard.clusters.call;

import java.util.Map;

/** How a kind of cluster wants to see a secret, and how it says that it does not like it. */
public interface Authorisation {

    /** Nobody has to say who they are. */
    Authorisation NONE = new Authorisation() {
        @Override
        public Map<String, String> headers(String secret) {
            return Map.of();
        }

        @Override
        public boolean isDenied(Reply reply) {
            return false;
        }
    };

    /** {@code Authorization: Bearer}. */
    Authorisation BEARER = new Authorisation() {
        @Override
        public Map<String, String> headers(String secret) {
            return Map.of("Authorization", "Bearer " + secret);
        }

        @Override
        public boolean isDenied(Reply reply) {
            return reply.status() == 401 || reply.status() == 403;
        }
    };

    Map<String, String> headers(String secret);

    /** Whether the answer means that the secret was refused and that nothing was done. */
    boolean isDenied(Reply reply);
}
