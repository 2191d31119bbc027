package io.stepyard.api.clusters;

import io.stepyard.api.http.ApiException;
import io.stepyard.api.http.JsonBody;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.core.scheduling.TendClusters;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.Maintenance;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.model.resource.Resources;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What operators do to clusters: register one, drain it, plan maintenance, resume it, take it away. Each may be asked twice. */
@RestController
@RequestMapping(path = "/v1/clusters", produces = "application/json")
public final class ClusterDeskController {

    private static final String ACTOR = "user:api";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final int MAX_TEXT = 500;

    private final ClusterStore clusters;
    private final ClusterController views;
    private final RegisterCluster register;
    private final TendClusters tend;
    private final InstantSource clock;
    private final JsonMapper json;

    public ClusterDeskController(ClusterStore clusters, ClusterController views, RegisterCluster register,
            TendClusters tend, InstantSource clock, JsonMapper json) {
        this.clusters = clusters;
        this.views = views;
        this.register = register;
        this.tend = tend;
        this.clock = clock;
        this.json = json;
    }

    /** @param givenUp attempts there that count as lost now */
    public record Removed(String name, boolean removed, int givenUp) {}

    @PostMapping
    public ResponseEntity<ClusterView> add(HttpServletRequest request) throws IOException {
        JsonBody body = JsonBody.read(request, json, Set.of("name", "kind", "endpoint", "labels", "options"));
        String name = JsonBody.required(body.text("name", 63), "a name for the cluster");
        if (!name.matches(NAME)) {
            throw JsonBody.bad("a name of letters, digits, '.', '_' or '-'", "'" + name + "'");
        }
        String kind = body.text("kind", 40).orElse(ClusterKind.HTTP.text());
        if (ClusterKind.of(kind).isEmpty()) {
            throw JsonBody.bad("a kind out of " + ClusterKind.all(), "'" + kind + "'");
        }
        URI endpoint = endpoint(JsonBody.required(body.text("endpoint", MAX_TEXT), "an endpoint"));
        Map<String, String> labels = body.texts("labels");
        Map<String, String> options = body.texts("options");
        Optional<ClusterRecord> known = clusters.cluster(name);
        boolean same = known.map(cluster -> cluster.kind().equals(kind) && cluster.endpoint().equals(endpoint)
                && cluster.labels().equals(labels) && cluster.options().equals(options)).orElse(true);
        if (!same) {
            throw new ApiException(HttpStatus.CONFLICT, "CLUSTER_EXISTS", "Cluster '" + name
                    + "' is registered already, with another kind, endpoint, label or option; remove it first.");
        }
        if (known.isEmpty()) {
            register.register(name, kind, endpoint, Resources.NONE, labels, options);
        }
        return ResponseEntity.status(known.isEmpty() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(views.show(name));
    }

    private static URI endpoint(String text) {
        try {
            URI endpoint = new URI(text);
            boolean usable = ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                    && endpoint.getHost() != null && endpoint.getUserInfo() == null;
            if (usable) {
                return endpoint;
            }
        } catch (URISyntaxException malformed) {
            throw JsonBody.bad("an endpoint such as http://10.0.0.5:8091", "'" + text + "'");
        }
        throw JsonBody.bad("an endpoint such as http://10.0.0.5:8091, without a password in it", "'" + text + "'");
    }

    /** At once without times; with them a maintenance window, before which nothing starts that could not end. */
    @PostMapping("/{name}/drain")
    public ClusterView drain(@PathVariable String name, HttpServletRequest request) throws IOException {
        JsonBody body = JsonBody.read(request, json, Set.of("reason", "from", "to"));
        String reason = body.text("reason", MAX_TEXT).orElse("drained through the job API");
        Optional<Instant> from = body.instant("from");
        Optional<Instant> to = body.instant("to");
        if (from.isEmpty() && to.isEmpty()) {
            return view(name, tend.drain(name, reason));
        }
        Instant begin = from.orElse(clock.instant());
        Instant end = JsonBody.required(to, "to, the end of the maintenance that begins at " + begin);
        if (!begin.isBefore(end) || !end.isAfter(clock.instant())) {
            throw JsonBody.bad("maintenance that ends after it begins, and in the future", begin + " to " + end);
        }
        try {
            return view(name, tend.plan(name, new Maintenance(begin, end, reason)));
        } catch (IllegalArgumentException tooMany) {
            throw new ApiException(HttpStatus.CONFLICT, "TOO_MANY_WINDOWS", tooMany.getMessage() + ".");
        }
    }

    @PostMapping("/{name}/resume")
    public ClusterView resume(@PathVariable String name, HttpServletRequest request) throws IOException {
        JsonBody.read(request, json, Set.of());
        return view(name, tend.resume(name));
    }

    @DeleteMapping("/{name}")
    public Removed remove(@PathVariable String name, @RequestParam(defaultValue = "false") boolean force) {
        return switch (tend.remove(name, force, ACTOR)) {
            case TendClusters.Removal.Removed removed -> new Removed(name, true, removed.givenUp());
            case TendClusters.Removal.Unknown _ -> throw unknown();
            case TendClusters.Removal.InUse used -> throw new ApiException(HttpStatus.CONFLICT, "CLUSTER_IN_USE",
                    used.count() + " jobs hold resources of cluster '" + name + "', for instance " + used.jobs() + "; "
                            + (force
                                    ? "they are being started this moment: ask again in a while."
                                    : "drain it and wait for their end, or force the removal and lose them."));
        };
    }

    private ClusterView view(String name, Optional<ClusterRecord> cluster) {
        if (cluster.isEmpty()) {
            throw unknown();
        }
        return views.show(name);
    }

    private static ApiException unknown() {
        return ApiException.notFound("CLUSTER_NOT_FOUND",
                "There is no cluster of this name; GET /v1/clusters lists them.");
    }
}
