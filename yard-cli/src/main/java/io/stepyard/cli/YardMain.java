package io.stepyard.cli;

import io.stepyard.cli.service.Pause;
import io.stepyard.cli.service.Surroundings;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Where the program starts: the only place that looks at the real clock, terminal, environment and randomness. */
public final class YardMain {

    private static final int DEFAULT_COLUMNS = 120;
    private static final int DEFAULT_ROWS = 24;

    private YardMain() {}

    public static void main(String[] arguments) {
        System.exit(new Yard(surroundings(System.getenv())).run(arguments));
    }

    private static Surroundings surroundings(Map<String, String> environment) {
        Charset charset = charset();
        // The launcher has looked already; asking the JDK for a console would load a line editor.
        boolean interactive = Boolean.getBoolean("stepyard.terminal") && !"dumb".equals(environment.get("TERM"));
        Surroundings.Screen screen = new Surroundings.Screen(interactive, charset.equals(StandardCharsets.UTF_8),
                number(System.getProperty("stepyard.columns"), DEFAULT_COLUMNS),
                number(System.getProperty("stepyard.rows"), DEFAULT_ROWS));
        return new Surroundings(writer(FileDescriptor.out, charset), writer(FileDescriptor.err, charset), environment,
                Path.of("").toAbsolutePath(), screen, Clock.systemUTC(), Pause.real(), new SplittableRandom());
    }

    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    private static PrintWriter writer(FileDescriptor descriptor, Charset charset) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(new FileOutputStream(descriptor), charset)));
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
    }
}
