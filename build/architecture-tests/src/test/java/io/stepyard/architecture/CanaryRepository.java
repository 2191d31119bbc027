package io.stepyard.architecture;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small made-up checkout that keeps every rule, until a canary breaks one: sources as text, classes written straight as bytes. */
final class CanaryRepository {

    private final Path root;
    private final List<String> modules = new ArrayList<>();

    CanaryRepository(Path root) {
        this.root = root;
        module("common-model", "io.stepyard.model.job");
        module("job-core", "io.stepyard.core");
        module("store-embedded", "io.stepyard.store.embedded");
        module("cluster-adapters", "io.stepyard.clusters");
        modules.add("architecture-tests");
        file("architecture-tests/pom.xml", pom("architecture-tests", ""));
        file("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- All of it.\n");
        file("run.sh", "#!/bin/sh\nset -eu\n");
    }

    Codebase read() {
        file("pom.xml",
                "<project><modules><module>" + String.join("</module><module>", modules) + "</module></modules>"
                        + "<build><pluginManagement><plugins><plugin><artifactId>maven-jar-plugin</artifactId><version>1</version></plugin></plugins></pluginManagement></build></project>");
        return Codebase.read(root);
    }

    /** Adds a module before the last one, with one class that knows nobody. */
    CanaryRepository module(String name, String packageName) {
        modules.add(Math.max(0, modules.size() - 1), name);
        file(name + "/pom.xml", pom(name, ""));
        file(name + "/src/main/java/" + packageName.replace('.', '/') + "/package-info.java",
                "/** Says it. */\n@NullMarked\npackage " + packageName + ";\n");
        return type(name, packageName + ".Thing", code -> {
        });
    }

    CanaryRepository moduleAtTheEnd(String name) {
        modules.add(name);
        return file(name + "/pom.xml", pom(name, ""));
    }

    CanaryRepository file(String path, String text) {
        return write(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A class of a module, with one static method that has the given body. */
    CanaryRepository type(String module, String className, Consumer<CodeBuilder> body) {
        return type(module, className, "canary", body);
    }

    CanaryRepository type(String module, String className, String methodName, Consumer<CodeBuilder> body) {
        byte[] bytes = ClassFile.of().build(ClassDesc.of(className), type -> type.withFlags(ACC_PUBLIC)
                .withMethodBody(methodName, ConstantDescs.MTD_void, ACC_PUBLIC | ACC_STATIC, code -> {
                    body.accept(code);
                    code.return_();
                }));
        return write(module + "/target/classes/" + className.replace('.', '/') + ".class", bytes);
    }

    /** A class of a module that has a field of the given type, which need not exist. */
    CanaryRepository typeThatKnows(String module, String className, String known) {
        byte[] bytes = ClassFile.of().build(ClassDesc.of(className),
                type -> type.withFlags(ACC_PUBLIC).withField("known", ClassDesc.of(known), ACC_PUBLIC));
        return write(module + "/target/classes/" + className.replace('.', '/') + ".class", bytes);
    }

    /** A zip with these entries; the first one has so many bytes, kept as they are, the others none. */
    CanaryRepository zip(String path, int bytes, String... entries) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(all)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(new byte[entry.equals(entries[0]) ? bytes : 0]);
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write(path, all.toByteArray());
    }

    CanaryRepository without(String path) {
        try {
            Files.delete(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The body that calls one static method; arguments are zeroes and nulls. */
    static Consumer<CodeBuilder> calling(String owner, String method, MethodTypeDesc type) {
        return code -> {
            arguments(code, type);
            code.invokestatic(ClassDesc.of(owner), method, type,
                    owner.equals("java.time.InstantSource") || owner.startsWith("java.util.random."));
        };
    }

    /** The body that creates one object; arguments are zeroes and nulls. */
    static Consumer<CodeBuilder> creating(String owner, ClassDesc... parameters) {
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
        return code -> {
            code.new_(ClassDesc.of(owner)).dup();
            arguments(code, type);
            code.invokespecial(ClassDesc.of(owner), ConstantDescs.INIT_NAME, type);
        };
    }

    static Consumer<CodeBuilder> printing() {
        return code -> code.getstatic(ClassDesc.of("java.lang.System"), "out", ClassDesc.of("java.io.PrintStream"));
    }

    static MethodTypeDesc answering(String type, ClassDesc... parameters) {
        return MethodTypeDesc.of(
                type.equals("long") ? ConstantDescs.CD_long : ClassDesc.of(type), parameters);
    }

    static String pom(String artifactId, String more) {
        return "<project><artifactId>" + artifactId
                + "</artifactId><properties><stepyard.may.know>${layer.3}</stepyard.may.know></properties>" + more
                + "</project>";
    }

    private static void arguments(CodeBuilder code, MethodTypeDesc type) {
        for (ClassDesc parameter : type.parameterList()) {
            switch (TypeKind.from(parameter).asLoadable()) {
                case LONG -> code.lconst_0();
                case DOUBLE -> code.dconst_0();
                case FLOAT -> code.fconst_0();
                case INT -> code.iconst_0();
                default -> code.aconst_null();
            }
        }
    }

    private CanaryRepository write(String path, byte[] bytes) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
