package io.stepyard.cli.clusters;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.text.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard clusters remove}. Take a cluster away. Refused while jobs hold resources there, unless forced. */
@Command(name = "remove", description = {
        "Take a cluster away. Refused while jobs hold resources there, unless forced."}, footerHeading = "%nExamples:%n", footer = {
                "  yard clusters remove basel",
                "  yard clusters remove basel --force"})
public final class RemoveCluster implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "CLUSTER", description = "The cluster's name.")
    private String name = "";

    @Option(names = "--force", description = {
            "Give up what runs there: the cluster is asked to end it, and its jobs count",
            "as lost even if it does not answer. Only when nothing of them goes on there."})
    private boolean force;

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public RemoveCluster(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        int givenUp = api.removeCluster(name, force);
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", name);
            fields.put("removed", true);
            fields.put("givenUp", givenUp);
            Json.print(around.out(), fields);
        } else {
            around.out().println(name + "  removed" + (givenUp > 0 ? ", " + givenUp + " attempts count as lost" : ""));
        }
        return ExitCode.OK;
    }
}
