package io.stepyard.core.store;

import io.stepyard.core.store.StoreWrite.CheckLease;
import io.stepyard.core.store.StoreWrite.DeleteCluster;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.PutDocument;
import io.stepyard.core.store.StoreWrite.Release;
import io.stepyard.core.store.StoreWrite.ReplaceCluster;
import io.stepyard.core.store.StoreWrite.ReplaceQueueRow;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes a list of writes a transaction, whatever the store: its size, and one write at most for each row. */
public final class StoreWriteRules {

    private StoreWriteRules() {}

    /** @throws IllegalArgumentException naming the write that breaks a rule; a caller's bug, never a conflict */
    public static void require(List<StoreWrite> writes) {
        if (writes.isEmpty() || writes.size() > JobStore.MAX_WRITES) {
            throw new IllegalArgumentException(
                    "Expected 1 to " + JobStore.MAX_WRITES + " writes in one transaction, but found " + writes.size());
        }
        Set<String> rows = new HashSet<>();
        for (int index = 0; index < writes.size(); index++) {
            StoreWrite write = writes.get(index);
            requireFirstVersion(index, write);
            if (!rows.add(row(write))) {
                throw new IllegalArgumentException(
                        "Expected one write for each row of a transaction, but write " + index + " names "
                                + row(write) + " again");
            }
        }
    }

    /** The row that a write names, for messages: {@code run a}, {@code queue row a/1000}, {@code cluster zurich}, {@code lease pass}. */
    public static String row(StoreWrite write) {
        return switch (write) {
            case InsertRun insert -> "run " + insert.run().jobId();
            case ReplaceRun replace -> "run " + replace.run().jobId();
            case InsertQueueRow insert -> "queue row " + insert.row().jobId() + "/" + insert.row().priority();
            case ReplaceQueueRow replace -> "queue row " + replace.row().jobId() + "/" + replace.row().priority();
            case DeleteQueueRow delete -> "queue row " + delete.jobId() + "/" + delete.priority();
            case Reserve reserve -> "cluster " + reserve.cluster();
            case Release release -> "cluster " + release.cluster();
            case CheckLease check -> "lease " + check.lease();
            case InsertCluster insert -> "cluster " + insert.cluster().name();
            case ReplaceCluster replace -> "cluster " + replace.cluster().name();
            case DeleteCluster delete -> "cluster " + delete.name();
            case PutDocument put -> "document " + put.document().name();
        };
    }

    /** What a write expects to find, one clause for the detail of a conflict; never with a token. */
    public static String expectation(StoreWrite write) {
        return "expected " + row(write) + switch (write) {
            case InsertRun _,InsertQueueRow _,InsertCluster _ -> " not to be there";
            case ReplaceRun replace -> " at version " + (replace.run().version() - 1);
            case ReplaceQueueRow _,DeleteQueueRow _ -> " to be there";
            case Reserve reserve -> " open and with room for " + reserve.amount() + " under " + reserve.limit();
            case Release release -> " with at least " + release.amount() + " reserved";
            case CheckLease check -> " at epoch " + check.epoch();
            case ReplaceCluster replace -> " at version " + (replace.cluster().version() - 1);
            case DeleteCluster delete -> " at version " + delete.version() + " with nothing reserved";
            case PutDocument put -> " at version " + (put.document().version() - 1);
        };
    }

    private static void requireFirstVersion(int index, StoreWrite write) {
        long version = switch (write) {
            case InsertRun insert -> insert.run().version();
            case InsertCluster insert -> insert.cluster().version();
            case ReplaceRun _,InsertQueueRow _,ReplaceQueueRow _,DeleteQueueRow _,Reserve _,Release _,CheckLease _,ReplaceCluster _,DeleteCluster _,PutDocument _ ->
                1;
        };
        if (version != 1) {
            throw new IllegalArgumentException(
                    "Expected version 1 in a new row, but write " + index + " inserts " + row(write) + " at version "
                            + version);
        }
        if (write instanceof InsertCluster insert && !insert.cluster().reserved().isNone()) {
            throw new IllegalArgumentException(
                    "Expected an empty ledger in a new row, but write " + index + " inserts " + row(write) + " with "
                            + insert.cluster().reserved() + " reserved");
        }
        boolean lacksToken = switch (write) {
            case InsertQueueRow insert -> insert.row().token() == null;
            case ReplaceQueueRow replace -> replace.row().token() == null;
            case InsertRun _,ReplaceRun _,DeleteQueueRow _,Reserve _,Release _,CheckLease _,InsertCluster _,ReplaceCluster _,DeleteCluster _,PutDocument _ ->
                false;
        };
        if (lacksToken) {
            throw new IllegalArgumentException(
                    "Expected a token in a queue row, but write " + index + " has " + row(write) + " without");
        }
    }
}
