package io.stepyard.stepfunctions.service;

import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * S3 objects in a directory: a bucket is a directory in it, a key the path of a file below that. Serves {@code s3:getObject},
 * {@code s3:putObject} and {@code s3:listObjectsV2}, which is what ItemReader and ResultWriter of a distributed Map name; Task
 * states may call them as {@code aws-sdk:s3:...}. Objects are texts in UTF-8. Nothing outside the directory is read or written,
 * through links neither.
 */
public final class LocalObjects implements TaskClient {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final String WRITING = ".being-written";

    private final Path root;

    private LocalObjects(Path root) {
        this.root = root;
    }

    /** The buckets in this directory; it need not be there yet. */
    public static LocalObjects in(Path directory) {
        return new LocalObjects(directory.toAbsolutePath().normalize());
    }

    /** Something is not there or may not be named. */
    private static final class Refused extends Exception {
        private final String error;

        Refused(String error, String cause) {
            super(cause);
            this.error = error;
        }
    }

    @Override
    public TaskOutcome call(TaskCall call, Consumer<JsonNode> submitted) {
        String action = call.resource() instanceof TaskResource.Integration integration ? integration.action() : "";
        JsonNode parameters = call.parameters();
        try {
            Path bucket = bucket(parameters.path("Bucket").asString(""));
            return new TaskOutcome.Succeeded(switch (action) {
                case "getObject" -> get(bucket, parameters);
                case "putObject" -> put(bucket, parameters);
                case "listObjectsV2" -> list(bucket, parameters.path("Prefix").asString(""));
                default -> throw new Refused("States.Runtime", "The resource " + call.resource().arn()
                        + " is not available in this engine: objects in a directory know getObject, putObject and listObjectsV2");
            });
        } catch (Refused refused) {
            return new TaskOutcome.Failed(refused.error, refused.getMessage());
        } catch (IOException failed) {
            return new TaskOutcome.Failed("S3.SdkClientException", "The directory of objects failed: " + failed);
        }
    }

    private Path bucket(String name) throws Refused {
        if (!BUCKET.matcher(name).matches()) {
            throw new Refused("S3.InvalidBucketNameException",
                    "The specified bucket is not valid. (Service: S3, Status Code: 400)");
        }
        Path bucket = root.resolve(name);
        if (!Files.isDirectory(bucket)) {
            throw new Refused("S3.NoSuchBucketException",
                    "The specified bucket does not exist (Service: S3, Status Code: 404)");
        }
        return bucket;
    }

    private static Path file(Path bucket, JsonNode parameters) throws Refused, IOException {
        String key = parameters.path("Key").asString("");
        Path file = key.isEmpty() || key.indexOf('\0') >= 0 ? bucket : bucket.resolve(key).normalize();
        if (key.startsWith("/") || file.equals(bucket) || !file.startsWith(bucket)
                || !existing(file).toRealPath().startsWith(bucket.toRealPath())) {
            throw new Refused("S3.InvalidKeyException",
                    "The specified key is not valid. (Service: S3, Status Code: 400)");
        }
        return file;
    }

    /** The nearest place on the way to a file that is there. */
    private static Path existing(Path file) {
        Path place = file;
        while (!Files.exists(place)) {
            Path parent = place.getParent();
            if (parent == null) {
                return file;
            }
            place = parent;
        }
        return place;
    }

    private static JsonNode get(Path bucket, JsonNode parameters) throws Refused, IOException {
        Path file = file(bucket, parameters);
        if (!Files.isRegularFile(file)) {
            throw new Refused("S3.NoSuchKeyException",
                    "The specified key does not exist. (Service: S3, Status Code: 404)");
        }
        try {
            String body = Files.readString(file);
            return Json.object().put("Body", body).put("ContentLength", Files.size(file)).put("ETag", tag(file))
                    .put("LastModified", Files.getLastModifiedTime(file).toInstant().toString());
        } catch (MalformedInputException binary) {
            throw new Refused("S3.SdkClientException", "The object is no text in UTF-8");
        }
    }

    /** Under another name first, so that nobody reads half an object. */
    private static JsonNode put(Path bucket, JsonNode parameters) throws Refused, IOException {
        Path file = file(bucket, parameters);
        JsonNode body = parameters.path("Body");
        Path parent = file.getParent();
        if (parent == null || Files.isDirectory(file)) {
            throw new Refused("S3.InvalidKeyException",
                    "The specified key is not valid. (Service: S3, Status Code: 400)");
        }
        Files.createDirectories(parent);
        Path written = Files.createTempFile(parent, file.getFileName() + ".", WRITING);
        try {
            Files.writeString(written, body.isString() ? body.asString() : Json.text(body));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        return Json.object().put("ETag", tag(file));
    }

    private static JsonNode list(Path bucket, String prefix) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode contents = answer.putArray("Contents");
        try (Stream<Path> walk = Files.walk(bucket)) {
            List<Path> files = walk.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(WRITING))
                    .filter(file -> key(bucket, file).startsWith(prefix))
                    .sorted(Comparator.comparing(file -> key(bucket, file))).toList();
            for (Path file : files) {
                contents.add(Json.object().put("Etag", tag(file)).put("Key", key(bucket, file))
                        .put("LastModified", Files.getLastModifiedTime(file).toInstant().getEpochSecond())
                        .put("Size", Files.size(file)).put("StorageClass", "STANDARD"));
            }
        }
        return answer;
    }

    private static String key(Path bucket, Path file) {
        return bucket.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private static @Nullable String tag(Path file) throws IOException {
        try {
            // S3 defines the tag of a small object so; nothing is kept secret by it.
            byte[] digest = MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file));
            return '"' + HexFormat.of().formatHex(digest) + '"';
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has MD5", absent);
        }
    }
}
