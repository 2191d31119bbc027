/** Commands that ask about jobs and clusters, or cancel jobs, through the job API. */
@NullMarked
package io.stepyard.cli.jobs;

import org.jspecify.annotations.NullMarked;
