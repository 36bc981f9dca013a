package io.percolate.tests.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.server.StudioServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask a server with the embedded model for the same few images, as fast as they are answered. */
final class ServerLoad {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEEDS = 3;
    private static final int REFUSED = 429;
    private static final double MOST_GROWTH = 0.05;

    private final StudioServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> expected = new ArrayList<>();

    private ServerLoad(StudioServer server) {
        this.server = server;
    }

    /**
     * What came back, and what the server said that it held before and after.
     *
     * @param right images that are those of their seeds
     * @param refused requests that found no place in the queue
     * @param wrong all other answers
     */
    record Outcome(int right, int refused, int wrong, Held before, Held after) {

        /** How much more memory there is afterwards, as a part of that before. */
        double growth() {
            return after.residentMegabytes() / before.residentMegabytes() - 1;
        }

        /** Whether nothing was lost and nothing is left. */
        boolean isGood() {
            return wrong == 0 && after.arrays() == before.arrays() && !(growth() > MOST_GROWTH);
        }
    }

    /** {@code ServerLoad 50 500}: clients and requests; fails if an answer is wrong, or something is left. */
    public static void main(String[] arguments) throws Exception {
        Outcome outcome = run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Path.of("unused"));
        System.out.println(outcome);
        System.exit(outcome.isGood() ? 0 : 1);
    }

    /** Runs so many requests of so many clients. */
    static Outcome run(int clients, int requests, Path gallery) throws Exception {
        try (StudioServer server = StudioServer.start(ServerSettings.embedded(Binding.LOCAL, gallery))) {
            ServerLoad load = new ServerLoad(server);
            for (int seed = 0; seed < SEEDS; seed++) {
                load.expected.add(image(load.ask(seed)));
            }
            return load.measured(clients, requests);
        }
    }

    private Outcome measured(int clients, int requests) throws Exception {
        count(clients, requests); // every thread and buffer is there
        Held before = Held.by(server.address());
        int[] counts = count(clients, requests);
        return new Outcome(counts[0], counts[1], counts[2], before, Held.by(server.address()));
    }

    /** Right, refused and wrong answers. */
    private int[] count(int clients, int requests) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                int seed = i % SEEDS;
                calls.add(() -> judge(ask(seed), expected.get(seed)));
            }
            int[] counts = new int[3];
            for (Future<Integer> verdict : threads.invokeAll(calls)) {
                counts[verdict.get()]++;
            }
            return counts;
        } finally {
            threads.shutdown();
        }
    }

    private static int judge(HttpResponse<String> answer, String expected) throws IOException {
        if (answer.statusCode() == REFUSED) {
            return 1;
        }
        return answer.statusCode() == 200 && image(answer).equals(expected) ? 0 : 2;
    }

    private HttpResponse<String> ask(int seed) throws IOException, InterruptedException {
        String body = "{\"prompt\": \"an owl\", \"steps\": 1, \"size\": \"64x64\","
                + " \"response_format\": \"b64_json\", \"seed\": " + seed + "}";
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/v1/images/generations"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static String image(HttpResponse<String> answer) throws IOException {
        JsonNode data = JSON.readTree(answer.body()).path("data");
        return data.path(0).path("b64_json").asText();
    }
}
