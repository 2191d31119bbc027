package io.stepyard.infra;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** Assertions on one resource of a template; paths are JSON pointers below its properties. */
final class ResourceAssert extends AbstractAssert<ResourceAssert, JsonNode> {

    private final JsonNode template;
    private final String logicalId;

    ResourceAssert(JsonNode template, String logicalId) {
        super(template.at("/Resources/" + logicalId), ResourceAssert.class);
        this.template = template;
        this.logicalId = logicalId;
        as(logicalId);
    }

    String logicalId() {
        return logicalId;
    }

    ResourceAssert has(String pointer, Object value) {
        Assertions.assertThat(at(pointer).asString()).as(logicalId + pointer).isEqualTo(value.toString());
        return this;
    }

    ResourceAssert hasJson(String pointer, String json) {
        Assertions.assertThat(at(pointer).toString()).as(logicalId + pointer).isEqualTo(json);
        return this;
    }

    /** The value names a resource, told by its logical id without the CDK's hash. */
    ResourceAssert refersTo(String pointer, String name) {
        Assertions.assertThat(Names.of(at(pointer))).as(logicalId + pointer).isEqualTo(name);
        return this;
    }

    ResourceAssert hasNo(String pointer) {
        Assertions.assertThat(at(pointer).isMissingNode()).as(logicalId + " must have no " + pointer).isTrue();
        return this;
    }

    /** It stays when the stack is deleted or the resource replaced. */
    ResourceAssert isKept() {
        Assertions.assertThat(actual.path("DeletionPolicy").asString("")).as(logicalId + " DeletionPolicy")
                .isEqualTo("Retain");
        Assertions.assertThat(actual.path("UpdateReplacePolicy").asString("")).as(logicalId + " UpdateReplacePolicy")
                .isEqualTo("Retain");
        return this;
    }

    /** The resource that a property refers to. */
    ResourceAssert follow(String pointer) {
        JsonNode value = at(pointer);
        String id = value.has("Ref") ? value.get("Ref").asString() : value.at("/Fn::GetAtt/0").asString("");
        Assertions.assertThat(id).as(logicalId + pointer + " refers to a resource").isNotEmpty();
        return new ResourceAssert(template, id);
    }

    JsonNode at(String pointer) {
        return actual.get("Properties").at(pointer);
    }
}
