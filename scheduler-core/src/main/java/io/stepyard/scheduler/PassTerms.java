package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The terms a pass works under.
 *
 * @param tenants by name; a tenant not named has weight 1, no quota and no past usage
 * @param windows maintenance windows in any order
 */
public record PassTerms(Map<String, Tenant> tenants, List<Window> windows) {

    public static final PassTerms NONE = new PassTerms(Map.of(), List.of());

    public PassTerms {
        tenants = Map.copyOf(tenants);
        windows = List.copyOf(windows);
    }

    Tenant tenant(String name) {
        return tenants.getOrDefault(name, Tenant.PLAIN);
    }

    boolean hasQuotas() {
        return tenants.values().stream().anyMatch(Tenant::hasQuota);
    }

    /**
     * What one tenant may have.
     *
     * @param weight its share relative to others, above 0
     * @param quota the most its running jobs may hold together; null means no limit
     * @param maxRunning the most jobs it may have running, 0 or more
     * @param pastUsage decayed usage in core-seconds up to the moment of the pass, 0 or more
     */
    public record Tenant(double weight, @Nullable Resources quota, int maxRunning, double pastUsage) {

        /** In a quota: this much of a dimension is no limit. */
        public static final long NO_LIMIT = Long.MAX_VALUE / 4;

        public static final Tenant PLAIN = new Tenant(1, null, Integer.MAX_VALUE, 0);

        public Tenant {
            if (!(weight > 0) || maxRunning < 0 || !(pastUsage >= 0)) {
                throw new IllegalArgumentException(
                        "Expected weight > 0, maxRunning >= 0 and pastUsage >= 0, but found weight=" + weight
                                + ", maxRunning=" + maxRunning + ", pastUsage=" + pastUsage);
            }
        }

        boolean hasQuota() {
            return quota != null || maxRunning < Integer.MAX_VALUE;
        }
    }

    /**
     * A maintenance window: from its start to its end nothing of ours runs on the cluster, so nothing starts that cannot
     * end before.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Window(String cluster, Instant from, Instant to) {

        public Window {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("Expected a window that ends after it starts, but found " + from
                        + " to " + to + " on " + cluster);
            }
        }
    }
}
