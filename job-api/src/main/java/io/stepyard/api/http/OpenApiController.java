package io.stepyard.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the document that the API is held to. */
@RestController
public final class OpenApiController {

    private static final String RESOURCE = "/io/stepyard/api/openapi.yaml";

    private final String document;

    public OpenApiController() throws IOException {
        try (InputStream in = OpenApiController.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("Expected " + RESOURCE + " on the class path, but it is not there");
            }
            document = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    public String document() {
        return document;
    }
}
