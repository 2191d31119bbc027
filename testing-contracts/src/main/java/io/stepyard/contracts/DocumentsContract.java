package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.Document;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.PutDocument;
import org.junit.jupiter.api.Test;

/** The queue manager's own documents: one row each, replaced only at the version before. */
abstract class DocumentsContract extends StoreContractGroup {

    private static PutDocument put(String name, long version, String body) {
        return new PutDocument(new Document(name, version, body));
    }

    @Test
    final void shouldFindNoDocumentThatWasNeverPut() {
        assertThat(store().jobs().document("usage")).isEmpty();
    }

    @Test
    final void shouldReadBackADocumentAndItsReplacement() {
        assertCommitted(store().commit(put("usage", 1, "{\"a\":1}")));
        assertThat(store().jobs().document("usage")).contains(new Document("usage", 1, "{\"a\":1}"));

        assertCommitted(store().commit(put("usage", 2, "{\"ä\":2}")));
        assertThat(store().jobs().document("usage")).contains(new Document("usage", 2, "{\"ä\":2}"));
        assertThat(store().jobs().document("tenants")).isEmpty();
    }

    @Test
    final void shouldPutADocumentOnlyAtTheVersionBefore() {
        assertConflictAt(0, store().commit(put("usage", 2, "{}")));
        store().given(put("usage", 1, "{}"));

        assertConflictAt(0, store().commit(put("usage", 1, "[]")));
        assertConflictAt(0, store().commit(put("usage", 3, "[]")));
        assertThat(store().jobs().document("usage")).contains(new Document("usage", 1, "{}"));
    }

    @Test
    final void shouldPutADocumentOnlyTogetherWithTheRestOfItsTransaction() {
        store().given(new InsertRun(Rows.queued("a")));

        assertConflictAt(1, store().commit(put("usage", 1, "{}"), new InsertRun(Rows.queued("a"))));
        assertThat(store().jobs().document("usage")).isEmpty();
    }

    @Test
    final void shouldKeepDocumentsApartFromClustersOfTheSameName() {
        store().given(new InsertCluster(Rows.cluster("usage")));

        assertCommitted(store().commit(put("usage", 1, "{}")));
        assertThat(store().clusters().clusters()).containsExactly(Rows.cluster("usage"));
    }
}
