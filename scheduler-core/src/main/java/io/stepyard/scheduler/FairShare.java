package io.stepyard.scheduler;

import java.time.Duration;
import java.util.Collection;
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
    private final Account all = new Account(0, true);
    private long originMillis;
    private boolean begun;
    private long powerAtMillis = Long.MIN_VALUE;
    private double power = 1;
    private long looks;
    private double lookGrown;
    private double lookUsage;
    private double lookWeight;

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
        Account account = account(tenant);
        count(account);
        account.change(moreCores, grown);
        all.change(moreCores, grown);
    }

    /** 0 is unused, 1 is its due, more is over it; 0 for all while nobody has used anything. */
    public double share(String tenant, long nowMillis) {
        look(nowMillis);
        return account(tenant).share();
    }

    /** From now on shares are those of this moment, whatever starts or ends within it. */
    void look(long nowMillis) {
        lookGrown = grown(nowMillis);
        lookUsage = all.usage(lookGrown);
        lookWeight = all.weight;
        looks++;
    }

    /** The tenant's account; it counts for the others once it has used something or been agreed on. */
    Account account(String tenant) {
        return accounts.computeIfAbsent(tenant, name -> new Account(terms.tenant(name).weight(), false));
    }

    Collection<Account> accounts() {
        return accounts.values();
    }

    /** An account that nobody uses: its share is 0. */
    Account nobody() {
        return new Account(1, false);
    }

    private void count(Account account) {
        if (!account.isCounted) {
            account.isCounted = true;
            all.weight += account.weight;
        }
    }

    private void open(String tenant) {
        Account account = account(tenant);
        count(account);
        account.base = terms.tenant(tenant).pastUsage() * power;
        all.base += account.base;
    }

    /** Core-seconds, in the growing measure, that one core held since the origin has gathered. */
    private double grown(long nowMillis) {
        if (!begun) {
            begun = true;
            originMillis = nowMillis;
            terms.tenants().keySet().stream().sorted().forEach(this::open);
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

    /** What one tenant holds and has used. */
    final class Account {

        /** Kept for {@link RankBounds}: its bounds stand while the share is not below this. */
        double leastShare;
        private double weight;
        private boolean isCounted;
        private double base;
        private double cores;
        private double share;
        private long lookedAt = -1;

        Account(double weight, boolean isCounted) {
            this.weight = weight;
            this.isCounted = isCounted;
        }

        /** Its share at the moment looked at last. */
        double share() {
            if (lookedAt != looks) {
                lookedAt = looks;
                share = !isCounted || lookUsage <= 0 ? 0 : usage(lookGrown) / lookUsage * (lookWeight / weight);
            }
            return share;
        }

        private void change(double moreCores, double grown) {
            base -= moreCores * grown;
            cores += moreCores;
        }

        private double usage(double grown) {
            return Math.max(0, base + cores * grown);
        }
    }
}
