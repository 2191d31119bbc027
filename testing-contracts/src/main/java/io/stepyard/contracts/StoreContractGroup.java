package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.CommitResult;

/** A group of the store contract. */
abstract class StoreContractGroup {

    abstract StoreUnderTest store();

    static void assertCommitted(CommitResult result) {
        assertThat(result).isEqualTo(new CommitResult.Committed());
    }

    static void assertConflictAt(int index, CommitResult result) {
        assertThat(result).isInstanceOfSatisfying(CommitResult.Conflict.class, conflict -> {
            assertThat(conflict.index()).as(conflict.detail()).isEqualTo(index);
            assertThat(conflict.detail()).isNotBlank().doesNotContain("secret-token");
        });
    }
}
