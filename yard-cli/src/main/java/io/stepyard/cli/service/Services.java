package io.stepyard.cli.service;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.text.Json;

/** Clients for a target. */
public final class Services {

    private Services() {}

    public static JobApiClient jobApi(Target target) {
        return new JobApiClient(target.requireApi(), Json.MAPPER);
    }
}
