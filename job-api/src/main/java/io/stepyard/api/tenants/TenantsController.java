package io.stepyard.api.tenants;

import io.stepyard.api.http.ApiException;
import io.stepyard.api.http.RequestBodies;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.tenant.TenantLimits;
import io.stepyard.core.tenant.TenantsDesk;
import io.stepyard.core.tenant.TenantsJson;
import io.stepyard.core.tenant.UsageBook;
import io.stepyard.model.resource.Resources;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows and replaces what tenants may have, beside what they hold and have used. */
@RestController
@RequestMapping(path = "/v1/tenants", produces = "application/json")
public final class TenantsController {

    private final JobStore store;
    private final TenantsDesk desk;
    private final InstantSource clock;

    public TenantsController(JobStore store, TenantsDesk desk, InstantSource clock) {
        this.store = store;
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * One tenant; {@code *} is everybody who is not named.
     *
     * @param cpuMillicores the most it may hold; null means no limit, also below
     * @param usedCoreSeconds past usage, forgotten by half in a week
     */
    public record TenantView(String tenant, double weight, @Nullable Long cpuMillicores, @Nullable Long memoryMib,
            @Nullable Integer runningJobs, long heldCpuMillicores, long heldMemoryMib, long heldJobs,
            double usedCoreSeconds) {}

    /** All tenants that are named, hold something or have used something. */
    public record TenantList(List<TenantView> items) {}

    @GetMapping
    public TenantList list() {
        TenantLimits.Table table = desk.table();
        List<JobRun> live = store.liveRuns();
        Map<String, Double> used = new UsageBook(store).upTo(clock.instant(), live).coreSeconds();
        Set<String> names = new TreeSet<>(table.named().keySet());
        names.addAll(used.keySet());
        live.forEach(run -> names.add(run.spec().tenant()));
        return new TenantList(names.stream().map(name -> view(name, table.of(name), live, used)).toList());
    }

    private static TenantView view(String tenant, TenantLimits limits, List<JobRun> live, Map<String, Double> used) {
        List<JobRun> own = live.stream().filter(run -> run.spec().tenant().equals(tenant)).toList();
        Resources held = own.stream().map(run -> run.spec().resources()).reduce(Resources.NONE, Resources::plus);
        return new TenantView(tenant, limits.weight(), limits.cpuMillicores(), limits.memoryMib(), limits.runningJobs(),
                held.cpuMillicores(), held.memoryMib(), own.size(), used.getOrDefault(tenant, 0.0));
    }

    /** Body: the tenants file. What it does not name is not limited any more. */
    @PutMapping
    public TenantList replace(HttpServletRequest request) throws IOException {
        String body = RequestBodies.json(request);
        try {
            desk.replace(TenantsJson.read("tenants", body));
        } catch (IllegalArgumentException malformed) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "BAD_TENANTS", String.valueOf(malformed.getMessage()));
        }
        return list();
    }
}
