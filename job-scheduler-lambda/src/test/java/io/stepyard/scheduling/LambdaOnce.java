package io.stepyard.scheduling;

import com.amazonaws.services.lambda.runtime.Context;
import io.stepyard.function.Events;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One call of the Lambda handler in a JVM of its own, where its settings are environment variables as on AWS. */
final class LambdaOnce {

    private static final String REPLY = "REPLY ";

    private LambdaOnce() {}

    public static void main(String[] none) {
        Context unused = (Context) Proxy.newProxyInstance(Context.class.getClassLoader(), new Class<?>[]{Context.class},
                (_, method, _) -> {
                    throw new AssertionError("Expected no call of the context, but found " + method);
                });
        Object reply = new SchedulerHandler().handleRequest(Map.of("source", "aws.events"), unused);
        System.out.println(REPLY + Events.MAPPER.writeValueAsString(reply));
    }

    static String call(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        LambdaOnce.class.getName()))
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines().filter(line -> line.startsWith(REPLY)).map(line -> line.substring(REPLY.length()))
                .findFirst().orElse(said);
    }
}
