package io.stepyard.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads request bodies within a bound. */
public final class RequestBodies {

    /** What Step Functions takes as an execution's input: a longer job could not be submitted anyway. */
    public static final int MAX_BYTES = 262_144;

    private RequestBodies() {}

    /**
     * The body as text, which may be empty.
     *
     * @throws ApiException 415 for another media type than JSON, 413 above {@value #MAX_BYTES} bytes, 400 when it is no UTF-8
     */
    public static String json(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw tooLarge();
        }
        if (body.length > 0) {
            requireJson(request.getContentType());
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException notText) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "BAD_JSON", "Expected a body in UTF-8, but it is not.");
        }
    }

    private static void requireJson(@Nullable String contentType) {
        try {
            if (contentType != null && MediaType.APPLICATION_JSON.isCompatibleWith(
                    MediaType.parseMediaType(contentType))) {
                return;
            }
        } catch (InvalidMediaTypeException unreadable) {
            throw wrongType(unreadable.getMediaType());
        }
        throw wrongType(String.valueOf(contentType));
    }

    private static ApiException wrongType(String found) {
        return new ApiException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE",
                "Expected Content-Type application/json, but found '" + ApiException.cut(found) + "'.");
    }

    private static ApiException tooLarge() {
        return new ApiException(HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE",
                "Expected a body of at most " + MAX_BYTES + " bytes.");
    }
}
