package io.stepyard.cli.service;

/** What a command's exit code says; documented in every command's help and part of the command line's contract. */
public final class ExitCode {

    public static final int OK = 0;
    /** The command worked, a job did not. */
    public static final int JOB_FAILED = 1;
    public static final int USAGE = 2;
    /** A job or a request was invalid or refused; nothing was started for it. */
    public static final int REFUSED = 3;
    public static final int NOT_FOUND = 4;
    /** Waiting was given up; the job itself goes on. */
    public static final int WAIT_TIMED_OUT = 5;
    /** A service did not answer, or failed itself. */
    public static final int UNREACHABLE = 6;
    /** {@code local}, {@code cluster}: the state directory belongs to another that lives. */
    public static final int STATE_IN_USE = 7;
    /** {@code local}, {@code cluster}: a port is taken. */
    public static final int PORT_TAKEN = 8;
    /** {@code local}, {@code cluster}: the state directory cannot be read or written. */
    public static final int STATE_UNUSABLE = 9;
    /** {@code local}: something else keeps it from starting. */
    public static final int NOT_STARTED = 10;
    /** A defect of the command line. */
    public static final int INTERNAL = 70;

    private ExitCode() {}
}
