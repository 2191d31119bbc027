package io.stepyard.core.tenant;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.scheduler.PassTerms;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The terms of a pass over the live system: what tenants may have and have used, and the clusters' maintenance. Pure. */
public final class LiveTerms {

    private LiveTerms() {}

    public static PassTerms of(TenantLimits.Table table, Usage usage, List<QueueRow> waiting, List<JobRun> live,
            List<ClusterRecord> clusters, Instant now) {
        // Whoever used as good as nothing counts the same whether the store has forgotten it already or not.
        Map<String, Double> used = usage.trimmed().coreSeconds();
        Set<String> names = new TreeSet<>(used.keySet());
        table.named().keySet().stream().filter(name -> !name.equals(TenantLimits.Table.ANYBODY)).forEach(names::add);
        waiting.forEach(row -> names.add(row.spec().tenant()));
        live.forEach(run -> names.add(run.spec().tenant()));
        Map<String, PassTerms.Tenant> tenants = new HashMap<>();
        names.forEach(name -> tenants.put(name,
                table.of(name).toTerms(used.getOrDefault(name, 0.0))));
        List<PassTerms.Window> windows = clusters.stream().flatMap(cluster -> cluster.windows().stream()
                .filter(window -> window.to().isAfter(now))
                .map(window -> new PassTerms.Window(cluster.name(), window.from(), window.to()))).toList();
        return new PassTerms(tenants, windows);
    }
}
