package io.stepyard.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import io.stepyard.architecture.Codebase.CompiledModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who may know whom: the layers of docs/ARCHITECTURE.md, read from the compiled classes. */
final class LayerRules {

    private static final String PRODUCT = "io.stepyard.";

    /** Of libraries, the vocabulary may show these only. */
    private static final List<String> VOCABULARY_KNOWS = List.of("java.", "javax.", "org.jspecify.annotations.",
            "com.fasterxml.jackson.annotation.", PRODUCT);

    static final Rule EVERY_MODULE_IS_A_KNOWN_ROOM = new Rule("every module is a room of the architecture",
            code -> code.modules().stream()
                    .filter(module -> !Room.ALL.containsKey(module.name()))
                    .map(module -> module.name() + ": this room has no layer; give it one in "
                            + Room.class.getSimpleName() + " and in the documentation")
                    .toList());

    static final Rule EVERY_MODULE_IS_COMPILED = new Rule("every module with sources has been compiled", code -> code
            .modules().stream()
            .filter(CompiledModule::hasMainSources)
            .filter(module -> module.classes().isEmpty())
            .map(module -> module.name()
                    + ": found no class under target/classes; these tests need the whole build (mvn verify at the root)")
            .toList());

    static final Rule EVERY_POM_STATES_WHAT_ITS_MODULE_MAY_KNOW = new Rule("every POM states what its module may know",
            code -> code.modules().stream()
                    .filter(module -> !Pom.read(module.directory().resolve("pom.xml")).property("stepyard.may.know")
                            .startsWith("${layer."))
                    .map(module -> module.name()
                            + "/pom.xml: expected the property stepyard.may.know to start with ${layer.N}, N being its layer")
                    .toList());

    static final Rule ROOMS_IMPORT_LOWER_ROOMS_ONLY = new Rule("a room imports only the lower rooms it may know",
            LayerRules::importsBesideTheRooms);

    static final Rule TECHNOLOGIES_STAY_IN_THEIR_ROOMS = new Rule("a technology is touched only in its rooms",
            LayerRules::strayTechnologies);

    static final Rule THE_VOCABULARY_KNOWS_NO_LIBRARY = new Rule(
            "the vocabulary knows the JDK, JSpecify and Jackson's annotations only",
            code -> dependencies(code, "common-model")
                    .stream()
                    .filter(dependency -> VOCABULARY_KNOWS.stream().noneMatch(target(dependency)::startsWith))
                    .map(LayerRules::describe)
                    .toList());

    static final Rule NO_PACKAGE_IS_SPLIT = new Rule("a package lives in one room", LayerRules::splitPackages);

    static final List<Rule> ALL = List.of(EVERY_MODULE_IS_A_KNOWN_ROOM, EVERY_MODULE_IS_COMPILED,
            EVERY_POM_STATES_WHAT_ITS_MODULE_MAY_KNOW, ROOMS_IMPORT_LOWER_ROOMS_ONLY,
            TECHNOLOGIES_STAY_IN_THEIR_ROOMS, THE_VOCABULARY_KNOWS_NO_LIBRARY, NO_PACKAGE_IS_SPLIT);

    private LayerRules() {}

    private static List<String> importsBesideTheRooms(Codebase code) {
        List<String> violations = new ArrayList<>();
        for (CompiledModule module : code.modules()) {
            Room room = Room.ALL.get(module.name());
            if (room == null) {
                continue; // Named by the rule on known rooms.
            }
            for (Dependency dependency : dependencies(module)) {
                String owner = code.owners().get(target(dependency));
                boolean foreign = owner != null && !owner.equals(module.name()) && !room.mayImport().contains(owner);
                // A class that no module compiled is a stale or a missing one: it has no layer, so nobody may know it.
                boolean unknown = owner == null && target(dependency).startsWith(PRODUCT);
                if (foreign || unknown) {
                    violations.add(module.name() + " (layer " + room.layer() + ") must not know "
                            + (owner == null ? "a class of no room" : owner) + ": " + describe(dependency));
                }
            }
        }
        return violations;
    }

    private static List<String> strayTechnologies(Codebase code) {
        List<String> violations = new ArrayList<>();
        for (CompiledModule module : code.modules()) {
            Room room = Room.ALL.get(module.name());
            Set<Technology> allowed = room == null ? Set.of() : room.technologies();
            for (Dependency dependency : dependencies(module)) {
                for (Technology technology : Technology.values()) {
                    if (technology.owns(target(dependency)) && !allowed.contains(technology)) {
                        violations.add(module.name() + " must not touch " + technology + ": " + describe(dependency));
                    }
                }
            }
        }
        return violations;
    }

    private static List<String> splitPackages(Codebase code) {
        Map<String, Set<String>> rooms = new HashMap<>();
        for (CompiledModule module : code.modules()) {
            for (JavaClass type : module.classes()) {
                rooms.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(module.name());
            }
        }
        return rooms.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " is in " + entry.getValue() + "; expected one room").sorted().toList();
    }

    private static List<Dependency> dependencies(Codebase code, String moduleName) {
        return code.modules().stream().filter(module -> module.name().equals(moduleName))
                .flatMap(module -> dependencies(module).stream()).toList();
    }

    private static List<Dependency> dependencies(CompiledModule module) {
        return module.classes().stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream()).toList();
    }

    private static String target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getName();
    }

    private static String describe(Dependency dependency) {
        return dependency.getDescription();
    }
}
