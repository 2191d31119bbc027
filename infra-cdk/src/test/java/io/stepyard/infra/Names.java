package io.stepyard.infra;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** CloudFormation's references as short text: logical ids without the hash that the CDK appends. */
final class Names {

    private Names() {}

    static String of(JsonNode value) {
        if (value.isString()) {
            return value.asString();
        }
        if (value.has("Ref")) {
            return withoutHash(value.get("Ref").asString());
        }
        if (value.has("Fn::GetAtt")) {
            return withoutHash(value.at("/Fn::GetAtt/0").asString());
        }
        if (value.has("Fn::Join")) {
            return value.at("/Fn::Join/1").valueStream().map(Names::of)
                    .collect(Collectors.joining(value.at("/Fn::Join/0").asString()));
        }
        return value.toString();
    }

    private static String withoutHash(String logicalId) {
        // A function version carries a second hash, of its code.
        return logicalId.startsWith("AWS::")
                ? logicalId
                : logicalId.replaceFirst("CurrentVersion[0-9A-F]{8}[0-9a-f]{32}$", "CurrentVersion")
                        .replaceFirst("[0-9A-F]{8}$", "");
    }
}
