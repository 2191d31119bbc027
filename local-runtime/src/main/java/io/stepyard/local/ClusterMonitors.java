package io.stepyard.local;

import io.stepyard.clusters.AdapterGateway;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.store.embedded.EmbeddedStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One monitor for each registered cluster that tells of its changes, whoever registered it and whenever. */
final class ClusterMonitors implements AutoCloseable {

    private final EmbeddedStore store;
    private final AdapterGateway gateway;
    private final Functions functions;
    private final Map<String, ClusterMonitor> monitors = new HashMap<>();
    private boolean closed;

    ClusterMonitors(EmbeddedStore store, AdapterGateway gateway, Functions functions) {
        this.store = store;
        this.gateway = gateway;
        this.functions = functions;
    }

    /** Begins to listen to clusters that have come and stops with those that have gone. */
    synchronized void follow() {
        if (closed) {
            return;
        }
        Set<String> registered = new HashSet<>();
        for (ClusterRecord cluster : store.clusters()) {
            registered.add(cluster.name());
            if (!monitors.containsKey(cluster.name())) {
                gateway.changeFeed(cluster).ifPresent(feed -> {
                    ClusterMonitor monitor = new ClusterMonitor(cluster.name(), store, store, feed,
                            functions.observe(), functions.news());
                    monitors.put(cluster.name(), monitor);
                    monitor.start();
                });
            }
        }
        monitors.entrySet().removeIf(entry -> {
            boolean gone = !registered.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        monitors.values().forEach(ClusterMonitor::close);
        monitors.clear();
    }
}
