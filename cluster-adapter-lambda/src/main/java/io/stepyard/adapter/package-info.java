/** The function that speaks to clusters: start, status, error output, release. */
@NullMarked
package io.stepyard.adapter;

import org.jspecify.annotations.NullMarked;
