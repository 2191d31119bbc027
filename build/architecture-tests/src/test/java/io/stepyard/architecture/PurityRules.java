package io.stepyard.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import io.stepyard.architecture.Codebase.CompiledModule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Layers 0 to 2 decide from what they are told: time and chance come in as arguments, and nothing waits. */
final class PurityRules {

    private static final Set<String> CLOCKS = Set.of("java.lang.System.currentTimeMillis", "java.lang.System.nanoTime",
            "java.time.InstantSource.system", "java.util.Calendar.getInstance");
    private static final Set<String> CHANCE = Set.of("java.lang.Math.random", "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault", "java.util.random.RandomGenerator.of",
            "java.security.SecureRandom.<init>",
            "java.security.SecureRandom.getInstanceStrong");
    private static final Set<String> SEEDED_BY_CHANCE = Set.of("java.util.Random", "java.util.SplittableRandom");
    private static final Set<String> WAITS = Set.of("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep");

    static final Rule PURE_ROOMS_READ_NO_CLOCK = new Rule("layers 0 to 2 read no clock",
            code -> accesses(code, PurityRules::readsClock));

    static final Rule PURE_ROOMS_DRAW_NO_CHANCE = new Rule("layers 0 to 2 draw no randomness",
            code -> accesses(code, PurityRules::drawsChance));

    static final Rule PURE_ROOMS_DO_NOT_SLEEP = new Rule("layers 0 to 2 never sleep",
            code -> accesses(code, target -> WAITS.contains(name(target))));

    static final List<Rule> ALL = List.of(PURE_ROOMS_READ_NO_CLOCK, PURE_ROOMS_DRAW_NO_CHANCE, PURE_ROOMS_DO_NOT_SLEEP);

    private PurityRules() {}

    private static boolean readsClock(CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        boolean now = owner.startsWith("java.time.") && target.getName().equals("now")
                && parameters(target).noneMatch("java.time.Clock"::equals);
        boolean tick = target.getName().startsWith("tick") && parameters(target).noneMatch(owner::equals);
        boolean system = owner.equals("java.time.Clock") && (target.getName().startsWith("system") || tick);
        boolean date = owner.equals("java.util.Date") && target.getName().equals("<init>")
                && parameters(target).findAny().isEmpty();
        return now || system || date || CLOCKS.contains(name(target));
    }

    private static boolean drawsChance(CodeUnitAccessTarget target) {
        boolean unseeded = SEEDED_BY_CHANCE.contains(target.getOwner().getName()) && target.getName().equals("<init>")
                && parameters(target).findAny().isEmpty();
        boolean shuffle = name(target).equals("java.util.Collections.shuffle") && parameters(target).count() == 1;
        return unseeded || shuffle || CHANCE.contains(name(target));
    }

    private static String name(CodeUnitAccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    private static Stream<String> parameters(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().stream().map(JavaClass::getName);
    }

    /** Calls and method references ({@code Instant::now} is a clock too). */
    private static List<String> accesses(Codebase code, Predicate<CodeUnitAccessTarget> forbidden) {
        return code.modules()
                .stream()
                .filter(CompiledModule::isPure)
                .flatMap(module -> module.classes().stream())
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTarget() instanceof CodeUnitAccessTarget target && forbidden.test(target))
                .map(JavaAccess::getDescription)
                .sorted()
                .toList();
    }
}
