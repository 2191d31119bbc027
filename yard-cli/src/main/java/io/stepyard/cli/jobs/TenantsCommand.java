package io.stepyard.cli.jobs;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.api.TenantView;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.text.Json;
import io.stepyard.cli.text.Sizes;
import io.stepyard.cli.text.Table;
import io.stepyard.core.tenant.TenantsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yard tenants}: weights and quotas, what is held of them, and what was used. */
@Command(name = "tenants", description = {"Show what tenants may have, hold and have used; a '-' is no limit.",
        "With --set: replace all weights and quotas by those of a file."}, footerHeading = "%nExamples:%n", footer = {
                "  yard tenants", "  yard tenants --set tenants.json", "  yard tenants --json"})
public final class TenantsCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Option(names = "--set", paramLabel = "FILE", description = "JSON: {\"research\": {\"weight\": 2, \"cpu\": 8, \"memory\": \"16GiB\", \"runningJobs\": 10}}.")
    private @Nullable String file;

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public TenantsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        String text = file == null ? null : checked(file);
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        List<TenantView> tenants = text == null ? api.tenants() : api.replaceTenants(text);
        if (json) {
            Json.print(around.out(), "tenants", tenants);
            return ExitCode.OK;
        }
        if (tenants.isEmpty()) {
            around.out().println("No tenant has a weight or a quota, holds or has used anything.");
            return ExitCode.OK;
        }
        Table table = new Table("TENANT", ">WEIGHT", ">CPU", ">HELD", ">MEM", ">HELD", ">JOBS", ">HELD",
                ">USED(CORE-H)");
        for (TenantView tenant : tenants) {
            Long cpu = tenant.cpuMillicores();
            Long memory = tenant.memoryMib();
            Integer jobs = tenant.runningJobs();
            table.row(tenant.tenant(), String.format(Locale.ROOT, "%.4g", tenant.weight()),
                    cpu == null ? "-" : Sizes.cpu(cpu), Sizes.cpu(tenant.heldCpuMillicores()),
                    memory == null ? "-" : Sizes.memory(memory), Sizes.memory(tenant.heldMemoryMib()),
                    jobs == null ? "-" : jobs.toString(), Long.toString(tenant.heldJobs()),
                    String.format(Locale.ROOT, "%.2f", tenant.usedCoreSeconds() / 3600));
        }
        table.lines(0).forEach(around.out()::println);
        return ExitCode.OK;
    }

    /** Faults are told here already, with the file's own name and line. */
    private String checked(String name) {
        Path path = around.directory().resolve(name);
        try {
            String text = Files.readString(path);
            TenantsJson.read(name, text);
            return text;
        } catch (IOException unreadable) {
            throw new YardFailure(ExitCode.REFUSED, "cannot read " + path + ": " + unreadable, unreadable);
        } catch (IllegalArgumentException malformed) {
            throw new YardFailure(ExitCode.REFUSED, String.valueOf(malformed.getMessage()), malformed);
        }
    }
}
