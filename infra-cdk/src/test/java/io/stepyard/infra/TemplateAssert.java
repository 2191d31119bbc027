package io.stepyard.infra;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** Assertions on a CloudFormation template. */
final class TemplateAssert extends AbstractAssert<TemplateAssert, JsonNode> {

    private TemplateAssert(JsonNode template) {
        super(template, TemplateAssert.class);
    }

    static TemplateAssert assertThat(Synthesis synthesis) {
        return new TemplateAssert(synthesis.template());
    }

    /** Exactly these logical ids for a type. */
    TemplateAssert hasOnly(String type, String... logicalIds) {
        Assertions.assertThat(logicalIdsOf(type)).as("logical ids of " + type).containsExactlyInAnyOrder(logicalIds);
        return this;
    }

    TemplateAssert hasCount(String type, int count) {
        Assertions.assertThat(logicalIdsOf(type)).as("resources of type " + type).hasSize(count);
        return this;
    }

    /** The one resource of a type whose logical id begins so. */
    ResourceAssert resource(String type, String logicalIdPrefix) {
        List<String> ids = logicalIdsOf(type).stream().filter(id -> id.startsWith(logicalIdPrefix)).toList();
        Assertions.assertThat(ids).as(type + " " + logicalIdPrefix + "*").hasSize(1);
        return new ResourceAssert(actual, ids.getFirst());
    }

    Stream<ResourceAssert> each(String type) {
        Set<String> ids = logicalIdsOf(type);
        Assertions.assertThat(ids).as("resources of type " + type).isNotEmpty();
        return ids.stream().map(id -> new ResourceAssert(actual, id));
    }

    /** What the policies attached to a role allow, each line {@code action on resource}. */
    Set<String> permissionsOf(String rolePrefix) {
        Set<String> lines = new TreeSet<>();
        for (String id : logicalIdsOf("AWS::IAM::Policy")) {
            JsonNode properties = actual.at("/Resources/" + id + "/Properties");
            if (properties.at("/Roles/0/Ref").asString("").startsWith(rolePrefix)) {
                properties.at("/PolicyDocument/Statement").forEach(statement -> lines.addAll(lines(statement)));
            }
        }
        return lines;
    }

    private static Set<String> lines(JsonNode statement) {
        Set<String> lines = new TreeSet<>();
        for (JsonNode action : many(statement.get("Action"))) {
            for (JsonNode resource : many(statement.get("Resource"))) {
                lines.add(action.asString() + " on " + Names.of(resource));
            }
        }
        return lines;
    }

    private static List<JsonNode> many(JsonNode oneOrMany) {
        return oneOrMany.isArray() ? oneOrMany.valueStream().toList() : List.of(oneOrMany);
    }

    private Set<String> logicalIdsOf(String type) {
        Set<String> ids = new TreeSet<>();
        actual.get("Resources").propertyStream().filter(entry -> entry.getValue().get("Type").asString().equals(type))
                .forEach(entry -> ids.add(entry.getKey()));
        return ids;
    }
}
