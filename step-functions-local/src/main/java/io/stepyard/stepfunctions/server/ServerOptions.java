package io.stepyard.stepfunctions.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the server is started with.
 *
 * @param port
 *            where it listens, 0 for a free port
 * @param address
 *            the interface it listens on
 * @param data
 *            the directory of its journal, or null to keep everything in memory
 * @param functions
 *            URLs of functions by name
 * @param lambdaEndpoint
 *            where functions are that are not named, or null
 * @param services
 *            URLs of services by name
 * @param objects
 *            the directory of buckets, or null
 * @param retention
 *            how long ended executions are kept
 * @param account
 *            the account in ARNs
 * @param region
 *            the region in ARNs
 */
record ServerOptions(int port, InetAddress address, @Nullable Path data, Map<String, URI> functions,
        @Nullable URI lambdaEndpoint, Map<String, URI> services, @Nullable Path objects, Duration retention,
        String account, String region) {

    /** The services an endpoint may be named for. */
    static final Set<String> SERVICES = Set.of("sqs", "sns", "events");

    static final String USAGE = """
            Usage: yard step-functions [options]
            Runs the Step Functions engine alone, for the AWS CLI, the AWS SDKs and boto3.

              --port PORT             where it listens (default 8083; 0 takes a free port)
              --bind ADDRESS          the interface (default 127.0.0.1; credentials are not checked, so keep to the loopback)
              --data DIR              keeps everything in this directory (default .stepyard/step-functions)
              --in-memory             keeps everything in memory instead
              --function NAME=URL     a function behind a URL that takes the Lambda Invoke API; may be repeated
              --lambda-endpoint URL   where all other functions are: URL/2015-03-31/functions/NAME/invocations
              --service NAME=URL      where sqs, sns or events go, for example an emulator; may be repeated
              --objects DIR           S3 objects for distributed Maps: a bucket is a directory in it
              --retention SPAN        how long ended executions are kept: 90d, 12h, 30m, 45s (default 90d)
              --account DIGITS        the account in ARNs (default 000000000000)
              --region REGION         the region in ARNs (default us-east-1)

            Examples:
              yard step-functions
              yard step-functions --port 0 --in-memory
              yard step-functions --data state --function price=http://127.0.0.1:9001/2015-03-31/functions/price/invocations
              yard step-functions --lambda-endpoint http://127.0.0.1:3001 --service sqs=http://127.0.0.1:4566 --objects buckets
              aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:8083
            """;

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d");

    ServerOptions {
        functions = Map.copyOf(functions);
        services = Map.copyOf(services);
    }

    /** Reads words; refuses with {@link IllegalArgumentException} that says what was found and what is expected. */
    static ServerOptions parse(List<String> words) {
        int port = 8083;
        InetAddress address = InetAddress.getLoopbackAddress();
        Path data = Path.of(".stepyard", "step-functions");
        Map<String, URI> functions = new LinkedHashMap<>();
        URI lambdaEndpoint = null;
        Map<String, URI> services = new LinkedHashMap<>();
        Path objects = null;
        Duration retention = Duration.ofDays(90);
        String account = "000000000000";
        String region = "us-east-1";
        for (Iterator<String> next = words.iterator(); next.hasNext();) {
            String option = next.next();
            switch (option) {
                case "--port" -> port = port(value(option, next));
                case "--bind" -> address = address(value(option, next));
                case "--data" -> data = Path.of(value(option, next));
                case "--in-memory" -> data = null;
                case "--function" -> named(option, value(option, next), functions);
                case "--lambda-endpoint" -> lambdaEndpoint = url(option, value(option, next));
                case "--service" -> service(value(option, next), services);
                case "--objects" -> objects = Path.of(value(option, next));
                case "--retention" -> retention = span(value(option, next));
                case "--account" -> account = matching(option, value(option, next), ACCOUNT, "twelve digits");
                case "--region" ->
                    region = matching(option, value(option, next), REGION, "a region such as eu-central-1");
                default -> throw new IllegalArgumentException(
                        "expected an option, but found '" + option + "'; see yard step-functions --help");
            }
        }
        return new ServerOptions(port, address, data, functions, lambdaEndpoint, services, objects, retention, account,
                region);
    }

    private static String value(String option, Iterator<String> next) {
        if (!next.hasNext()) {
            throw new IllegalArgumentException("expected a value after " + option + ", but found none");
        }
        return next.next();
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("--port: expected a number from 0 to 65535, but found '" + text + "'");
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("--bind: expected an address, but found '" + text + "'", unknown);
        }
    }

    private static void named(String option, String text, Map<String, URI> into) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(option + ": expected NAME=URL, but found '" + text + "'");
        }
        into.put(text.substring(0, equals), url(option, text.substring(equals + 1)));
    }

    private static void service(String text, Map<String, URI> into) {
        named("--service", text, into);
        String name = text.substring(0, text.indexOf('='));
        if (!SERVICES.contains(name)) {
            throw new IllegalArgumentException(
                    "--service: expected one of sqs, sns, events, but found '" + name + "'");
        }
    }

    private static URI url(String option, String text) {
        try {
            URI url = URI.create(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme();
            if (url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(option + ": expected a URL, but found '" + text + "'", malformed);
        }
        throw new IllegalArgumentException(option + ": expected an http URL, but found '" + text + "'");
    }

    private static Duration span(String text) {
        Matcher found = SPAN.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    "--retention: expected a span such as 90d, 12h, 30m or 45s, but found '" + text + "'");
        }
        long number = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private static String matching(String option, String text, Pattern pattern, String expected) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(option + ": expected " + expected + ", but found '" + text + "'");
        }
        return text;
    }
}
