/** What every path of the API shares: errors as problems, bounded bodies, checked parameters, guarded origins. */
@NullMarked
package io.stepyard.api.http;

import org.jspecify.annotations.NullMarked;
