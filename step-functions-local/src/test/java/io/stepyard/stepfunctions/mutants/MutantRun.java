package io.stepyard.stepfunctions.mutants;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Applies each patch to a scratch copy of the file it changes, compiles that file, and runs the module's tests on it, class by class
 * until one fails. One process for all: each mutant has a class loader of its own. Started by {@code build/engine-mutants.sh}.
 */
public final class MutantRun {
    private static final String OWN = MutantRun.class.getPackageName();
    /** They catch most, and quickly. */
    private static final List<String> FIRST = List.of("RulesTest", "LanguageTest", "EngineTest", "RestartTest");
    /** It starts the unchanged engine in other processes. */
    private static final String OF_OTHER_PROCESSES = "ServerCrashTest";

    private final Path module;
    private final Path scratch;
    private int survived;
    private int broken;
    private int caught;

    private MutantRun(Path module, Path scratch) {
        this.module = module;
        this.scratch = scratch;
    }

    /** {@code MODULE SCRATCH [NAME_PART...]}; exit 1 when one survives, 2 when one could not be tried. */
    public static void main(String[] words) throws Exception {
        MutantRun run = new MutantRun(Path.of(words[0]), Path.of(words[1]));
        System.exit(run.all(List.of(words).subList(2, words.length)));
    }

    private int all(List<String> parts) throws Exception {
        line("mutant", "verdict", "seconds", "first test that fails");
        long began = System.nanoTime();
        String failing = firstFailure(null);
        if (failing != null) {
            System.err.println("engine-mutants: the tests fail without any mutant: " + failing);
            return 2;
        }
        line("(none)", "passes", seconds(began), "");
        try (Stream<Path> files = Files.list(module.resolve("src/test/mutants"))) {
            for (Path patch : files.filter(file -> file.toString().endsWith(".patch")).sorted().toList()) {
                String name = patch.getFileName().toString().replace(".patch", "");
                if (parts.isEmpty() || parts.stream().anyMatch(name::contains)) {
                    tryOne(patch, name);
                }
            }
        }
        System.out.printf("engine-mutants: %d tried, %d caught, %d survived, %d could not be tried%n",
                caught + survived + broken, caught, survived, broken);
        return broken > 0 ? 2 : survived > 0 ? 1 : 0;
    }

    private void tryOne(Path patch, String name) throws Exception {
        long began = System.nanoTime();
        Path overlay = Files.createDirectories(scratch.resolve(name));
        String problem = compiled(patch, overlay);
        String failing = problem == null ? firstFailure(overlay) : null;
        if (problem != null) {
            broken++;
            line(name, "BROKEN", seconds(began), problem.lines().findFirst().orElse(""));
        } else if (failing == null) {
            survived++;
            line(name, "SURVIVED", seconds(began), "");
        } else {
            caught++;
            line(name, "caught", seconds(began), failing);
        }
    }

    private static String seconds(long began) {
        return String.format(Locale.ROOT, "%.1f", Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
    }

    private static void line(String mutant, String verdict, String seconds, String test) {
        System.out.printf("%-44s %-9s %7s  %s%n", mutant, verdict, seconds, test);
    }

    /** Compiles the patched file into the overlay; answers what went wrong, or null. */
    private @Nullable String compiled(Path patch, Path overlay) throws IOException, InterruptedException {
        String target = Files.readAllLines(patch).stream().filter(line -> line.startsWith("--- a/")).findFirst()
                .orElseThrow().substring("--- a/".length());
        Path source = Objects.requireNonNull(module.toAbsolutePath().getParent()).resolve(target);
        Path copy = overlay.resolve("src").resolve(Objects.requireNonNull(source.getFileName()));
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(source, copy);
        Process patching = new ProcessBuilder("patch", "-s", "-F3", "--no-backup-if-mismatch", copy.toString(),
                patch.toString())
                .redirectErrorStream(true).start();
        String said = new String(patching.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (patching.waitFor() != 0) {
            return "the patch does not fit: " + said;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean well = compiler.getTask(errors, files, null,
                    List.of("-nowarn", "-proc:none", "-parameters", "-d", overlay.toString(), "-cp",
                            module.resolve("target/classes") + ":" + System.getProperty("java.class.path")),
                    null, files.getJavaFileObjects(copy)).call();
            return well ? null : errors.toString();
        }
    }

    /** The first test that fails with what is in the overlay in place of the original, or null. */
    private @Nullable String firstFailure(@Nullable Path overlay) throws Exception {
        List<URL> places = new ArrayList<>();
        if (overlay != null) {
            places.add(overlay.toUri().toURL());
        }
        places.add(module.resolve("target/classes").toUri().toURL());
        places.add(module.resolve("target/test-classes").toUri().toURL());
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (OwnFirst loader = new OwnFirst(places.toArray(URL[]::new))) {
            Thread.currentThread().setContextClassLoader(loader);
            for (String test : tests()) {
                SummaryGeneratingListener summary = new SummaryGeneratingListener();
                Launcher launcher = LauncherFactory.create();
                launcher.execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(loader.loadClass(test))).build(), summary);
                if (summary.getSummary().getTotalFailureCount() > 0) {
                    return test.substring(test.lastIndexOf('.') + 1) + "."
                            + summary.getSummary().getFailures().getFirst().getTestIdentifier().getDisplayName();
                }
            }
            return null;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            System.setOut(out);
        }
    }

    private List<String> tests() throws IOException {
        Path root = module.resolve("target/test-classes");
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString()).filter(file -> file.endsWith("Test.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .filter(name -> !name.endsWith(OF_OTHER_PROCESSES))
                    .sorted(Comparator.comparingInt(MutantRun::place).thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static int place(String test) {
        int place = FIRST.indexOf(test.substring(test.lastIndexOf('.') + 1));
        return place < 0 ? FIRST.size() : place;
    }

    /** The engine and its tests from the given places, all else from the class path. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL[] places) {
            super(places, MutantRun.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.stepyard.") || name.startsWith(OWN)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            }
        }
    }
}
