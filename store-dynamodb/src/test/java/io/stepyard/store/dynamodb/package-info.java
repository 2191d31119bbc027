/** The DynamoDB store against its contract and against a client that fails on purpose. */
@NullMarked
package io.stepyard.store.dynamodb;

import org.jspecify.annotations.NullMarked;
