package io.stepyard.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How Java sources look: null-marked packages, small files, names that say something, tests that can be trusted. */
final class ShapeRules {

    private static final int MAX_SOURCE_LINES = 400;
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Util|Utils|Helper|Helpers|Impl|(?<!Job)Manager)");
    private static final Set<String> SPEAKS_TO_A_TERMINAL = Set.of("yard-cli", "local-cluster");
    private static final List<String> COMMENT = List.of("//", "/*", "*");

    /** Patterns are split, so that this file does not break its own rules. */
    private static final Pattern MOCKING = Pattern
            .compile("org\\.mocki" + "to|org\\.easymock|io\\.mockk|com\\.github\\.tomakehurst");
    private static final Pattern SLEEPING = Pattern.compile("Thread\\.sle" + "ep\\(|TimeUnit\\.[A-Z]+\\.sle" + "ep\\(");
    private static final Pattern SWITCHED_OFF = Pattern.compile("^\\s*@Dis" + "abled\\b", Pattern.MULTILINE);

    static final Rule PACKAGES_ARE_NULL_MARKED = new Rule(
            "every package has a package-info with one line of documentation and @NullMarked",
            ShapeRules::unmarkedPackages);

    static final Rule FILES_ARE_SHORT = new Rule("a Java source has at most " + MAX_SOURCE_LINES + " lines of code",
            code -> code.javaSources()
                    .filter(file -> linesOfCode(file) > MAX_SOURCE_LINES)
                    .map(file -> code.relative(file) + ": found " + linesOfCode(file)
                            + " lines of code; expected at most " + MAX_SOURCE_LINES)
                    .toList());

    static final Rule NAMES_SAY_SOMETHING = new Rule("no class is called Util, Helper, Manager or Impl",
            code -> code.modules()
                    .stream()
                    .flatMap(module -> module.classes().stream())
                    .filter(type -> EMPTY_NAME.matcher(type.getSimpleName()).matches())
                    .map(type -> type.getName() + ": expected a name from the glossary that says what it does")
                    .toList());

    static final Rule ONLY_MAINS_PRINT = new Rule("only the command line and main classes print to the console",
            ShapeRules::strayPrints);

    static final Rule TESTS_DO_NOT_MOCK = new Rule("tests use hand-written fakes, no mocking library",
            code -> sourcesWith(code, code.testSources(), MOCKING, "a fake that passes the contract"));

    static final Rule TESTS_DO_NOT_SLEEP = new Rule("tests do not sleep", code -> sourcesWith(code, code.testSources(),
            SLEEPING, "waiting for a condition, or a clock of the test's own"));

    static final Rule TESTS_ARE_NOT_SWITCHED_OFF = new Rule("no test is switched off", code -> sourcesWith(code,
            code.testSources(), SWITCHED_OFF, "a test that runs, or an assumption that prints its reason"));

    static final List<Rule> ALL = List.of(PACKAGES_ARE_NULL_MARKED, FILES_ARE_SHORT, NAMES_SAY_SOMETHING,
            ONLY_MAINS_PRINT, TESTS_DO_NOT_MOCK, TESTS_DO_NOT_SLEEP,
            TESTS_ARE_NOT_SWITCHED_OFF);

    private ShapeRules() {}

    /** Blank lines and lines of comment alone do not count: nobody should save on those. */
    private static long linesOfCode(Path file) {
        return Codebase.text(file).lines().map(String::strip)
                .filter(line -> !line.isEmpty() && COMMENT.stream().noneMatch(line::startsWith)).count();
    }

    private static List<String> unmarkedPackages(Codebase code) {
        List<String> violations = new ArrayList<>();
        code.javaSources().filter(file -> code.relative(file).contains("src/")).map(Path::getParent).distinct()
                .forEach(directory -> {
                    // A test package that exists in main too is marked there; two package-infos for one package would be one too many.
                    Path inMain = code.root()
                            .resolve(code.relative(directory).replace("src/test/java", "src/main/java"));
                    boolean marked = Stream.of(directory, inMain).map(place -> place.resolve("package-info.java"))
                            .anyMatch(ShapeRules::isMarked);
                    if (!marked) {
                        violations.add(code.relative(directory)
                                + ": expected a package-info.java with /** one line */ and @NullMarked");
                    }
                });
        return violations;
    }

    private static boolean isMarked(Path packageInfo) {
        return Files.isRegularFile(packageInfo) && Codebase.text(packageInfo).contains("@NullMarked")
                && Codebase.text(packageInfo).contains("/**");
    }

    private static List<String> strayPrints(Codebase code) {
        return code.modules()
                .stream()
                .filter(module -> !SPEAKS_TO_A_TERMINAL.contains(module.name()))
                .flatMap(module -> module.classes().stream())
                .filter(type -> !hasMain(type))
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().getName().equals("java.lang.System")
                        && Set.of("out", "err").contains(access.getTarget().getName()))
                .map(JavaAccess::getDescription)
                .sorted()
                .toList();
    }

    /** A class with a main method, or one nested in such a class. */
    private static boolean hasMain(JavaClass type) {
        boolean own = type.getMethods().stream().anyMatch(
                method -> method.getName().equals("main") && method.getModifiers().contains(JavaModifier.STATIC));
        return own || type.getEnclosingClass().map(ShapeRules::hasMain).orElse(false);
    }

    private static List<String> sourcesWith(Codebase code, Stream<Path> sources, Pattern forbidden, String expected) {
        return sources.filter(file -> forbidden.matcher(Codebase.text(file)).find())
                .map(file -> code.relative(file) + ": found " + forbidden + "; expected " + expected).toList();
    }
}
