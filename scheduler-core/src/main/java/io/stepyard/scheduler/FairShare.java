package io.stepyard.scheduler;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What tenants use, forgotten by half in every half-life, as each one's part of the whole over its part of the weights.
 *
 * <p>Usage is kept multiplied by 2^(time / half-life). In that measure old usage does not change as time passes, and a
 * tenant that holds r cores adds r × 2^(t/h) every second, so one power serves all tenants of a pass.
 */
public final class FairShare {

    private static final double LN2 = StrictMath.log(2);
    /** Powers of two beyond this are scaled back, long before a double overflows. */
    private static final double MAX_EXPONENT = 400;

    private final double halfLifeSeconds;
    private final PassTerms terms;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Account all = new Account(0);
    private long originMillis;
    private boolean begun;
    private long powerAtMillis = Long.MIN_VALUE;
    private double power = 1;

    public FairShare(Duration halfLife, PassTerms terms) {
        if (halfLife.isNegative() || halfLife.isZero()) {
            throw new IllegalArgumentException("Expected a half-life above zero, but found " + halfLife);
        }
        this.halfLifeSeconds = halfLife.toMillis() / 1000.0;
        this.terms = terms;
    }

    /** From this moment on the tenant holds so many cores more, or fewer when negative. */
    public void holds(String tenant, double moreCores, long nowMillis) {
        double grown = grown(nowMillis);
        account(tenant).change(moreCores, grown);
        all.change(moreCores, grown);
    }

    /** 0 is unused, 1 is its due, more is over it; 0 for all while nobody has used anything. */
    public double share(String tenant, long nowMillis) {
        double grown = grown(nowMillis);
        Account account = accounts.get(tenant);
        double whole = all.usage(grown);
        if (account == null || whole <= 0) {
            return 0;
        }
        return account.usage(grown) / whole * (all.weight / account.weight);
    }

    private Account account(String tenant) {
        return accounts.computeIfAbsent(tenant, name -> {
            PassTerms.Tenant agreed = terms.tenant(name);
            Account account = new Account(agreed.weight());
            account.base = agreed.pastUsage() * power;
            all.base += account.base;
            all.weight += account.weight;
            return account;
        });
    }

    /** Core-seconds, in the growing measure, that one core held since the origin has gathered. */
    private double grown(long nowMillis) {
        if (!begun) {
            begun = true;
            originMillis = nowMillis;
            terms.tenants().keySet().stream().sorted().forEach(this::account);
        }
        if (nowMillis != powerAtMillis) {
            double exponent = (nowMillis - originMillis) / 1000.0 / halfLifeSeconds;
            if (exponent > MAX_EXPONENT) {
                double back = StrictMath.pow(2, -exponent);
                accounts.values().forEach(account -> account.base *= back);
                all.base *= back;
                originMillis = nowMillis;
                exponent = 0;
            }
            powerAtMillis = nowMillis;
            power = StrictMath.pow(2, exponent);
        }
        return halfLifeSeconds / LN2 * power;
    }

    private static final class Account {

        private double weight;
        private double base;
        private double cores;

        Account(double weight) {
            this.weight = weight;
        }

        void change(double moreCores, double grown) {
            base -= moreCores * grown;
            cores += moreCores;
        }

        double usage(double grown) {
            return Math.max(0, base + cores * grown);
        }
    }
}
