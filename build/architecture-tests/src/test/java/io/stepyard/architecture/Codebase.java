package io.stepyard.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A checkout after it was compiled: the modules that the root POM lists, their classes, and every file that is kept in version control.
 *
 * @param root
 *            the directory of the root POM
 * @param modules
 *            in the order of the root POM
 * @param files
 *            every file outside build output and tool directories
 * @param owners
 *            class name to the name of the module that compiled it
 */
record Codebase(Path root, List<CompiledModule> modules, List<Path> files, Map<String, String> owners) {

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", "cdk.out", ".stepyard",
            ".idea", ".vscode", ".settings");

    /** One module and what was compiled from it; {@code classes} is empty when it was not compiled. */
    record CompiledModule(String name, Path directory, List<JavaClass> classes) {

        boolean hasMainSources() {
            return Files.isDirectory(directory.resolve("src/main/java"));
        }

        boolean isPure() {
            Room room = Room.ALL.get(name);
            return room != null && room.isPure();
        }
    }

    static Codebase read(Path root) {
        List<CompiledModule> modules = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        for (String path : Pom.read(root.resolve("pom.xml")).modules()) {
            Path directory = root.resolve(path);
            Path output = directory.resolve("target/classes");
            List<JavaClass> classes = Files.isDirectory(output)
                    ? List.copyOf(new ClassFileImporter().importPath(output))
                    : List.of();
            CompiledModule module = new CompiledModule(directory.getFileName().toString(), directory, classes);
            classes.forEach(type -> owners.put(type.getName(), module.name()));
            modules.add(module);
        }
        return new Codebase(root, List.copyOf(modules), filesUnder(root), Map.copyOf(owners));
    }

    /** Java sources of all modules, main and test. */
    Stream<Path> javaSources() {
        return files.stream().filter(file -> file.toString().endsWith(".java"));
    }

    /** Java sources that only tests see. */
    Stream<Path> testSources() {
        return javaSources().filter(file -> relative(file).contains("src/test/java/"));
    }

    String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a readable UTF-8 file: " + file, e);
        }
    }

    private static List<Path> filesUnder(Path root) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean foreign = !directory.equals(root) && NOT_OURS.contains(directory.getFileName().toString());
                    return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && !file.getFileName().toString().equals(".git")) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read the checkout at " + root, e);
        }
        files.sort(null);
        return List.copyOf(files);
    }
}
