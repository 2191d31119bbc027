/** The job API as a service of its own, over the embedded store of a runtime that is not running, or over DynamoDB. */
@NullMarked
package io.stepyard.api.service;

import org.jspecify.annotations.NullMarked;
