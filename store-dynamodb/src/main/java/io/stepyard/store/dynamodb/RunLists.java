package io.stepyard.store.dynamodb;

import static io.stepyard.store.dynamodb.Items.text;

import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.RunPosition;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.model.lifecycle.JobState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Lists of runs: places from an index, which carries neither bodies nor tokens, then the rows themselves by consistent reads. So a list
 * may lag in what is on it, and never in what it says about a job.
 */
final class RunLists {

    /** DynamoDB gives at most 100 items in one batch. */
    private static final int MAX_BATCH = 100;
    /** Above every place: a page from the start. */
    private static final String NEWEST = "~";

    private final DynamoDbClient client;
    private final String table;
    private final Items items;
    private final Backoff backoff;

    RunLists(DynamoDbClient client, String table, Items items, Backoff backoff) {
        this.client = client;
        this.table = table;
        this.items = items;
        this.backoff = backoff;
    }

    Page<JobRun> page(RunQuery query) {
        String cursor = query.cursor();
        String below = cursor == null ? NEWEST : RunPosition.fromCursor(cursor).sortKey();
        int wanted = query.limit() + 1;
        List<JobRun> found = new ArrayList<>();
        while (found.size() < wanted) {
            List<String> places = places(query, below, wanted - found.size());
            if (places.isEmpty()) {
                break;
            }
            Map<String, JobRun> rows = rows(places.stream().map(RunLists::jobId).toList());
            for (String place : places) {
                JobRun run = rows.get(jobId(place));
                // The index may lag: what has moved on to another state meanwhile is no longer what was asked for.
                if (run != null && (query.states().isEmpty() || query.states().contains(run.state()))) {
                    found.add(run);
                }
            }
            below = places.getLast();
        }
        return found.size() < wanted
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, query.limit()),
                        RunPosition.of(found.get(query.limit() - 1)).toCursor());
    }

    List<JobRun> live() {
        List<String> ids = new ArrayList<>();
        for (String partition : items.partitions(Items.LIVE_LIST)) {
            ids.addAll(places(new Range(DynamoTables.LIVE_RUNS, "liveShard", partition, NEWEST, null),
                    Integer.MAX_VALUE).stream().map(RunLists::jobId).toList());
        }
        return rows(ids).values().stream().filter(run -> run.state().holdsReservation()).toList();
    }

    /** Counted in the index, where an entry is some hundred bytes: a million jobs are some hundred pages. */
    Map<JobState, Long> countByState() {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            long count = 0;
            for (String partition : items.partitions(state)) {
                count += count(new Range(DynamoTables.RUNS_BY_STATE, "stateShard", partition, NEWEST, null));
            }
            counts.put(state, count);
        }
        return counts;
    }

    private record Range(String index, String hash, String partition, String below, @Nullable String tenant) {

        QueryRequest.Builder query(String table) {
            Map<String, AttributeValue> values = new HashMap<>(
                    Map.of(":partition", text(partition), ":below", text(below)));
            QueryRequest.Builder query = QueryRequest.builder().tableName(table).indexName(index)
                    .keyConditionExpression(hash + " = :partition AND place < :below").scanIndexForward(false);
            if (tenant != null) {
                values.put(":tenant", text(tenant));
                query.filterExpression("tenant = :tenant");
            }
            return query.expressionAttributeValues(values);
        }
    }

    /** The next places of a query, newest first, merged over its partitions. */
    private List<String> places(RunQuery query, String below, int limit) {
        List<Range> ranges = new ArrayList<>();
        if (query.states().isEmpty()) {
            items.partitions(Items.RUN_LIST).forEach(partition -> ranges
                    .add(new Range(DynamoTables.RUNS_BY_TIME, "listShard", partition, below, query.tenant())));
        }
        for (JobState state : query.states()) {
            items.partitions(state).forEach(partition -> ranges
                    .add(new Range(DynamoTables.RUNS_BY_STATE, "stateShard", partition, below, query.tenant())));
        }
        // A set: a job that changes its state between two queries is in both.
        TreeSet<String> places = new TreeSet<>(Comparator.reverseOrder());
        ranges.forEach(range -> places.addAll(places(range, limit)));
        return places.stream().limit(limit).toList();
    }

    private List<String> places(Range range, int limit) {
        List<String> places = new ArrayList<>();
        QueryRequest.Builder query = range.query(table);
        if (range.tenant() == null && limit < Integer.MAX_VALUE) {
            query.limit(limit);
        }
        return Failures.reading("a list of runs", () -> {
            for (var page : client.queryPaginator(query.build())) {
                for (Map<String, AttributeValue> item : page.items()) {
                    places.add(Items.required(item, "place").s());
                    if (places.size() == limit) {
                        return places;
                    }
                }
            }
            return places;
        });
    }

    private long count(Range range) {
        return Failures.reading("a count of runs", () -> {
            long count = 0;
            for (var page : client.queryPaginator(range.query(table).select(Select.COUNT).build())) {
                count += page.count();
            }
            return count;
        });
    }

    private Map<String, JobRun> rows(Collection<String> jobIds) {
        Map<String, JobRun> rows = new HashMap<>();
        List<String> ids = List.copyOf(jobIds);
        for (int from = 0; from < ids.size(); from += MAX_BATCH) {
            batch(ids.subList(from, Math.min(ids.size(), from + MAX_BATCH)), rows);
        }
        return rows;
    }

    private void batch(List<String> ids, Map<String, JobRun> rows) {
        Map<String, KeysAndAttributes> wanted = Map.of(table, KeysAndAttributes.builder().consistentRead(true)
                .keys(ids.stream().map(id -> Map.of("jobId", text(id))).toList()).build());
        for (int attempt = 1; !wanted.isEmpty(); attempt++) {
            if (attempt > backoff.attempts()) {
                throw new StoreUnavailable("DynamoDB left " + wanted.size() + " rows of a list unread", null);
            }
            if (attempt > 1) {
                backoff.waitAfter(attempt - 1);
            }
            Map<String, KeysAndAttributes> keys = wanted;
            BatchGetItemResponse answer = Failures.reading("rows of a list",
                    () -> client.batchGetItem(request -> request.requestItems(keys)));
            answer.responses().getOrDefault(table, List.of()).forEach(item -> {
                JobRun run = Items.run(item);
                rows.put(run.jobId(), run);
            });
            wanted = answer.unprocessedKeys();
        }
    }

    private static String jobId(String place) {
        return place.substring(place.indexOf('#') + 1);
    }
}
