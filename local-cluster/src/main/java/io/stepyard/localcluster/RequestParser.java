package io.stepyard.localcluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a submission; says every fault at once, each with where, what was found and what is expected. */
final class RequestParser {

    /** A body that is no request. The message is for the caller. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }
    }

    private static final int MAX_KEY_LENGTH = 200;
    private static final int MAX_WORDS = 10_000;
    private static final int MAX_SHOWN = 100;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final List<String> faults = new ArrayList<>();
    private final JsonNode body;

    private RequestParser(JsonNode body) {
        this.body = body;
    }

    static RunRequest parse(JsonMapper json, String key, byte[] text) throws Invalid {
        JsonNode body;
        try {
            body = json.readTree(text);
        } catch (JacksonException noJson) {
            throw new Invalid("Expected a JSON object, but found text that is no JSON");
        }
        if (!body.isObject()) {
            throw new Invalid("Expected a JSON object, but found " + shown(body));
        }
        RequestParser parser = new RequestParser(body);
        RunRequest request = parser.request(key);
        if (!parser.faults.isEmpty()) {
            throw new Invalid(String.join("; ", parser.faults));
        }
        return request;
    }

    private RunRequest request(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || key.chars().anyMatch(c -> c < ' ' || c == 127)) {
            fault("key", "1 to " + MAX_KEY_LENGTH + " printable characters", "'" + key + "'");
        }
        return new RunRequest(key, text("/jobId"), (int) whole("/attempt", 1, 1_000_000),
                whole("/cpuMillicores", 1, 1_000_000_000), whole("/memoryMib", 1, 1_000_000_000_000L),
                whole("/timeLimitSeconds", 1, 10L * 366 * 86_400), command(), workingDirectory(), environment());
    }

    private void fault(String where, String expected, String found) {
        faults.add(where + ": expected " + expected + ", but found " + found);
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private String text(String pointer) {
        JsonNode node = body.at(pointer);
        if (!node.isString() || node.stringValue().isEmpty()) {
            fault(pointer, "a text", shown(node));
            return "";
        }
        return node.stringValue();
    }

    private long whole(String pointer, long least, long most) {
        JsonNode node = body.at(pointer);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < least
                || node.longValue() > most) {
            fault(pointer, "a whole number from " + least + " to " + most, shown(node));
            return least;
        }
        return node.longValue();
    }

    private List<String> command() {
        JsonNode node = body.at("/command");
        if (!node.isArray() || node.isEmpty() || node.size() > MAX_WORDS) {
            fault("/command", "a list of 1 to " + MAX_WORDS + " words", shown(node));
            return List.of();
        }
        List<String> words = new ArrayList<>();
        for (int at = 0; at < node.size(); at++) {
            JsonNode word = node.get(at);
            if (!word.isString() || word.stringValue().indexOf('\0') >= 0) {
                fault("/command/" + at, "a text", shown(word));
            } else {
                words.add(word.stringValue());
            }
        }
        if (!words.isEmpty() && (words.getFirst().isEmpty() || words.getFirst().startsWith("-"))) {
            fault("/command/0", "the name or path of a program", "'" + words.getFirst() + "'");
        }
        return words;
    }

    private @Nullable String workingDirectory() {
        JsonNode node = body.at("/workingDirectory");
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString() || !node.stringValue().startsWith("/") || node.stringValue().indexOf('\0') >= 0) {
            fault("/workingDirectory", "an absolute path or null", shown(node));
            return null;
        }
        return node.stringValue();
    }

    private Map<String, String> environment() {
        JsonNode node = body.at("/environment");
        Map<String, String> variables = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return variables;
        }
        if (!node.isObject()) {
            fault("/environment", "an object of texts", shown(node));
            return variables;
        }
        for (Map.Entry<String, JsonNode> variable : node.properties()) {
            JsonNode value = variable.getValue();
            if (!VARIABLE.matcher(variable.getKey()).matches()) {
                fault("/environment", "names of letters, digits and '_'", "'" + variable.getKey() + "'");
            } else if (!value.isString() || value.stringValue().indexOf('\0') >= 0) {
                // The value may be a secret: it is not shown.
                fault("/environment/" + variable.getKey(), "a text", "something else");
            } else {
                variables.put(variable.getKey(), value.stringValue());
            }
        }
        return variables;
    }
}
