/** The job API: what a host mounts to serve jobs, queue and clusters over HTTP, and the service that does only that. */
@NullMarked
package io.stepyard.api;

import org.jspecify.annotations.NullMarked;
