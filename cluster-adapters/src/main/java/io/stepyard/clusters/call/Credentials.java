package io.stepyard.clusters.call;

import java.util.Optional;

/** Where secrets for clusters come from. The reference is what the cluster's option {@code credentials} says; it is no secret. */
public interface Credentials {

    /** No cluster has any. */
    Credentials NONE = (_, _) -> Optional.empty();

    /**
     * The secret behind a reference, for instance a token.
     *
     * @param fresh the one that was given last was refused: read it again where it is kept
     * @return empty when there is nothing behind the reference
     */
    Optional<String> secret(String reference, boolean fresh);
}
