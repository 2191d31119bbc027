package io.stepyard.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.cxapi.SynthesisMessage;
import software.amazon.awscdk.services.sqs.Queue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A synthesised stack: its template and what the AwsSolutions checks said. One is shared by all tests, since the first takes seconds.
 *
 * @param template
 *            the CloudFormation template
 * @param findings
 *            unsuppressed errors of the checks
 */
record Synthesis(JsonNode template, List<String> findings) {

    private static final class Shared {
        static final Synthesis INSTANCE = of(StackSettings.DEFAULTS);
    }

    /** The stack with default settings; aborts the test, and says so, where there is no node to run the CDK with. */
    static Synthesis shared() {
        requireNode();
        return Shared.INSTANCE;
    }

    static Synthesis of(StackSettings settings) {
        requireNode();
        App app = app();
        return of(app, new StepyardStack(app, "Stepyard", settings, artifacts()));
    }

    /** A stack that the checks must complain of: without that, no complaint means nothing. */
    static Synthesis ofABadStack() {
        requireNode();
        App app = app();
        Stack stack = new Stack(app, "Bad");
        Queue.Builder.create(stack, "OpenQueue").build();
        return of(app, stack);
    }

    /** The shipped definition and table shapes with small made-up zips: the shape of the stack does not depend on the code. */
    static Artifacts artifacts() {
        return new Artifacts(zip("queue-request"), zip("scheduler"), zip("adapter"), Artifacts.definition(checkout()),
                Artifacts.tables(checkout()));
    }

    static Path checkout() {
        return Path.of(System.getProperty("stepyard.root"));
    }

    private static App app() {
        return new App(AppProps.builder().analyticsReporting(false).outdir(target().resolve("cdk.out").toString())
                .context(Map.of("aws:cdk:disable-version-check", true)).build());
    }

    private static Synthesis of(App app, Stack stack) {
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().reports(false).build());
        JsonNode template = JsonMapper.shared().valueToTree(Template.fromStack(stack).toJSON());
        List<String> findings = Annotations.fromStack(stack).findError("*", Match.stringLikeRegexp(".*")).stream()
                .map(Synthesis::line).toList();
        return new Synthesis(template, findings);
    }

    @SuppressWarnings("deprecation") // The CDK's own assertions answer with this type still, and with no other.
    private static String line(SynthesisMessage message) {
        return message.getId() + ": " + message.getEntry().getData();
    }

    private static void requireNode() {
        boolean node = Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(directory -> Path.of(directory, "node")).anyMatch(Files::isExecutable);
        if (!node) {
            System.out.println("SKIPPED: the CDK needs node on the PATH to synthesise, and there is none");
        }
        Assumptions.assumeTrue(node, "the CDK needs node on the PATH to synthesise, and there is none");
    }

    private static Path target() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static Path zip(String name) {
        Path zip = target().resolve(name + ".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            ZipEntry entry = new ZipEntry("lib/" + name + ".jar");
            entry.setLastModifiedTime(FileTime.fromMillis(0));
            out.putNextEntry(entry);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip;
    }
}
