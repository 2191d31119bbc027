package io.stepyard.core.tenant;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.PassTerms;
import java.util.Map;
import java.util.TreeMap;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant may have.
 *
 * @param weight its share relative to others, above 0
 * @param cpuMillicores the most its running jobs may hold together; null means no limit
 * @param memoryMib likewise
 * @param runningJobs the most jobs it may have running at once; null means no limit
 */
public record TenantLimits(double weight, @Nullable Long cpuMillicores, @Nullable Long memoryMib,
        @Nullable Integer runningJobs) {

    /** Who is not named: weight 1 and no limit. */
    public static final TenantLimits PLAIN = new TenantLimits(1, null, null, null);

    public TenantLimits {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("Expected a weight above 0, but found " + weight);
        }
    }

    /** The same for a pass, with what the tenant has used. */
    PassTerms.Tenant toTerms(double pastCoreSeconds) {
        Resources quota = cpuMillicores == null && memoryMib == null
                ? null
                : new Resources(cpuMillicores == null ? PassTerms.Tenant.NO_LIMIT : cpuMillicores,
                        memoryMib == null ? PassTerms.Tenant.NO_LIMIT : memoryMib);
        return new PassTerms.Tenant(weight, quota, runningJobs == null ? Integer.MAX_VALUE : runningJobs,
                pastCoreSeconds);
    }

    boolean hasQuota() {
        return cpuMillicores != null || memoryMib != null || runningJobs != null;
    }

    /**
     * All tenants' limits.
     *
     * @param named by tenant; the name {@value #ANYBODY} speaks for everybody who is not named
     */
    public record Table(Map<String, TenantLimits> named) {

        public static final String ANYBODY = "*";
        public static final Table EMPTY = new Table(Map.of());

        public Table {
            named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
        }

        public TenantLimits of(String tenant) {
            TenantLimits own = named.get(tenant);
            return own == null ? named.getOrDefault(ANYBODY, PLAIN) : own;
        }

        public boolean hasQuotas() {
            return named.values().stream().anyMatch(TenantLimits::hasQuota);
        }
    }
}
