package io.stepyard.store.dynamodb;

import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWriteRules;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Transactions: what DynamoDB's reasons for cancelling one mean, and which of them are worth another attempt. */
final class DynamoTransactions {

    private final DynamoDbClient client;
    private final TransactItems transactItems;
    private final Backoff backoff;
    private final Supplier<String> requestTokens;

    DynamoTransactions(DynamoDbClient client, TransactItems transactItems, Backoff backoff,
            Supplier<String> requestTokens) {
        this.client = client;
        this.transactItems = transactItems;
        this.backoff = backoff;
        this.requestTokens = requestTokens;
    }

    /**
     * One request token for all attempts of a commit: when the first attempt happened but its answer was lost, DynamoDB knows the next
     * by its token and answers that it is done. Another commit gets another token, even with the same writes: reserving the same
     * amount twice is two reservations.
     */
    CommitResult commit(List<StoreWrite> writes) {
        List<TransactWriteItem> items = writes.stream().map(transactItems::of).toList();
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder().transactItems(items)
                .clientRequestToken(requestTokens.get()).build();
        for (int attempt = 1;; attempt++) {
            try {
                client.transactWriteItems(request);
                return new CommitResult.Committed();
            } catch (TransactionCanceledException cancelled) {
                List<String> codes = codes(cancelled, writes.size());
                int failed = codes.indexOf("ConditionalCheckFailed");
                if (failed >= 0) {
                    return new CommitResult.Conflict(failed, StoreWriteRules.expectation(writes.get(failed)));
                }
                requirePassing(writes, codes);
                if (attempt == backoff.attempts()) {
                    return inTheWay(writes, codes, cancelled);
                }
            } catch (TransactionInProgressException inProgress) {
                if (attempt == backoff.attempts()) {
                    throw Failures.unavailable("a transaction", inProgress);
                }
            } catch (SdkException failure) {
                // The client has tried again by itself, under the same token.
                throw Failures.unavailable("a transaction", failure);
            }
            backoff.waitAfter(attempt);
        }
    }

    private static List<String> codes(TransactionCanceledException cancelled, int size) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        return IntStream.range(0, size)
                .mapToObj(i -> i < reasons.size() ? Objects.requireNonNullElse(reasons.get(i).code(), "None") : "None")
                .toList();
    }

    /** Reasons that do not pass by waiting are a caller's bug: a row that is too large, a value that is none. */
    private static void requirePassing(List<StoreWrite> writes, List<String> codes) {
        for (int i = 0; i < codes.size(); i++) {
            switch (codes.get(i)) {
                case "None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded",
                        "DuplicateItem" -> {
                    // Passes.
                }
                default -> throw new IllegalArgumentException(
                        "Expected a write that DynamoDB takes, but it refused " + StoreWriteRules.row(writes.get(i))
                                + " with " + codes.get(i));
            }
        }
    }

    private static CommitResult inTheWay(List<StoreWrite> writes, List<String> codes,
            TransactionCanceledException cancelled) {
        int conflict = codes.indexOf("TransactionConflict");
        if (conflict < 0) {
            throw new StoreUnavailable("DynamoDB throttles transactions: " + codes.stream().distinct().toList(),
                    cancelled);
        }
        return new CommitResult.Conflict(-1,
                "another transaction was in the way on " + StoreWriteRules.row(writes.get(conflict)));
    }
}
