package io.percolate.studio.http;

import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What every request passes first. A name in {@code Host} that is not the server's own means that somebody else's name
 * leads here (DNS rebinding); an {@code Origin} that is not this host's means that a page of somebody else sends the
 * request; and where there is a token, the request must have it.
 */
public final class Guards {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\]");
    private static final Pattern PUBLIC =
            Pattern.compile("/|/assets/[^/]+|/health|/ready|/images/[0-9a-f]{32}\\.png|/api/session");
    private static final String COOKIE = "percolate-session";
    private static final String BEARER = "Bearer ";
    private static final int SESSIONS = 1000;

    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self';"
                    + " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final Set<String> names;
    private final Optional<String> token;
    private final Map<String, Boolean> sessions = Collections.synchronizedMap(new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > SESSIONS;
        }
    });

    /**
     * Guards of a server.
     *
     * @param names of the server, beside addresses and {@code localhost}
     * @param token that every request must have, if there is one
     */
    public Guards(Set<String> names, Optional<String> token) {
        this.names = Set.copyOf(names);
        this.token = token;
    }

    /** Lets a request pass, or throws. */
    public void check(Context context) {
        RequestId.give(context);
        setHeaders(context);
        if (token.isEmpty()) { // whoever is led here by another name has no token
            requireOwnHost(context);
        }
        requireOwnOrigin(context);
        if (token.isPresent() && !PUBLIC.matcher(context.path()).matches() && !isKnown(context)) {
            throw new HttpFailure(401, "a token is needed: send it as Authorization: Bearer TOKEN");
        }
    }

    /** Gives a browser that has the token a cookie in its place, which images can be asked for with. */
    public void openSession(Context context) {
        if (token.isPresent() && !hasToken(context)) {
            throw new HttpFailure(401, "this is not the token");
        }
        String id = RequestId.random(32);
        sessions.put(id, true);
        context.header("Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Strict");
        Answers.json(context, Map.of("open", true));
    }

    private static void setHeaders(Context context) {
        context.header("Content-Security-Policy", CONTENT_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "SAMEORIGIN")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cache-Control", "no-store");
    }

    private void requireOwnHost(Context context) {
        String host = host(context);
        boolean own = ADDRESS.matcher(host).matches() || host.equals("localhost") || names.contains(host);
        if (!own) {
            throw new HttpFailure(421, "this server does not go by that name");
        }
    }

    private static String host(Context context) {
        String host = Optional.ofNullable(context.header("Host")).orElse("");
        return host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
    }

    private static void requireOwnOrigin(Context context) {
        String origin = context.header("Origin");
        String site = context.header("Sec-Fetch-Site");
        boolean reads = context.method().name().equals("GET");
        if (origin != null && !isOwn(origin, context) || !reads && "cross-site".equals(site)) {
            throw new HttpFailure(403, "requests from pages of other sites are refused");
        }
    }

    private static boolean isOwn(String origin, Context context) {
        try {
            return String.valueOf(URI.create(origin).getRawAuthority()).equalsIgnoreCase(context.header("Host"));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private boolean isKnown(Context context) {
        String session = context.cookie(COOKIE);
        return hasToken(context) || session != null && sessions.containsKey(session);
    }

    /** Takes as long for a token that is almost right as for any other. */
    private boolean hasToken(Context context) {
        String header = Optional.ofNullable(context.header("Authorization")).orElse("");
        String given = header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
        return token.filter(known -> MessageDigest.isEqual(bytes(known), bytes(given)))
                .isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
