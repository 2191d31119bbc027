package io.stepyard.architecture;

import java.util.List;
import java.util.function.Function;

/**
 * One rule over the whole codebase.
 *
 * @param name
 *            a sentence that says what holds
 * @param check
 *            answers one line for each violation (where, what was found, what is expected); an empty list when the rule holds
 */
record Rule(String name, Function<Codebase, List<String>> check) {

    List<String> violations(Codebase codebase) {
        return check.apply(codebase);
    }

    @Override
    public String toString() {
        return name;
    }
}
