package io.percolate.studio.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a server listens, and who may use it.
 *
 * @param host name or address to listen on
 * @param port 0 for one that is free
 * @param token that requests must have; needed unless only this machine can reach the address
 */
public record Binding(String host, int port, Optional<String> token) {

    private static final int SHORTEST_TOKEN = 16;

    /** This machine alone, on a port that is free. */
    public static final Binding LOCAL = new Binding("127.0.0.1", 0, Optional.empty());

    public Binding {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        if (token.isPresent() && token.get().length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException("a token of " + token.get().length()
                    + " characters can be guessed: give " + SHORTEST_TOKEN + " or more");
        }
        if (token.isEmpty() && !isLoopback(host)) {
            throw new IllegalArgumentException("others can reach " + host + ": give a token, or listen on 127.0.0.1");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("this machine has no address called " + host, unknown);
        }
    }
}
