package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.AliasDescription;
import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import io.stepyard.stepfunctions.VersionDescription;
import io.stepyard.stepfunctions.language.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on versions, aliases and tags. */
record VersionOperations(StepFunctionsEngine engine) {

    void addTo(Map<String, Operations.Operation> byName) {
        byName.put("PublishStateMachineVersion", this::publish);
        byName.put("DeleteStateMachineVersion", this::deleteVersion);
        byName.put("ListStateMachineVersions", this::listVersions);
        byName.put("CreateStateMachineAlias", this::createAlias);
        byName.put("UpdateStateMachineAlias", this::updateAlias);
        byName.put("DescribeStateMachineAlias", this::describeAlias);
        byName.put("DeleteStateMachineAlias", this::deleteAlias);
        byName.put("ListStateMachineAliases", this::listAliases);
        byName.put("TagResource", this::tag);
        byName.put("UntagResource", this::untag);
        byName.put("ListTagsForResource", this::listTags);
    }

    private ObjectNode publish(Request request) {
        VersionDescription version = engine.versions().publish(request.required("stateMachineArn"),
                request.text("revisionId"), request.text("description"));
        return describe(version);
    }

    private static ObjectNode describe(VersionDescription version) {
        return Operations.put(Json.object().put("stateMachineVersionArn", version.stateMachineVersionArn()),
                "creationDate", version.creationDate());
    }

    private ObjectNode deleteVersion(Request request) {
        engine.versions().delete(request.required("stateMachineVersionArn"));
        return Json.object();
    }

    private ObjectNode listVersions(Request request) {
        int limit = request.maxResults(100, 1_000);
        List<VersionDescription> all = engine.versions().list(request.required("stateMachineArn"));
        int start = Operations.place(request);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("stateMachineVersions");
        all.stream().skip(start).limit(limit).forEach(version -> list.add(describe(version)));
        return Operations.next(answer, start, limit, all.size());
    }

    private static @Nullable Map<String, Integer> routes(Request request) {
        JsonNode given = request.body().get("routingConfiguration");
        if (given == null || given.isNull()) {
            return null;
        }
        Map<String, Integer> routes = new LinkedHashMap<>();
        given.forEach(route -> routes.put(route.path("stateMachineVersionArn").asString(""),
                route.path("weight").asInt(0)));
        if (routes.size() < given.size()) {
            List<String> arns = given.valueStream().map(route -> route.path("stateMachineVersionArn").asString(""))
                    .toList();
            throw new StepFunctionsException(ErrorCode.ValidationException,
                    "Routing configuration must contain distinct state machine version ARNs. Received: " + arns);
        }
        return routes;
    }

    private ObjectNode createAlias(Request request) {
        Map<String, Integer> routes = routes(request);
        AliasDescription alias = engine.versions().createAlias(request.required("name"), request.text("description"),
                routes == null ? Map.of() : routes);
        return Operations.put(Json.object().put("stateMachineAliasArn", alias.stateMachineAliasArn()),
                "creationDate", alias.creationDate());
    }

    private ObjectNode updateAlias(Request request) {
        AliasDescription alias = engine.versions().updateAlias(request.required("stateMachineAliasArn"),
                request.text("description"), routes(request));
        return Operations.put(Json.object(), "updateDate", alias.updateDate());
    }

    private ObjectNode describeAlias(Request request) {
        AliasDescription alias = engine.versions().describeAlias(request.required("stateMachineAliasArn"));
        ObjectNode answer = Json.object().put("stateMachineAliasArn", alias.stateMachineAliasArn())
                .put("name", alias.name()).put("description", alias.description());
        ArrayNode routes = answer.putArray("routingConfiguration");
        alias.routes().forEach((arn, weight) -> routes
                .add(Json.object().put("stateMachineVersionArn", arn).put("weight", weight)));
        Operations.put(answer, "creationDate", alias.creationDate());
        return Operations.put(answer, "updateDate", alias.updateDate());
    }

    private ObjectNode deleteAlias(Request request) {
        engine.versions().deleteAlias(request.required("stateMachineAliasArn"));
        return Json.object();
    }

    private ObjectNode listAliases(Request request) {
        int limit = request.maxResults(100, 1_000);
        List<AliasDescription> all = engine.versions().listAliases(request.required("stateMachineArn"));
        int start = Operations.place(request);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("stateMachineAliases");
        all.stream().skip(start).limit(limit).forEach(alias -> list.add(Operations.put(
                Json.object().put("stateMachineAliasArn", alias.stateMachineAliasArn()), "creationDate",
                alias.creationDate())));
        return Operations.next(answer, start, limit, all.size());
    }

    private ObjectNode tag(Request request) {
        Map<String, String> tags = new LinkedHashMap<>();
        request.body().path("tags").forEach(
                tag -> tags.put(tag.path("key").asString(""), tag.path("value").asString("")));
        engine.versions().tag(request.required("resourceArn"), tags);
        return Json.object();
    }

    private ObjectNode untag(Request request) {
        List<String> keys = request.body().path("tagKeys").valueStream().map(key -> key.asString("")).toList();
        engine.versions().untag(request.required("resourceArn"), keys);
        return Json.object();
    }

    private ObjectNode listTags(Request request) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("tags");
        engine.versions().tags(request.required("resourceArn"))
                .forEach((key, value) -> list.add(Json.object().put("key", key).put("value", value)));
        return answer;
    }
}
