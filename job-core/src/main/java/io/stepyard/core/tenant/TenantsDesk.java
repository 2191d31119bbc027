package io.stepyard.core.tenant;

import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.StoreWrite;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the tenants' limits in the store, where every scheduler and every API finds the same. */
public final class TenantsDesk {

    /** The document's name. */
    public static final String DOCUMENT = "tenants";

    private static final Logger LOG = LoggerFactory.getLogger(TenantsDesk.class);
    private static final int MAX_ROUNDS = 10;

    private final JobStore store;

    public TenantsDesk(JobStore store) {
        this.store = store;
    }

    /** What is agreed now; nothing limited before anything was agreed. */
    public TenantLimits.Table table() {
        return store.document(DOCUMENT).map(document -> TenantsJson.read("stored tenants", document.body()))
                .orElse(TenantLimits.Table.EMPTY);
    }

    /**
     * Replaces everything that was agreed. The same again changes nothing.
     *
     * @throws IllegalStateException when others kept changing it
     */
    public void replace(TenantLimits.Table table) {
        String body = TenantsJson.print(table);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Document> known = store.document(DOCUMENT);
            if (known.map(document -> document.body().equals(body)).orElse(false)) {
                return;
            }
            long version = known.map(Document::version).orElse(0L) + 1;
            if (store.commit(List.of(new StoreWrite.PutDocument(new Document(DOCUMENT, version, body))))
                    .isCommitted()) {
                LOG.info("{} tenants have limits or weights of their own now", table.named().size());
                return;
            }
        }
        throw new IllegalStateException("Expected to store the tenants' limits, but others kept changing them");
    }
}
