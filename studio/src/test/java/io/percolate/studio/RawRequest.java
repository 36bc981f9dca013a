package io.percolate.studio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request that is written by hand, for clients that behave as no library does. */
final class RawRequest {

    private static final int SMALL_BUFFER = 2048;

    private RawRequest() {}

    /** Connects, with little room for what is not read yet, and sends a whole request. */
    static Socket post(int port, String path, String json) throws IOException {
        Socket socket = head(port, path, json.length());
        write(socket, json);
        return socket;
    }

    /** Connects and sends the head of a request. */
    static Socket head(int port, String path, int bodyLength) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        write(
                socket,
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + bodyLength + "\r\n\r\n");
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The first line of the answer. */
    static String firstLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }
}
