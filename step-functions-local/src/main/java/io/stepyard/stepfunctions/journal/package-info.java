/** The journal: an append-only log with group commit, on disk or in memory. */
@NullMarked
package io.stepyard.stepfunctions.journal;

import org.jspecify.annotations.NullMarked;
