package io.stepyard.scheduler;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each tenant with a quota holds now, and what it may take beside that. */
final class Quotas {

    private final PassTerms terms;
    private final boolean any;
    private final Map<String, Held> held = new HashMap<>();

    Quotas(PassTerms terms) {
        this.terms = terms;
        this.any = terms.hasQuotas();
    }

    boolean allows(String tenant, long[] need) {
        if (!any) {
            return true;
        }
        PassTerms.Tenant agreed = terms.tenant(tenant);
        Held now = held.getOrDefault(tenant, Held.NOTHING);
        return now.jobs() < agreed.maxRunning() && (agreed.quota() == null
                || (now.cpu() + need[Amounts.CPU] <= agreed.quota().cpuMillicores()
                        && now.memory() + need[Amounts.MEMORY] <= agreed.quota().memoryMib()));
    }

    void take(String tenant, long[] need) {
        if (any) {
            Held now = held.getOrDefault(tenant, Held.NOTHING);
            held.put(tenant, new Held(now.jobs() + 1, now.cpu() + need[Amounts.CPU],
                    now.memory() + need[Amounts.MEMORY]));
        }
    }

    void release(String tenant, long[] need) {
        Held now = held.get(tenant);
        if (now != null) {
            held.put(tenant, new Held(now.jobs() - 1, now.cpu() - need[Amounts.CPU],
                    now.memory() - need[Amounts.MEMORY]));
        }
    }

    Held heldBy(String tenant) {
        return held.getOrDefault(tenant, Held.NOTHING);
    }

    PassTerms.@Nullable Tenant limited(String tenant) {
        PassTerms.Tenant agreed = terms.tenant(tenant);
        return agreed.hasQuota() ? agreed : null;
    }

    record Held(int jobs, long cpu, long memory) {
        static final Held NOTHING = new Held(0, 0, 0);
    }
}
