package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Resources as arrays of numbers, the form the inner loops work on: millicores, mebibytes, then every further dimension
 * in the order in which it was first heard of. An array may be shorter than another; what it lacks is 0.
 */
final class Amounts {

    static final int CPU = 0;
    static final int MEMORY = 1;
    private static final int BASIC = 2;

    private final List<String> extras = new ArrayList<>();

    long[] of(Resources resources, Map<String, Long> more) {
        if (more.isEmpty()) {
            return new long[]{resources.cpuMillicores(), resources.memoryMib()};
        }
        new TreeMap<>(more).keySet().stream().filter(name -> !extras.contains(name)).forEach(extras::add);
        long[] amounts = new long[BASIC + extras.size()];
        amounts[CPU] = resources.cpuMillicores();
        amounts[MEMORY] = resources.memoryMib();
        more.forEach((name, amount) -> amounts[BASIC + extras.indexOf(name)] = amount);
        return amounts;
    }

    String extraName(int dimension) {
        return extras.get(dimension - BASIC);
    }

    static long at(long[] amounts, int dimension) {
        return dimension < amounts.length ? amounts[dimension] : 0;
    }

    static boolean fits(long[] need, long[] room) {
        for (int dimension = 0; dimension < need.length; dimension++) {
            if (need[dimension] > (dimension < room.length ? room[dimension] : 0)) {
                return false;
            }
        }
        return true;
    }

    /** @return {@code room}, or a longer copy of it, changed */
    static long[] add(long[] room, long[] amount) {
        long[] sum = room.length < amount.length ? Arrays.copyOf(room, amount.length) : room;
        for (int dimension = 0; dimension < amount.length; dimension++) {
            sum[dimension] += amount[dimension];
        }
        return sum;
    }

    /** @return {@code room}, or a longer copy of it, changed; may go below 0 */
    static long[] subtract(long[] room, long[] amount) {
        long[] rest = room.length < amount.length ? Arrays.copyOf(room, amount.length) : room;
        for (int dimension = 0; dimension < amount.length; dimension++) {
            rest[dimension] -= amount[dimension];
        }
        return rest;
    }

    static Resources resources(long[] amounts) {
        return new Resources(Math.max(0, amounts[CPU]), Math.max(0, amounts[MEMORY]));
    }
}
