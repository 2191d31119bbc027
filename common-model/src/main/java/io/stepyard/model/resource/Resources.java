package io.stepyard.model.resource;

import java.math.BigDecimal;

/**
 * An amount of cpu and memory: what a job asks for, what a cluster has, what is reserved.
 *
 * @param cpuMillicores thousandths of a core, 0 or more
 * @param memoryMib mebibytes, 0 or more
 */
public record Resources(long cpuMillicores, long memoryMib) {

    public static final Resources NONE = new Resources(0, 0);

    public Resources {
        if (cpuMillicores < 0 || memoryMib < 0) {
            throw new IllegalArgumentException(
                    "Expected resources of 0 or more, but found cpuMillicores=" + cpuMillicores
                            + ", memoryMib=" + memoryMib);
        }
    }

    public static Resources ofCores(long cores, long memoryMib) {
        return new Resources(Math.multiplyExact(cores, 1000L), memoryMib);
    }

    public Resources plus(Resources other) {
        return new Resources(Math.addExact(cpuMillicores, other.cpuMillicores),
                Math.addExact(memoryMib, other.memoryMib));
    }

    /** Takes away what is there and no more: each dimension ends at 0 at the least. */
    public Resources minusAtMost(Resources other) {
        return new Resources(Math.max(0, cpuMillicores - other.cpuMillicores),
                Math.max(0, memoryMib - other.memoryMib));
    }

    /** @throws IllegalArgumentException when {@code other} does not fit within this amount */
    public Resources minus(Resources other) {
        if (!other.fitsWithin(this)) {
            throw new IllegalArgumentException("Expected to take " + other + " from " + this + ", but it is not there");
        }
        return new Resources(cpuMillicores - other.cpuMillicores, memoryMib - other.memoryMib);
    }

    /** The larger of the two, dimension by dimension. */
    public Resources max(Resources other) {
        return new Resources(Math.max(cpuMillicores, other.cpuMillicores), Math.max(memoryMib, other.memoryMib));
    }

    /** The smaller of the two, dimension by dimension. */
    public Resources min(Resources other) {
        return new Resources(Math.min(cpuMillicores, other.cpuMillicores), Math.min(memoryMib, other.memoryMib));
    }

    public boolean fitsWithin(Resources room) {
        return cpuMillicores <= room.cpuMillicores && memoryMib <= room.memoryMib;
    }

    public boolean isNone() {
        return cpuMillicores == 0 && memoryMib == 0;
    }

    /** Cores for people: {@code 1.5}, {@code 4}. */
    public String cores() {
        return BigDecimal.valueOf(cpuMillicores, 3).stripTrailingZeros().toPlainString();
    }

    /** Memory for people: {@code 512 MiB}, {@code 8 GiB}, {@code 1.5 GiB}. */
    public String memory() {
        return MemorySize.print(memoryMib);
    }

    @Override
    public String toString() {
        return cores() + " cores, " + memory();
    }
}
