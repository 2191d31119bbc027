package io.stepyard.store.embedded;

import io.stepyard.model.lifecycle.JobState;
import io.stepyard.store.embedded.RowChange.DeleteCluster;
import io.stepyard.store.embedded.RowChange.DeleteQueueRow;
import io.stepyard.store.embedded.RowChange.PutCluster;
import io.stepyard.store.embedded.RowChange.PutDocument;
import io.stepyard.store.embedded.RowChange.PutLease;
import io.stepyard.store.embedded.RowChange.PutQueueRow;
import io.stepyard.store.embedded.RowChange.PutRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The binary form of row changes in the commit log: count, then for each its kind and its fields in order. */
final class RowChangeCodec {

    private static final byte PUT_RUN = 1;
    private static final byte PUT_QUEUE_ROW = 2;
    private static final byte DELETE_QUEUE_ROW = 3;
    private static final byte PUT_CLUSTER = 4;
    private static final byte DELETE_CLUSTER = 5;
    private static final byte PUT_LEASE = 6;
    private static final byte PUT_DOCUMENT = 7;

    private RowChangeCodec() {}

    static byte[] encode(List<RowChange> changes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(changes.size());
        for (RowChange change : changes) {
            write(change, out);
        }
        return bytes.toByteArray();
    }

    static List<RowChange> decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int count = in.readInt();
        List<RowChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(read(in));
        }
        return changes;
    }

    private static void write(RowChange change, DataOutputStream out) throws IOException {
        switch (change) {
            case PutRun run -> {
                out.writeByte(PUT_RUN);
                text(out, run.jobId());
                out.writeLong(run.version());
                text(out, run.state().name());
                text(out, run.tenant());
                text(out, run.place());
                String token = run.token();
                out.writeBoolean(token != null);
                text(out, token == null ? "" : token);
                text(out, run.body());
            }
            case PutQueueRow row -> {
                out.writeByte(PUT_QUEUE_ROW);
                text(out, row.jobId());
                out.writeInt(row.priority());
                out.writeLong(row.enqueued());
                text(out, row.token());
                text(out, row.body());
            }
            case DeleteQueueRow row -> {
                out.writeByte(DELETE_QUEUE_ROW);
                text(out, row.jobId());
                out.writeInt(row.priority());
            }
            case PutCluster cluster -> {
                out.writeByte(PUT_CLUSTER);
                text(out, cluster.name());
                out.writeLong(cluster.version());
                out.writeBoolean(cluster.drained());
                out.writeLong(cluster.reservedCpuMillicores());
                out.writeLong(cluster.reservedMemoryMib());
                text(out, cluster.body());
            }
            case DeleteCluster cluster -> {
                out.writeByte(DELETE_CLUSTER);
                text(out, cluster.name());
            }
            case PutLease lease -> {
                out.writeByte(PUT_LEASE);
                text(out, lease.name());
                text(out, lease.owner());
                out.writeLong(lease.epoch());
                text(out, lease.expiresAt());
            }
            case PutDocument document -> {
                out.writeByte(PUT_DOCUMENT);
                text(out, document.name());
                out.writeLong(document.version());
                text(out, document.body());
            }
        }
    }

    private static RowChange read(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case PUT_RUN -> readRun(in);
            case PUT_QUEUE_ROW -> new PutQueueRow(text(in), in.readInt(), in.readLong(), text(in), text(in));
            case DELETE_QUEUE_ROW -> new DeleteQueueRow(text(in), in.readInt());
            case PUT_CLUSTER -> new PutCluster(text(in), in.readLong(), in.readBoolean(), in.readLong(), in.readLong(),
                    text(in));
            case DELETE_CLUSTER -> new DeleteCluster(text(in));
            case PUT_LEASE -> new PutLease(text(in), text(in), in.readLong(), text(in));
            case PUT_DOCUMENT -> new PutDocument(text(in), in.readLong(), text(in));
            default -> throw new IOException("Expected a kind of row change from 1 to 7, but found " + kind);
        };
    }

    private static PutRun readRun(DataInputStream in) throws IOException {
        String jobId = text(in);
        long version = in.readLong();
        JobState state = JobState.valueOf(text(in));
        String tenant = text(in);
        String place = text(in);
        boolean hasToken = in.readBoolean();
        String token = text(in);
        return new PutRun(jobId, version, state, tenant, place, hasToken ? token : null, text(in));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
