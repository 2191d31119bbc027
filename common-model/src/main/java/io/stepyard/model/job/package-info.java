/** What a tenant asks for: the job, what it runs, when to retry it, and how it can fail. */
@NullMarked
package io.stepyard.model.job;

import org.jspecify.annotations.NullMarked;
