package io.stepyard.stepfunctions.fuzz;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A bare HTTP connection that is kept open, so that a million requests take minutes and may be malformed. */
final class HttpLine implements AutoCloseable {
    private static final int ANSWER_WITHIN_MILLIS = 20_000;

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    HttpLine(int port) {
        this.port = port;
    }

    /** A whole answer; status 0 where the server closed the connection without one. */
    record Answer(int status, String body) {}

    private Socket open() throws IOException {
        Socket open = socket;
        if (open == null || open.isClosed()) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setSoTimeout(ANSWER_WITHIN_MILLIS);
            open.setTcpNoDelay(true);
            socket = open;
            in = new BufferedInputStream(open.getInputStream(), 1 << 14);
        }
        return open;
    }

    Answer post(String target, byte[] body) throws IOException {
        OutputStream out = open().getOutputStream();
        byte[] head = ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: AWSStepFunctions." + target
                + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        out.write(whole);
        out.flush();
        return read();
    }

    /** Sends bytes that need not be HTTP on a connection of their own, then nothing more. */
    Answer raw(byte[] bytes) throws IOException {
        close();
        Socket open = open();
        try {
            open.getOutputStream().write(bytes);
            open.shutdownOutput();
            return read();
        } catch (IOException closedOnUs) {
            return new Answer(0, "");
        } finally {
            close();
        }
    }

    private Answer read() throws IOException {
        String status = line();
        if (status.isEmpty()) {
            close();
            return new Answer(0, "");
        }
        int length = 0;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:") ? Integer.parseInt(lower.substring(15).strip()) : length;
            last |= lower.startsWith("connection:") && lower.contains("close");
        }
        InputStream from = in;
        byte[] body = from == null ? new byte[0] : from.readNBytes(length);
        if (last) {
            close();
        }
        return new Answer(Integer.parseInt(status.split(" ", -1)[1]), new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream from = in;
        if (from == null) {
            return "";
        }
        for (int next = from.read(); next >= 0 && next != '\n'; next = from.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
