package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.function.HttpLambdaFunction;
import io.stepyard.stepfunctions.function.LambdaFunction;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.journal.JournalException;
import io.stepyard.stepfunctions.service.AwsEndpoint;
import io.stepyard.stepfunctions.service.LocalObjects;
import io.stepyard.stepfunctions.service.ServiceRegistry;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The engine alone as a server: says where it is in one line, and stops in order on SIGTERM or Ctrl-C. */
public final class ServerMain implements AutoCloseable {
    private static final int USAGE = 2;
    private static final int UNUSABLE = 6;

    private final StepFunctionsEngine engine;
    private final StepFunctionsServer server;

    private ServerMain(StepFunctionsEngine engine, StepFunctionsServer server) {
        this.engine = engine;
        this.server = server;
    }

    public static void main(String[] words) {
        long begun = System.nanoTime();
        if (List.of(words).contains("--help")) {
            System.out.print(ServerOptions.USAGE);
            return;
        }
        try {
            ServerOptions options = ServerOptions.parse(List.of(words));
            ServerMain running = start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
            say(System.out, options, running, (System.nanoTime() - begun) / 1e9);
        } catch (IllegalArgumentException usage) {
            fail(USAGE, usage.getMessage());
        } catch (JournalException | UncheckedIOException unusable) {
            fail(UNUSABLE, unusable.getMessage());
        }
    }

    private static void fail(int exitCode, @Nullable String message) {
        System.err.println("step-functions: " + message);
        System.exit(exitCode);
    }

    /** Opens the journal, takes up what was open and listens. */
    static ServerMain start(ServerOptions options) {
        Journal journal = options.data() == null ? Journal.inMemory() : Journal.directory(options.data());
        StepFunctionsEngine engine = StepFunctionsEngine.builder().journal(journal).functions(functions(options))
                .services(services(options)).retention(options.retention()).account(options.account())
                .region(options.region()).build();
        try {
            return new ServerMain(engine, StepFunctionsServer.start(engine,
                    new InetSocketAddress(options.address(), options.port())));
        } catch (UncheckedIOException taken) {
            engine.close();
            throw taken;
        }
    }

    private static FunctionRegistry functions(ServerOptions options) {
        FunctionRegistry functions = new FunctionRegistry();
        options.functions().forEach((name, url) -> functions.register(name, new HttpLambdaFunction(url)));
        URI endpoint = options.lambdaEndpoint();
        if (endpoint != null) {
            Map<String, LambdaFunction> known = new ConcurrentHashMap<>();
            functions.otherwise(
                    name -> known.computeIfAbsent(name, absent -> new HttpLambdaFunction(invoke(endpoint, name))));
        }
        return functions;
    }

    private static URI invoke(URI endpoint, String name) {
        int colon = name.indexOf(':');
        String plain = colon < 0 ? name : name.substring(0, colon);
        String qualifier = colon < 0 ? "" : "?Qualifier=" + encode(name.substring(colon + 1));
        String base = endpoint.toString().replaceAll("/+$", "");
        return URI.create(base + "/2015-03-31/functions/" + encode(plain) + "/invocations" + qualifier);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ServiceRegistry services(ServerOptions options) {
        ServiceRegistry services = new ServiceRegistry();
        options.services().forEach((name, url) -> services.register(name, new AwsEndpoint(url, options.region())));
        if (options.objects() != null) {
            LocalObjects objects = LocalObjects.in(options.objects());
            services.register("s3", objects).register("aws-sdk:s3", objects);
        }
        return services;
    }

    private static void say(PrintStream out, ServerOptions options, ServerMain running, double seconds) {
        out.printf(Locale.ROOT,
                "Step Functions is ready after %.1f s: %s, %s. Next: aws stepfunctions list-state-machines --endpoint-url %s%n",
                seconds, running.url(options), options.data() == null
                        ? "everything in memory"
                        : "data " + options.data().toAbsolutePath().normalize(),
                running.url(options));
        out.flush();
    }

    private String url(ServerOptions options) {
        String host = options.address().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
    }

    /** The port it listens on. */
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
