package io.stepyard.simulator.world;

import io.stepyard.simulator.world.WorldRunner.Replay;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code yard torture}: worlds in which everything goes wrong, and whether the promises hold in them. */
public final class TortureMain {

    private static final int KEPT = 0;
    private static final int BROKEN = 1;
    private static final int USAGE = 2;
    private static final int DOES_NOT_COUNT = 3;
    private static final int MAX_REPLAYS = 3;
    private static final Pattern SEEDS = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");
    private static final String HELP = """
            Usage: yard torture [--seeds A..B] [--threads N] [--first] [--json]
                   yard torture --replay SEED [--about NAME]

            Runs faulty worlds: the shipped state machine, the real use cases, stores and clusters in memory, on virtual
            time and one seed each, while everything around them goes wrong. Every promise is checked at every step.
            docs/faulty-world.md says what is promised, under which faults.

              --seeds A..B   worlds to run, A and B included (1..100)
              --threads N    worlds at a time, each on one thread (one for each processor)
              --first        stop at the first broken promise
              --json         the report as JSON on standard output
              --replay SEED  run one world again and print the end of its trace
              --about NAME   only lines that speak of this job, cluster or process (what the broken promise is about)
              -h, --help     this text

            Exit codes:
              0   every promise was kept
              1   a promise was broken; the report names the seeds
              2   wrong command line
              3   nothing was broken, but some kind of fault has struck nowhere: the set does not count
            """;

    private long from = 1;
    private long to = 100;
    private int threads = Runtime.getRuntime().availableProcessors();
    private boolean first;
    private boolean json;
    private long replay = -1;
    private String about = "";

    private TortureMain() {}

    /** Runs worlds and ends the process with an exit code. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (Arrays.asList(arguments).contains("-h") || Arrays.asList(arguments).contains("--help")) {
            out.print(HELP);
            return KEPT;
        }
        TortureMain main = new TortureMain();
        try {
            main.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            err.println("yard torture: " + wrong.getMessage() + "; see yard torture --help");
            return USAGE;
        }
        return main.replay >= 0 ? main.replay(out) : main.torture(out, err);
    }

    private void parse(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            switch (option) {
                case "--first" -> first = true;
                case "--json" -> json = true;
                case "--seeds" -> seeds(value(arguments, ++i));
                case "--threads" -> threads = (int) number(option, value(arguments, ++i), 1, 1_024);
                case "--replay" -> replay = number(option, value(arguments, ++i), 0, Long.MAX_VALUE);
                case "--about" -> about = value(arguments, ++i);
                default -> throw new IllegalArgumentException("found '" + option + "', expected an option");
            }
        }
    }

    private void seeds(String text) {
        Matcher matcher = SEEDS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--seeds: found '" + text + "', expected A..B");
        }
        from = Long.parseLong(matcher.group(1));
        to = matcher.group(2) == null ? from : Long.parseLong(matcher.group(2));
        if (to < from) {
            throw new IllegalArgumentException("--seeds: found '" + text + "', expected A..B with A not above B");
        }
    }

    private static String value(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + ": found nothing, expected a value");
        }
        return arguments[index];
    }

    private static long number(String option, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(option + ": found '" + text + "', expected a number", malformed);
        }
        throw new IllegalArgumentException(
                option + ": found '" + text + "', expected a number from " + least + " to " + most);
    }

    private int torture(PrintStream out, PrintStream err) throws InterruptedException {
        TortureReport report = new Torture(from, to, threads, first).run(line -> err.println("torture: " + line));
        if (json) {
            out.println(report.json());
        } else {
            report.print(out);
            report.broken().stream().limit(MAX_REPLAYS).forEach(verdict -> tell(out, verdict));
        }
        return report.broken().isEmpty() ? report.counts() ? KEPT : DOES_NOT_COUNT : BROKEN;
    }

    private static void tell(PrintStream out, Verdict verdict) {
        Replay again = WorldRunner.replay(verdict.seed(), "");
        out.printf(Locale.ROOT, "%nseed %d, the last lines of its trace (%s):%n", verdict.seed(),
                again.verdict().result().traceHash() == verdict.result().traceHash()
                        ? "replayed bit for bit"
                        : "THE REPLAY LEFT ANOTHER TRACE");
        again.lines().forEach(out::println);
        out.printf(Locale.ROOT, "more: yard torture --replay %d --about NAME%n", verdict.seed());
    }

    private int replay(PrintStream out) {
        Replay again = WorldRunner.replay(replay, about);
        again.lines().forEach(out::println);
        Verdict.Failure failure = again.verdict().failure();
        out.printf(Locale.ROOT, "trace %s%n%s%n", Long.toHexString(again.verdict().result().traceHash()),
                failure == null ? "every promise was kept" : "BROKEN " + failure.text());
        return failure == null ? KEPT : BROKEN;
    }
}
