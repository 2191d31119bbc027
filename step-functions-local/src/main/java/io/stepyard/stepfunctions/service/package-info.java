/** Other services that Task states call: objects in a local directory, queues and topics behind an endpoint. */
@NullMarked
package io.stepyard.stepfunctions.service;

import org.jspecify.annotations.NullMarked;
