package io.stepyard.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Keeps the passing remarks of a rehearsal out of the log: they are about jobs and a cluster that do not exist. Its warnings stay. */
public final class QuietRehearsal extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean remark = !event.getLevel().isGreaterOrEqual(Level.WARN);
        return remark && event.getThreadName().contains(Rehearsal.NAME) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
