package io.stepyard.simulator.world;

/** The process is dead: no handler of the product runs any more, which is why this is an error. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash(String process) {
        super(process + " died", null, false, false);
    }
}
