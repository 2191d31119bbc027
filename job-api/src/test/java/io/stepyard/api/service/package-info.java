/** The service, started with each store. */
@NullMarked
package io.stepyard.api.service;

import org.jspecify.annotations.NullMarked;
