package io.stepyard.simulator;

/** A trace, cluster file or policy that cannot be read. The message says where, what was found and what is expected. */
public final class InputFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InputFault(String message) {
        super(message);
    }

    static InputFault at(String file, int line, String message) {
        return new InputFault(file + ":" + line + ": " + message);
    }
}
