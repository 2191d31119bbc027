/** The job API as a client sees it: over HTTP, against the in-memory store, held to its own document. */
@NullMarked
package io.stepyard.api;

import org.jspecify.annotations.NullMarked;
