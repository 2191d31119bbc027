package io.stepyard.cli.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Machine output: one JSON document a command, with a version that rises when a field changes its meaning or goes. */
public final class Json {

    /** Version of every document that {@code --json} prints. */
    public static final int VERSION = 1;

    /** Fields that this program does not know are newer than it and no fault. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).enable(SerializationFeature.INDENT_OUTPUT)
            .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    private Json() {}

    /** Prints {@code {"version":1, name: value}}. */
    public static void print(PrintWriter out, String name, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(name, value);
        print(out, fields);
    }

    /** Prints the fields after the version. */
    public static void print(PrintWriter out, Map<String, ?> fields) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        document.putAll(fields);
        out.println(MAPPER.writeValueAsString(document));
    }
}
