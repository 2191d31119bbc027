package io.stepyard.stepfunctions.validation;

import io.stepyard.stepfunctions.language.JsonataExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which kind of JSON value each field of the language holds. Fields that may hold anything are not named here. */
final class FieldTypes {
    /** Seconds end a little below, items at this. */
    private static final long LARGEST = 100_000_000;
    private static final Map<String, Kind> STATE = kinds(
            """
                    TEXT Type Next Default Resource ItemsPath SecondsPath TimestampPath Timestamp TimeoutSecondsPath HeartbeatSecondsPath \
                    MaxConcurrencyPath ToleratedFailureCountPath ToleratedFailurePercentagePath ErrorPath CausePath Error Cause QueryLanguage Label Comment
                    PATH InputPath OutputPath ResultPath
                    INTEGER Seconds TimeoutSeconds HeartbeatSeconds MaxConcurrency ToleratedFailureCount
                    NUMBER ToleratedFailurePercentage
                    BOOLEAN End
                    OBJECT States Assign ItemProcessor Iterator ItemReader ItemBatcher ResultWriter ResultSelector
                    ARRAY Choices Branches Retry Catch""");
    private static final Map<String, Kind> RETRIER = kinds("""
            ARRAY ErrorEquals
            INTEGER IntervalSeconds MaxAttempts MaxDelaySeconds
            NUMBER BackoffRate
            TEXT JitterStrategy Comment""");
    private static final Map<String, Kind> CATCHER = kinds("""
            ARRAY ErrorEquals
            TEXT Next Comment
            PATH ResultPath
            OBJECT Assign""");
    private static final Map<String, Kind> BATCHER = kinds("""
            INTEGER MaxItemsPerBatch MaxInputBytesPerBatch
            TEXT MaxItemsPerBatchPath MaxInputBytesPerBatchPath""");
    private static final Map<String, Kind> READER = kinds("""
            TEXT Resource
            OBJECT ReaderConfig""");
    private static final Map<String, Kind> READER_CONFIG = kinds("""
            TEXT InputType CSVHeaderLocation CSVDelimiter MaxItemsPath ItemsPointer
            ARRAY CSVHeaders
            INTEGER MaxItems""");
    private static final Map<String, Kind> CHAIN = kinds("""
            TEXT StartAt QueryLanguage Comment Version
            INTEGER TimeoutSeconds
            OBJECT States ProcessorConfig""");
    private static final Map<String, Kind> PROCESSOR_CONFIG = kinds("TEXT Mode ExecutionType");

    private final List<Diagnostic> found = new ArrayList<>();
    private final boolean jsonata;

    private FieldTypes(boolean jsonata) {
        this.jsonata = jsonata;
    }

    /** Kinds of values, by the name AWS gives them. */
    private enum Kind {
        TEXT("String"), PATH("String"), INTEGER("Integer"), NUMBER("Float"), BOOLEAN("Boolean"), OBJECT(
                "Object"), ARRAY("Array");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        boolean takes(JsonNode value) {
            return switch (this) {
                case TEXT -> value.isString();
                case PATH -> value.isString() || value.isNull();
                case INTEGER -> value.isIntegralNumber() && value.canConvertToLong()
                        && Math.abs(value.longValue()) <= LARGEST;
                case NUMBER -> value.isNumber() && Double.isFinite(value.asDouble());
                case BOOLEAN -> value.isBoolean();
                case OBJECT -> value.isObject();
                case ARRAY -> value.isArray();
            };
        }

        /** Whether a JSONata state may compute it. */
        boolean mayBeComputed() {
            return this == INTEGER || this == NUMBER || this == OBJECT;
        }
    }

    private static Map<String, Kind> kinds(String table) {
        Map<String, Kind> kinds = new HashMap<>();
        table.lines().map(line -> line.split(" ", -1)).forEach(words -> {
            for (int i = 1; i < words.length; i++) {
                kinds.put(words[i], Kind.valueOf(words[0]));
            }
        });
        return Map.copyOf(kinds);
    }

    /** Fields of a chain of states that hold something of another kind: the machine itself, a branch or what a Map runs. */
    static List<Diagnostic> ofChain(JsonNode chain, String location) {
        FieldTypes types = new FieldTypes(false);
        if (types.object(chain, location)) {
            types.check(chain, CHAIN, location);
            types.nested(chain, "ProcessorConfig", PROCESSOR_CONFIG, location);
        }
        return types.found;
    }

    /** Fields of a state that hold something of another kind; in a JSONata state some may hold an expression instead. */
    static List<Diagnostic> ofState(JsonNode state, boolean jsonata, String location) {
        FieldTypes types = new FieldTypes(jsonata);
        if (types.object(state, location)) {
            types.check(state, STATE, location);
            types.each(state, "Retry", RETRIER, location);
            types.each(state, "Catch", CATCHER, location);
            types.nested(state, "ItemBatcher", BATCHER, location);
            types.nested(state, "ItemReader", READER, location);
            types.nested(state.path("ItemReader"), "ReaderConfig", READER_CONFIG, location + "/ItemReader");
            types.nested(state, "ResultWriter", READER, location);
            types.rules(state.path("Choices"), location + "/Choices");
        }
        return types.found;
    }

    private boolean object(JsonNode value, String location) {
        return expect(value, Kind.OBJECT, location.isEmpty() ? "/" : location) && value.isObject();
    }

    private boolean expect(JsonNode value, Kind kind, String location) {
        boolean computed = jsonata && kind.mayBeComputed() && JsonataExpression.isExpression(value);
        if (computed || kind.takes(value)) {
            return true;
        }
        found.add(new Diagnostic("SCHEMA_VALIDATION_FAILED", "Expected value of type " + kind.shown, location));
        return false;
    }

    private void check(JsonNode object, Map<String, Kind> kinds, String location) {
        object.forEachEntry((name, value) -> {
            Kind kind = kinds.get(name);
            if (kind != null && expect(value, kind, location + "/" + name) && name.equals("ErrorEquals")) {
                texts(value, location + "/" + name);
            }
        });
    }

    private void texts(JsonNode array, String location) {
        int place = 0;
        for (JsonNode value : array) {
            expect(value, Kind.TEXT, location + "[" + place++ + "]");
        }
    }

    private void nested(JsonNode holder, String field, Map<String, Kind> kinds, String location) {
        if (holder.path(field).isObject()) {
            check(holder.get(field), kinds, location + "/" + field);
        }
    }

    private void each(JsonNode holder, String field, Map<String, Kind> kinds, String location) {
        int place = 0;
        for (JsonNode entry : holder.path(field).isArray() ? holder.get(field) : List.<JsonNode>of()) {
            String where = location + "/" + field + "[" + place++ + "]";
            if (object(entry, where)) {
                check(entry, kinds, where);
            }
        }
    }

    private void rules(JsonNode rules, String location) {
        int place = 0;
        for (JsonNode rule : rules.isArray() ? rules : List.<JsonNode>of()) {
            String where = location + "[" + place++ + "]";
            if (object(rule, where)) {
                rule(rule, where);
            }
        }
    }

    private void rule(JsonNode rule, String location) {
        rule.forEachEntry((name, value) -> {
            String where = location + "/" + name;
            Kind kind = kindInRule(name);
            if (kind == null || !expect(value, kind, where)) {
                return;
            }
            if (kind == Kind.ARRAY) {
                rules(value, where);
            } else if (kind == Kind.OBJECT && name.equals("Not") && value.isObject()) {
                rule(value, where);
            }
        });
    }

    private static @Nullable Kind kindInRule(String name) {
        return switch (name) {
            case "And", "Or" -> Kind.ARRAY;
            case "Not", "Assign" -> Kind.OBJECT;
            case "Variable", "Next", "Comment" -> Kind.TEXT;
            case "BooleanEquals", "IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp" ->
                Kind.BOOLEAN;
            default -> name.endsWith("Path") || name.startsWith("String") || name.startsWith("Timestamp")
                    ? Kind.TEXT
                    : name.startsWith("Numeric") ? Kind.NUMBER : null;
        };
    }
}
