package io.stepyard.store.embedded;

import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.CheckLease;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.Release;
import io.stepyard.core.store.StoreWrite.ReplaceCluster;
import io.stepyard.core.store.StoreWrite.ReplaceQueueRow;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.core.store.StoreWriteRules;
import io.stepyard.model.resource.Resources;
import io.stepyard.store.embedded.RowChange.DeleteCluster;
import io.stepyard.store.embedded.RowChange.DeleteQueueRow;
import io.stepyard.store.embedded.RowChange.PutCluster;
import io.stepyard.store.embedded.RowChange.PutQueueRow;
import io.stepyard.store.embedded.RowChange.PutRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A write with the row it would leave, made on the caller's thread: the writer's thread is the one that everybody waits for.
 *
 * @param image null where the row depends on what is stored, or where nothing is changed
 */
record PreparedWrite(StoreWrite write, @Nullable RowChange image) {

    /** DynamoDB takes items of 400 KB; what is written here must be able to move there. */
    static final int MAX_ROW_CHARACTERS = 400 * 1024;

    static List<PreparedWrite> prepare(List<StoreWrite> writes) {
        return writes.stream().map(PreparedWrite::prepare).toList();
    }

    private static PreparedWrite prepare(StoreWrite write) {
        RowChange image = switch (write) {
            case InsertRun insert -> PutRun.of(insert.run());
            case ReplaceRun replace -> PutRun.of(replace.run());
            case InsertQueueRow insert -> PutQueueRow.of(insert.row());
            case ReplaceQueueRow replace -> PutQueueRow.of(replace.row());
            case StoreWrite.DeleteQueueRow delete -> new DeleteQueueRow(delete.jobId(), delete.priority());
            case InsertCluster insert -> PutCluster.of(insert.cluster(), Resources.NONE);
            case ReplaceCluster replace -> PutCluster.of(replace.cluster(), Resources.NONE);
            case StoreWrite.DeleteCluster delete -> new DeleteCluster(delete.name());
            case StoreWrite.PutDocument put -> RowChange.PutDocument.of(put.document());
            case Reserve _,Release _,CheckLease _ -> null;
        };
        int characters = switch (image) {
            case PutRun run -> run.body().length();
            case PutQueueRow row -> row.body().length();
            case PutCluster cluster -> cluster.body().length();
            case RowChange.PutDocument document -> document.body().length();
            case null -> 0;
            case DeleteQueueRow _,DeleteCluster _,RowChange.PutLease _ -> 0;
        };
        if (characters > MAX_ROW_CHARACTERS) {
            throw new IllegalArgumentException("Expected a row of at most " + MAX_ROW_CHARACTERS
                    + " characters, but " + StoreWriteRules.row(write) + " has " + characters);
        }
        return new PreparedWrite(write, image);
    }
}
