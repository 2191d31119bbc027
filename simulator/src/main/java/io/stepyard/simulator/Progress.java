package io.stepyard.simulator;

import java.io.PrintStream;
import java.util.Locale;

/** Draws how far a simulation has come, on a line that it overwrites. */
final class Progress implements SimulationObserver {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final String what;
    private final int jobs;
    private int ended;
    private int shown = -1;

    Progress(PrintStream out, String what, int jobs) {
        this.out = out;
        this.what = what;
        this.jobs = jobs;
    }

    @Override
    public void ended(int index, long now) {
        ended++;
        int percent = (int) (100L * ended / jobs);
        if (percent != shown) {
            shown = percent;
            int full = WIDTH * percent / 100;
            out.printf(Locale.ROOT, "\r%-40s [%s%s] %3d %%", what, "#".repeat(full), ".".repeat(WIDTH - full), percent);
            out.flush();
        }
    }

    void done() {
        out.print("\r" + " ".repeat(WIDTH + 60) + "\r");
        out.flush();
    }
}
