/**
 * The stores on DynamoDB. {@link io.stepyard.store.dynamodb.DynamoStore} is the way in; tables.json beside this package says the keys and
 * indexes of the tables, for the store and for the deployment alike.
 */
@NullMarked
package io.stepyard.store.dynamodb;

import org.jspecify.annotations.NullMarked;
