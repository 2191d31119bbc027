package io.stepyard.core.job;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.stepyard.model.job.DurationText;
import io.stepyard.model.job.JobDocument;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.MemorySize;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes job JSON. The published JSON Schema is the one rule of its form. Safe for use by many threads. */
public final class JobReader {

    /** Step Functions takes an input of 262,144 bytes. */
    public static final int MAX_BYTES = 262_144;

    /** An execution lives a year at the most, so no attempt may be asked to run longer. */
    public static final Duration MAX_TIME_LIMIT = Duration.ofDays(365);

    private static final int MAX_FOUND_LENGTH = 80;

    private final JsonMapper mapper = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private final JsonNode schemaTree = mapper.readTree(schemaText());
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schemaText());

    /** The published JSON Schema of a job. */
    public static String schemaText() {
        try (InputStream in = Objects
                .requireNonNull(JobDocument.class.getResourceAsStream(JobDocument.SCHEMA_RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JobReading read(String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return invalid(new Fault("", "more than " + MAX_BYTES + " bytes", "at most " + MAX_BYTES + " bytes"));
        }
        try {
            return read(mapper.readTree(json));
        } catch (JacksonException e) {
            return invalid(new Fault("", "text that is no JSON: " + e.getOriginalMessage() + " at line "
                    + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr(), "a JSON object"));
        }
    }

    public JobReading read(JsonNode node) {
        if (!node.isObject()) {
            return invalid(new Fault("", describe(node), "a JSON object"));
        }
        List<Fault> faults = new ArrayList<>();
        for (Error error : schema.validate(node)) {
            faults.add(fault(error, node));
        }
        List<Fault> distinct = faults.stream().distinct().toList();
        return distinct.isEmpty() ? beyondSchema(node) : new JobReading.Invalid(distinct);
    }

    /** The job JSON of a job, every default written out. */
    public String write(JobSpec spec) {
        return mapper.writeValueAsString(JobDocument.of(spec));
    }

    private JobReading beyondSchema(JsonNode node) {
        JobDocument document = mapper.treeToValue(node, JobDocument.class);
        List<Fault> faults = new ArrayList<>();
        String memory = document.memory();
        if (memory != null && MemorySize.parseMib(memory).orElse(0) == 0) {
            faults.add(new Fault("/memory", '"' + memory + '"', "a size above 0, such as 512MiB or 8GiB"));
        }
        String timeLimit = document.timeLimit();
        if (timeLimit != null) {
            Duration length = DurationText.parse(timeLimit);
            if (length.isZero() || length.compareTo(MAX_TIME_LIMIT) > 0) {
                faults.add(new Fault("/timeLimit", '"' + timeLimit + '"', "a duration above 0 and up to 365d"));
            }
        }
        JobDocument.Retry retry = document.retry();
        String backoff = retry == null ? null : retry.backoff();
        if (backoff != null && DurationText.parse(backoff).compareTo(Duration.ofHours(24)) > 0) {
            faults.add(new Fault("/retry/backoff", '"' + backoff + '"', "a duration up to 24h"));
        }
        if (!faults.isEmpty()) {
            return new JobReading.Invalid(faults);
        }
        JobSpec spec = document.toSpec();
        return spec.run() instanceof RunSpec.Spark spark && !spark.total().fitsWithin(spec.resources())
                ? invalid(tooSmallFor(spark, spec))
                : new JobReading.Valid(spec);
    }

    /** A Spark application takes what its parts say, whatever stands above them. */
    private static Fault tooSmallFor(RunSpec.Spark spark, JobSpec spec) {
        boolean cpu = spark.total().cpuMillicores() > spec.resources().cpuMillicores();
        return new Fault(cpu ? "/cpu" : "/memory", spec.resources().toString(),
                "at least the driver and its " + spark.executors() + " executor(s) together, " + spark.total()
                        + ", or nothing");
    }

    private Fault fault(Error error, JsonNode root) {
        String pointer = error.getInstanceLocation().toString();
        JsonNode at = root.at(pointer);
        String property = error.getProperty();
        return switch (error.getKeyword()) {
            case "required" -> new Fault(pointer + "/" + property, "nothing", "a value: it is required");
            case "additionalProperties" -> new Fault(pointer + "/" + property, describe(at.path(property)),
                    "no such field; what is not of the form belongs into /attributes");
            case "propertyNames" -> new Fault(pointer, "the name '" + property + "'", expectation(error));
            default -> new Fault(pointer, describe(at), expectation(error));
        };
    }

    /** What the schema asks for at that place, in words. */
    private String expectation(Error error) {
        String asked = String.valueOf(error.getSchemaNode());
        return switch (error.getKeyword()) {
            case "minimum" -> "a number of at least " + asked;
            case "maximum" -> "a number of at most " + asked;
            case "multipleOf" -> "a multiple of " + asked;
            case "type" -> "a value of type " + asked.replace("\"", "");
            case "const" -> asked;
            case "enum" -> "one of " + asked;
            case "minItems" -> "at least " + asked + " item(s)";
            case "maxItems" -> "at most " + asked + " items";
            case "minLength" -> "at least " + asked + " character(s)";
            case "maxLength" -> "at most " + asked + " characters";
            case "maxProperties" -> "at most " + asked + " fields";
            case "uniqueItems" -> "no item twice";
            case "pattern" -> described(parent(place(error)), "text of the form " + asked);
            case "propertyNames" -> described(place(error), error.getMessage());
            default -> error.getMessage();
        };
    }

    /** The sentence that stands in the schema says more than its pattern. */
    private String described(String place, String otherwise) {
        String sentence = schemaTree.at(place).path("description").asString("");
        if (sentence.isEmpty()) {
            return otherwise;
        }
        String words = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        boolean name = words.length() > 1 && Character.isUpperCase(words.charAt(1));
        return name ? words : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static String place(Error error) {
        return String.valueOf(error.getSchemaLocation().getFragment());
    }

    private static String parent(String place) {
        int end = place.lastIndexOf('/');
        return end < 0 ? "" : place.substring(0, end);
    }

    private static String describe(JsonNode node) {
        if (node.isMissingNode()) {
            return "nothing";
        }
        String text = node.toString();
        return text.length() <= MAX_FOUND_LENGTH ? text : text.substring(0, MAX_FOUND_LENGTH) + "…";
    }

    private static JobReading invalid(Fault fault) {
        return new JobReading.Invalid(List.of(fault));
    }
}
