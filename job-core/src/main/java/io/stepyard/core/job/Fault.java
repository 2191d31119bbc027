package io.stepyard.core.job;

/**
 * One thing that is wrong with a job JSON.
 *
 * @param pointer JSON pointer to the place, empty for the whole document
 * @param found what stands there, shortened
 * @param expected what should
 */
public record Fault(String pointer, String found, String expected) {

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "(the whole job)" : pointer) + ": found " + found + ", expected " + expected;
    }
}
