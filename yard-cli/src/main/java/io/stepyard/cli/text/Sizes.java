package io.stepyard.cli.text;

import io.stepyard.model.resource.MemorySize;
import java.math.BigDecimal;

/** Cpu and memory as people read them. */
public final class Sizes {

    private Sizes() {}

    /** Cores: 500 millicores are {@code 0.5}. */
    public static String cpu(long millicores) {
        return BigDecimal.valueOf(millicores, 3).stripTrailingZeros().toPlainString();
    }

    /** Memory without a space, so that a cell is one word: {@code 1.5GiB}. */
    public static String memory(long mib) {
        return MemorySize.print(mib).replace(" ", "");
    }
}
