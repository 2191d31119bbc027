package io.stepyard.simulator.world;

/** {@code yard torture}. */
public final class TortureMain {

    private TortureMain() {}

    /** Runs worlds. */
    public static void main(String[] arguments) {
        long from = Long.parseLong(arguments[0]);
        long to = Long.parseLong(arguments[1]);
        long[] hits = new long[FaultClass.values().length];
        long began = System.nanoTime();
        java.util.TreeMap<String, Integer> kinds = new java.util.TreeMap<>();
        for (long seed = from; seed <= to; seed++) {
            World world = new World(seed, arguments.length > 2);
            try {
                world.run();
            } catch (Violation | RuntimeException violation) {
                String text = String.valueOf(violation.getMessage());
                System.out.println("seed " + seed + ": " + violation);
                kinds.merge(text.replaceAll("[0-9]+", "#").replaceAll("job-#", "").substring(0, Math.min(110, text.replaceAll("[0-9]+", "#").replaceAll("job-#", "").length())), 1, Integer::sum);
                if (violation instanceof RuntimeException) {
                    violation.printStackTrace(System.out);
                }
                if (arguments.length > 2) {
                    String subject = violation instanceof Violation v ? v.subject() : arguments[2];
                    world.trace().linesOf(arguments[2].equals("-") ? subject : arguments[2], 60).forEach(System.out::println);
                }
            }
            WorldResult result = world.result();
            for (int i = 0; i < hits.length; i++) {
                hits[i] += result.hits()[i];
            }
            if (to - from < 10) System.out.println(seed + " " + Long.toHexString(result.traceHash()) + " " + result);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        for (FaultClass fault : FaultClass.values()) {
            System.out.print(fault + "=" + hits[fault.ordinal()] + " ");
        }
        System.out.println();
        kinds.forEach((k, v) -> System.out.println(v + " x " + k));
        System.out.printf("%.1f s, %.3f s a world%n", seconds, seconds / (to - from + 1));
    }
}
