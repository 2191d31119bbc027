package io.stepyard.localcluster;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts programs by the C library's own {@code posix_spawn}, each in a session of its own. The JDK's way loads a helper program first,
 * and another program to make the session: two of four programs a job, and half of the processor time that a short job costs.
 */
final class PosixSpawn {

    // The same on every Linux that Java 25 runs on.
    private static final int WRITE_CREATE_APPEND = 01 | 0100 | 02000;
    private static final int READ = 0;
    private static final int MODE = 0666;
    private static final int WITHOUT_WAITING = 1;
    private static final short SET_SIGNAL_MASK = 0x08;
    private static final short SET_SESSION = 0x80;
    /** More than any C library needs for one of its structures; glibc's largest has 336 bytes. */
    private static final long STRUCTURE_BYTES = 2048;
    private static final long MAX_MESSAGE_BYTES = 256;

    private final MethodHandle initActions;
    private final MethodHandle destroyActions;
    private final MethodHandle addOpen;
    private final MethodHandle addChangeDirectory;
    private final MethodHandle addCloseFrom;
    private final MethodHandle initAttributes;
    private final MethodHandle destroyAttributes;
    private final MethodHandle setFlags;
    private final MethodHandle setSignalMask;
    private final MethodHandle spawn;
    private final MethodHandle awaitChild;
    private final MethodHandle message;

    /** What is to be started: the program's absolute path first, then its arguments. */
    record Order(List<String> words, Map<String, String> environment, Path directory, Path stdout, Path stderr) {}

    private PosixSpawn(Functions functions) {
        this.initActions = functions.returningInt("posix_spawn_file_actions_init", ValueLayout.ADDRESS);
        this.destroyActions = functions.returningInt("posix_spawn_file_actions_destroy", ValueLayout.ADDRESS);
        this.addOpen = functions.returningInt("posix_spawn_file_actions_addopen", ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        this.addChangeDirectory = functions.returningInt("posix_spawn_file_actions_addchdir_np", ValueLayout.ADDRESS,
                ValueLayout.ADDRESS);
        this.addCloseFrom = functions.returningInt("posix_spawn_file_actions_addclosefrom_np", ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT);
        this.initAttributes = functions.returningInt("posix_spawnattr_init", ValueLayout.ADDRESS);
        this.destroyAttributes = functions.returningInt("posix_spawnattr_destroy", ValueLayout.ADDRESS);
        this.setFlags = functions.returningInt("posix_spawnattr_setflags", ValueLayout.ADDRESS,
                ValueLayout.JAVA_SHORT);
        this.setSignalMask = functions.returningInt("posix_spawnattr_setsigmask", ValueLayout.ADDRESS,
                ValueLayout.ADDRESS);
        this.spawn = functions.returningInt("posix_spawn", ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        this.awaitChild = functions.returningInt("waitpid", ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT);
        this.message = functions.of("strerror",
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    }

    /** Empty where the C library does not have all that is needed, or where this program was not started with native access. */
    static Optional<PosixSpawn> find() {
        if (!PosixSpawn.class.getModule().isNativeAccessEnabled() || !System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PosixSpawn(new Functions(Linker.nativeLinker())));
        } catch (UnsupportedOperationException missing) {
            return Optional.empty();
        }
    }

    private record Functions(Linker linker) {

        MethodHandle returningInt(String name, MemoryLayout... arguments) {
            return of(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
        }

        @SuppressWarnings("restricted") // checked in find
        MethodHandle of(String name, FunctionDescriptor form) {
            SymbolLookup library = linker.defaultLookup();
            MemorySegment address = library.find(name)
                    .orElseThrow(() -> new UnsupportedOperationException("The C library has no " + name));
            return linker.downcallHandle(address, form);
        }
    }

    /**
     * Starts a program: its input empty, its output appended to the files, no other file of this process open to it.
     *
     * @return its process id; it is to be given to {@link #reap} after its end
     * @throws IOException when the system would not start it; nothing runs then
     */
    long start(Order order) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(STRUCTURE_BYTES, 16);
            MemorySegment attributes = arena.allocate(STRUCTURE_BYTES, 16);
            require(order, (int) initActions.invokeExact(actions));
            require(order, (int) initAttributes.invokeExact(attributes));
            try {
                describe(order, arena, actions, attributes);
                MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
                MemorySegment program = arena.allocateFrom(order.words().getFirst());
                MemorySegment words = array(arena, order.words());
                MemorySegment environment = array(arena, environment(order));
                require(order, (int) spawn.invokeExact(pid, program, actions, attributes, words, environment));
                return pid.get(ValueLayout.JAVA_INT, 0);
            } finally {
                int _ = (int) destroyAttributes.invokeExact(attributes);
                int _ = (int) destroyActions.invokeExact(actions);
            }
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException("A call of the C library threw", impossible);
        }
    }

    private void describe(Order order, Arena arena, MemorySegment actions, MemorySegment attributes)
            throws Throwable {
        require(order, (int) setFlags.invokeExact(attributes, (short) (SET_SESSION | SET_SIGNAL_MASK)));
        // All zeros: no signal is held back from the program.
        MemorySegment noSignals = arena.allocate(STRUCTURE_BYTES, 16);
        require(order, (int) setSignalMask.invokeExact(attributes, noSignals));
        open(order, actions, 0, arena.allocateFrom("/dev/null"), READ);
        open(order, actions, 1, arena.allocateFrom(order.stdout().toString()), WRITE_CREATE_APPEND);
        open(order, actions, 2, arena.allocateFrom(order.stderr().toString()), WRITE_CREATE_APPEND);
        MemorySegment directory = arena.allocateFrom(order.directory().toString());
        require(order, (int) addChangeDirectory.invokeExact(actions, directory));
        require(order, (int) addCloseFrom.invokeExact(actions, 3));
    }

    private void open(Order order, MemorySegment actions, int descriptor, MemorySegment path, int flags)
            throws Throwable {
        require(order, (int) addOpen.invokeExact(actions, descriptor, path, flags, MODE));
    }

    private static List<String> environment(Order order) {
        return order.environment().entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
    }

    private static MemorySegment array(Arena arena, List<String> texts) {
        List<MemorySegment> pointers = new ArrayList<>();
        texts.forEach(text -> pointers.add(arena.allocateFrom(text)));
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, pointers.size() + 1L);
        for (int i = 0; i < pointers.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, pointers.get(i));
        }
        array.setAtIndex(ValueLayout.ADDRESS, pointers.size(), MemorySegment.NULL);
        return array;
    }

    private void require(Order order, int error) throws Throwable {
        if (error != 0) {
            throw new IOException("cannot start " + order.words().getFirst() + " in " + order.directory() + ": "
                    + text(error));
        }
    }

    @SuppressWarnings("restricted") // strerror ends its text with a zero
    private String text(int error) throws Throwable {
        MemorySegment text = (MemorySegment) message.invokeExact(error);
        return text.reinterpret(MAX_MESSAGE_BYTES).getString(0) + " (error " + error + ")";
    }

    /** Lets the system forget a program that has ended. */
    void reap(long pid) {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) awaitChild.invokeExact((int) pid, arena.allocate(ValueLayout.JAVA_INT), WITHOUT_WAITING);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException("A call of the C library threw", impossible);
        }
    }
}
