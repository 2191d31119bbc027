package io.stepyard.localcluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A run's own directory: {@code stdout}, {@code stderr}, {@code work/}, {@code exit} (its exit code), and one {@code claim.N} for each
 * time it was launched. A claim is created exclusively, by the launcher as its first act or by a restarted cluster that forbids the
 * launch; whoever comes second stays away. So it is known for every accepted run whether it started.
 */
record RunDirectory(Path path) {

    private static final int RUNS_PER_FOLDER = 1000;
    private static final String VOID = "void .\n";
    private static final Pattern EXIT = Pattern.compile("(\\d{1,3}) \\.\\n");

    /** What the claims say of a run that the journal knows as accepted. */
    sealed interface Launch {
        /** Certainly not started; {@code generation} is the number of the next claim. */
        record Never(int generation) implements Launch {}

        record Done(ProcessIdentity process) implements Launch {}

        /** The launcher died between creating its claim and writing it: the program cannot have been started. */
        record Broken() implements Launch {}
    }

    static RunDirectory of(Path runs, long number) {
        return new RunDirectory(runs.resolve(Long.toString(number / RUNS_PER_FOLDER)).resolve(Long.toString(number)));
    }

    Path stdout() {
        return path.resolve("stdout");
    }

    Path stderr() {
        return path.resolve("stderr");
    }

    Path work() {
        return path.resolve("work");
    }

    Path exit() {
        return path.resolve("exit");
    }

    Path claim(int generation) {
        return path.resolve("claim." + generation);
    }

    void create() throws IOException {
        Files.createDirectories(work());
    }

    /** The program's exit code; empty while, or when, there is none. The launcher writes it in one go, ended by a full stop. */
    OptionalInt exitCode() throws IOException {
        try {
            Matcher text = EXIT.matcher(Files.readString(exit(), StandardCharsets.US_ASCII));
            return text.matches() ? OptionalInt.of(Integer.parseInt(text.group(1))) : OptionalInt.empty();
        } catch (NoSuchFileException none) {
            return OptionalInt.empty();
        }
    }

    /** Settles whether the run was launched. Afterwards a launcher of an earlier life that is late cannot start it any more. */
    Launch settle() throws IOException {
        Files.createDirectories(path);
        for (int generation = 1;; generation++) {
            try {
                Files.writeString(claim(generation), VOID, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return new Launch.Never(generation + 1);
            } catch (FileAlreadyExistsException claimed) {
                String text = awaitClaim(generation);
                if (!text.equals(VOID)) {
                    return ProcessIdentity.parse(text, Files.getLastModifiedTime(claim(generation)).toInstant())
                            .<Launch>map(Launch.Done::new).orElseGet(Launch.Broken::new);
                }
            }
        }
    }

    /** Creating and writing a claim are two steps of a few microseconds; a whole second means that the launcher died between. */
    private String awaitClaim(int generation) throws IOException {
        String text = Files.readString(claim(generation), StandardCharsets.UTF_8);
        for (int waits = 0; waits < 100 && !text.endsWith(".\n"); waits++) {
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
            text = Files.readString(claim(generation), StandardCharsets.UTF_8);
        }
        return text;
    }

    void appendError(String message) throws IOException {
        Files.createDirectories(path);
        Files.writeString(stderr(), "stepyard: " + message + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The last {@code maxBytes} bytes of a file; nothing when there is no such file. */
    static byte[] tail(Path file, int maxBytes) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            byte[] bytes = new byte[(int) Math.min(length, maxBytes)];
            in.seek(length - bytes.length);
            in.readFully(bytes);
            return bytes;
        } catch (java.io.FileNotFoundException none) {
            return new byte[0];
        }
    }

    /** After the end is in the journal: takes away what says nothing any more. Output and files of the job stay. */
    void tidy() throws IOException {
        Files.deleteIfExists(exit());
        // One claim per launch; mostly there is one.
        int generation = 1;
        while (Files.deleteIfExists(claim(generation))) {
            generation++;
        }
        deleteIfEmpty(stdout());
        deleteIfEmpty(stderr());
        deleteDirectoryIfEmpty(work());
        deleteDirectoryIfEmpty(path);
    }

    private static void deleteIfEmpty(Path file) throws IOException {
        if (file.toFile().length() == 0) {
            Files.deleteIfExists(file);
        }
    }

    private static void deleteDirectoryIfEmpty(Path directory) throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            if (left.findAny().isPresent()) {
                // Files of the job are its own and stay.
                return;
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.delete(directory);
    }

    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited,
                    java.io.@org.jspecify.annotations.Nullable IOException failure)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
