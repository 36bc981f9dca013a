package io.percolate.studio.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Tells whether the client of a request still waits for its answer, which servlets do not: while a request is served,
 * nothing else reads from its connection.
 */
public final class ClientConnection {

    private final Context context;
    private boolean readable = true;

    /** The connection of a request whose body is read. */
    public ClientConnection(Context context) {
        this.context = context;
    }

    /** Throws if the client closed the connection. */
    public void requireOpen() {
        EndPoint end = Request.getBaseRequest(context.req()).getHttpChannel().getEndPoint();
        if (readable && end instanceof SocketChannelEndPoint socket) {
            look(socket.getChannel());
        }
    }

    /** What came after the request is lost with the byte that was read, so that the connection serves no more. */
    private void look(ByteChannel channel) {
        try {
            int count = channel.read(ByteBuffer.allocate(1));
            if (count < 0) {
                throw new ClientGoneException();
            }
            if (count > 0) {
                readable = false;
                context.header("Connection", "close");
            }
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }
}
