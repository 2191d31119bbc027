package io.stepyard.clusters.http;

import java.nio.charset.StandardCharsets;

/** An HTTP answer as it came, before anybody believed it. */
final class Reply {

    private final int status;
    private final byte[] body;

    Reply(int status, byte[] body) {
        this.status = status;
        this.body = body.clone();
    }

    static Reply of(int status, String body) {
        return new Reply(status, body.getBytes(StandardCharsets.UTF_8));
    }

    int status() {
        return status;
    }

    byte[] bytes() {
        return body.clone();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
