package io.percolate.pipeline.training.space;

import io.percolate.nn.layers.Parameter;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256, hexadecimal and cut to 128 bits: tells images and autoencoders apart by what they are. */
final class Fingerprint {

    private static final int BYTES = 16;
    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest = sha256();

    private Fingerprint() {}

    /** Of the content of {@code file}. */
    static String of(Path file) throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                fingerprint.digest.update(buffer, 0, count);
            }
        }
        return fingerprint.text();
    }

    /** Of some texts in their order. */
    static String of(Iterable<String> texts) {
        Fingerprint fingerprint = new Fingerprint();
        texts.forEach(fingerprint::add);
        return fingerprint.text();
    }

    /**
     * Of all that the latents of {@code vae} depend on before they are scaled: the values of its encoder, and its shape.
     * Saving it again, measuring its latent scale, or training its decoder alone leaves the fingerprint as it is.
     */
    static String ofEncoder(AutoencoderKl vae) {
        Fingerprint fingerprint = new Fingerprint();
        Map<String, Object> shape = new TreeMap<>(VaeJson.write(vae.config()).values());
        shape.keySet()
                .removeIf(key -> key.startsWith("_")
                        || key.startsWith("scaling_")
                        || key.startsWith("shift_")
                        || key.startsWith("latents_"));
        fingerprint.add(shape.toString());
        new TreeMap<>(vae.parameters()).forEach((name, parameter) -> {
            if (name.startsWith("encoder.") || name.startsWith("quant_conv.")) {
                fingerprint.add(name, parameter);
            }
        });
        return fingerprint.text();
    }

    private void add(String name, Parameter parameter) {
        add(name + parameter.shape());
        ByteBuffer values = parameter.value().toByteBuffer();
        digest.update(values);
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
