package io.stepyard.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code yard} in a clone of two empty modules, with a Maven and a JDK that only write down how they were called. */
class LauncherScriptTest {

    private static final Path SCRIPT = Path.of(Objects.requireNonNull(System.getProperty("stepyard.root")))
            .resolve("yard");

    @TempDir
    Path directory = Path.of("");

    private Path home = directory;
    private String output = "";

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectories(directory.resolve("clone"));
        Files.copy(SCRIPT, home.resolve("yard"));
        write(home.resolve("pom.xml"), "");
        for (String program : List.of("yard-cli", "local-runtime")) {
            write(home.resolve(program).resolve("pom.xml"), "");
            write(home.resolve(program).resolve("src/main/java/A.java"), "");
        }
        write(directory.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        script("jdk/bin/javac", "");
        script("jdk/bin/java", "echo java \"$@\" >>\"" + directory + "/calls\"\n");
        buildsWell();
    }

    /** A build makes the two jars, newer than all sources. */
    private void buildsWell() throws IOException {
        script("bin/mvn", "echo mvn \"$@\" >>\"" + directory + "/calls\"\n"
                + "echo '[INFO] Building Stepyard :: yard 0.1.0-SNAPSHOT                     [4/7]'\n"
                + "for m in yard-cli local-runtime; do mkdir -p $m/target/dist/lib; : >$m/target/dist/lib/$m-1.jar; done\n");
    }

    @Test
    void shouldBuildOnceWithALineForEachModuleAndBeQuietAfterwards() throws Exception {
        assertThat(run("queue")).isZero();

        assertThat(output).contains("building, once", "yard:   [4/7] Stepyard :: yard\n", "recording a fast start");
        assertThat(calls()).hasSize(3);
        assertThat(calls().getFirst()).startsWith("mvn ").contains("-pl yard-cli,local-runtime -am package");
        assertThat(calls().get(1)).contains("-XX:AOTCacheOutput=", "YardMain train");

        assertThat(run("queue", "--json")).isZero();
        assertThat(output).isEmpty();
        assertThat(calls()).hasSize(4);
        assertThat(calls().getLast()).contains("-XX:AOTCache=", "io.stepyard.cli.YardMain queue --json");
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewerThanTheBuild() throws Exception {
        run("queue");
        Files.setLastModifiedTime(home.resolve("local-runtime/src/main/java/A.java"),
                FileTime.from(Instant.now().plusSeconds(60)));

        run("queue");

        assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(2);
    }

    @Test
    void shouldTakeWhatMavenHasBuiltByHand() throws Exception {
        assertThat(process(home, directory.resolve("bin/mvn").toString())).isZero();

        run("queue");

        assertThat(output).doesNotContain("building");
        assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(1);
    }

    @Test
    void shouldEndWithTheErrorsOfAFailedBuildAndTryAgainTheNextTime() throws Exception {
        script("bin/mvn", "echo '[ERROR] A.java:[3,1] cannot find symbol'\nexit 1\n");

        assertThat(run("queue")).isEqualTo(70);

        assertThat(output).contains("cannot find symbol", ".stepyard/build.log");
        buildsWell();
        assertThat(run("queue")).isZero();
    }

    @Test
    void shouldStartTheRuntimeInAJvmOfItsOwnAndShowItsHelpThroughTheCommandLine() throws Exception {
        run("local", "--api-port", "0");
        assertThat(calls().getLast()).contains("io.stepyard.local.LocalMain --api-port 0");

        run("step-functions", "--port", "0");
        assertThat(calls().getLast()).contains("io.stepyard.stepfunctions.server.ServerMain --port 0");

        run("local", "--help");
        assertThat(calls().getLast()).contains("io.stepyard.cli.YardMain local --help");
    }

    @Test
    void shouldRecordAFastStartOfTheRuntimeOnceForEachBuildAndUseIt() throws Exception {
        records();

        run("local");
        assertThat(output).contains("recording a fast start of the local runtime, once");
        assertThat(calls()).filteredOn(call -> call.contains("-XX:AOTCacheOutput=")).hasSize(2)
                .anyMatch(call -> call.contains("LocalMain") && call.contains("-Dstepyard.recording=true"))
                .anyMatch(call -> call.contains("LocalClusterMain") && call.contains("-Dstepyard.recording=true"));
        assertThat(calls().getLast()).contains(
                "-XX:AOTCache=" + home.toRealPath() + "/local-runtime/target/runtime.aot",
                "-Dstepyard.cluster.cache=" + home.toRealPath() + "/local-runtime/target/cluster.aot");
        assertThat(home.resolve("local-runtime/target/recording")).doesNotExist();

        run("local");
        assertThat(output).isEmpty();

        Files.setLastModifiedTime(home.resolve("local-runtime/target/dist/lib/local-runtime-1.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        run("local");
        assertThat(output).contains("recording a fast start of the local runtime, once");
    }

    @Test
    void shouldStartTheRuntimeAllTheSameWhenRecordingFailsAndNotTryAgain() throws Exception {
        script("jdk/bin/java",
                "echo java \"$@\" >>\"" + directory + "/calls\"\ncase \"$*\" in *AOTCacheOutput*) exit 1 ;; esac\n");

        assertThat(run("local")).isZero();
        assertThat(output).contains("the runtime will start slower");
        assertThat(calls().getLast()).contains("io.stepyard.local.LocalMain").doesNotContain("-XX:AOTCache=");

        assertThat(run("local")).isZero();
        assertThat(output).isEmpty();
    }

    /** A JDK that writes the record it is asked for. */
    private void records() throws IOException {
        script("jdk/bin/java", "echo java \"$@\" >>\"" + directory + "/calls\"\n"
                + "for word; do case $word in -XX:AOTCacheOutput=*) : >\"${word#*=}\" ;; esac; done\n");
    }

    @Test
    void shouldGiveAClusterAStateDirectoryOfItsNameUnlessOneIsNamed() throws Exception {
        run("cluster", "--name", "basel", "--cpu", "2");
        assertThat(calls().getLast()).endsWith(
                "io.stepyard.localcluster.LocalClusterMain --name basel --cpu 2 --state-dir .stepyard/clusters/basel");

        run("cluster", "--name=basel", "--cpu=2");
        assertThat(calls().getLast())
                .endsWith("LocalClusterMain --name=basel --cpu=2 --state-dir .stepyard/clusters/basel");

        run("cluster", "--name=basel", "--state-dir=elsewhere");
        assertThat(calls().getLast()).endsWith("LocalClusterMain --name=basel --state-dir=elsewhere");

        run("cluster", "--name", "basel", "--state-dir", "elsewhere");
        assertThat(calls().getLast()).endsWith("--name basel --state-dir elsewhere");
    }

    @Test
    void shouldWorkFromAnotherDirectoryAndThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("y"), home.resolve("yard"));

        assertThat(process(directory, "sh", link.toString(), "queue")).isZero();

        assertThat(calls().getLast()).contains("-Dstepyard.launcher=" + home.toRealPath().resolve("yard"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    private int run(String... words) throws Exception {
        return process(home, Stream.concat(Stream.of("sh", "./yard"), Stream.of(words)).toArray(String[]::new));
    }

    private int process(Path in, String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(words))).directory(in.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    private void script(String name, String body) throws IOException {
        Path file = directory.resolve(name);
        write(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Older than anything that a test makes, so that only what a test changes is new. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, old);
        Files.setLastModifiedTime(file.getParent(), old);
    }
}
