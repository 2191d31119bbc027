package io.stepyard.cli.api;

import org.jspecify.annotations.Nullable;

/** What a tenant may have, holds and has used; null means no limit. */
public record TenantView(String tenant, double weight, @Nullable Long cpuMillicores, @Nullable Long memoryMib,
        @Nullable Integer runningJobs, long heldCpuMillicores, long heldMemoryMib, long heldJobs,
        double usedCoreSeconds) {}
