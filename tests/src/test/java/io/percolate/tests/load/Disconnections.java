package io.percolate.tests.load;

import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.server.StudioServer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask a server for long generations and leave at random moments, some in the middle of a request. */
final class Disconnections {

    private static final String[] PATHS = {"/api/generate", "/sdapi/v1/txt2img", "/v1/images/generations"};
    private static final String BODY = "{\"prompt\": \"an owl\", \"steps\": 150}";
    private static final int AT_ONCE = 20;
    private static final int LONGEST_STAY = 800;
    private static final int SECONDS_TO_SETTLE = 60;

    private Disconnections() {}

    /** What the server held before they came and once all was quiet again. */
    record Outcome(Held before, Held after) {

        /** Whether nothing is left of them. */
        boolean isGood() {
            return after.jobs() == 0 && after.arrays() == before.arrays();
        }
    }

    /** {@code Disconnections 200}: how many clients; fails if something is left of them. */
    public static void main(String[] arguments) throws Exception {
        Outcome outcome = run(Integer.parseInt(arguments[0]), Path.of("unused"));
        System.out.println(outcome);
        System.exit(outcome.isGood() ? 0 : 1);
    }

    static Outcome run(int clients, Path gallery) throws Exception {
        try (StudioServer server = StudioServer.start(ServerSettings.embedded(Binding.LOCAL, gallery))) {
            stay(server);
            Held before = settled(server);
            come(server, clients, new Random(7));
            return new Outcome(before, settled(server));
        }
    }

    /** One client who waits for previews and image, after which every weight is where it stays. */
    private static void stay(StudioServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve(PATHS[0]))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"prompt\": \"an owl\", \"steps\": 3}"))
                .build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }

    private static void come(StudioServer server, int clients, Random random) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Void>> visits = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                String path = PATHS[i % PATHS.length];
                int stay = random.nextInt(LONGEST_STAY);
                boolean isCutOff = random.nextInt(5) == 0;
                visits.add(() -> visit(server.address().getPort(), path, stay, isCutOff));
            }
            for (Future<Void> visit : threads.invokeAll(visits)) {
                visit.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Void visit(int port, String path, int stay, boolean isCutOff)
            throws IOException, InterruptedException {
        String body = isCutOff ? BODY.substring(0, BODY.length() / 2) : BODY;
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + BODY.length() + "\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(stay);
        }
        return null;
    }

    /** What the server holds as soon as nothing runs or waits, or after a minute. */
    private static Held settled(StudioServer server) throws IOException, InterruptedException {
        Held held = Held.by(server.address());
        for (int i = 0; i < SECONDS_TO_SETTLE * 10 && held.jobs() > 0; i++) {
            Thread.sleep(100);
            held = Held.by(server.address());
        }
        return held;
    }
}
