/** The words every other room speaks: jobs, attempts, clusters, resources and what can go wrong with them. */
@NullMarked
package io.stepyard.model;

import org.jspecify.annotations.NullMarked;
