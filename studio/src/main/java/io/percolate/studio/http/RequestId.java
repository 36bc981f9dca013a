package io.percolate.studio.http;

import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Numbers requests at random, for answers and log alike. */
public final class RequestId {

    private static final String ATTRIBUTE = "request-id";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestId() {}

    /** {@code bytes} random bytes in hexadecimal digits: nobody can guess 16 of them. */
    public static String random(int bytes) {
        byte[] id = new byte[bytes];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    static void give(Context context) {
        String id = random(6);
        context.attribute(ATTRIBUTE, id);
        context.header("X-Request-Id", id);
    }

    /** That of a request; {@code -} for one that was refused before it got any. */
    static String of(Context context) {
        String id = context.attribute(ATTRIBUTE);
        return id == null ? "-" : id;
    }
}
