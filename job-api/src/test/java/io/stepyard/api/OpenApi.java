package io.stepyard.api;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The served document, which can be asked whether an answer keeps to it. */
final class OpenApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode document;

    OpenApi(String yaml) {
        document = YAMLMapper.builder().build().readTree(yaml);
    }

    /** {@code GET /v1/jobs} and so on. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (String method : path.getValue().propertyNames()) {
                if (!method.equals("parameters")) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    /** Names of the query parameters of an operation. */
    Set<String> queryParameters(String operation) {
        Set<String> names = new TreeSet<>();
        operation(operation).path("parameters").forEach(parameter -> names.add(parameter.path("name").stringValue()));
        return names;
    }

    /** Everything in which this answer to {@code GET /v1/jobs} or the like departs from the document; empty when nothing. */
    List<String> departures(String operation, HttpResponse<String> answer) {
        JsonNode responses = operation(operation).path("responses");
        JsonNode response = responses.path(Integer.toString(answer.statusCode()));
        if (response.isMissingNode() && answer.statusCode() >= 400) {
            response = responses.path("default");
        }
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").stringValue().substring(1));
        }
        String found = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode media = response.path("content").path(found);
        if (media.isMissingNode()) {
            return List.of("Expected " + operation + " not to answer " + answer.statusCode() + " " + found);
        }
        return found.endsWith("json") ? validate(media.path("schema"), JSON.readTree(answer.body())) : List.of();
    }

    private JsonNode operation(String operation) {
        String[] words = operation.split(" ");
        JsonNode node = document.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
        if (node.isMissingNode()) {
            throw new AssertionError("Expected " + operation + " in the document, but it is not there");
        }
        return node;
    }

    private List<String> validate(JsonNode schema, JsonNode body) {
        ObjectNode root = schema.deepCopy().asObject();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root).validate(body)
                .stream().map(Error::toString).collect(Collectors.toList());
    }
}
