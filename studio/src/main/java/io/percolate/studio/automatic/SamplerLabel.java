package io.percolate.studio.automatic;

import io.percolate.diffusion.samplers.published.SamplerKind;
import java.util.Arrays;
import java.util.Locale;

/**
 * A sampler as AUTOMATIC1111 calls it.
 *
 * @param kind the sampler
 * @param karras whether the name asks for the noise levels of Karras et al. 2022
 */
record SamplerLabel(SamplerKind kind, boolean karras) {

    private static final String KARRAS = " karras";

    /** What it is called there. */
    static String of(SamplerKind kind) {
        return switch (kind) {
            case DDPM -> "DDPM";
            case DDIM -> "DDIM";
            case PNDM -> "PLMS";
            case LMS -> "LMS";
            case EULER -> "Euler";
            case EULER_A -> "Euler a";
            case HEUN -> "Heun";
            case DPM2 -> "DPM2";
            case DPMPP_2M -> "DPM++ 2M";
            case DPMPP_2M_SDE -> "DPM++ 2M SDE";
            case DPMPP_2S -> "DPM++ 2S";
            case DPMPP_3M -> "DPM++ 3M";
            case DEIS -> "DEIS";
            case UNIPC -> "UniPC";
            case LCM -> "LCM";
            case TCD -> "TCD";
        };
    }

    /** The sampler of that name, or of the name on Percolate's command line. */
    static SamplerLabel named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(KARRAS) ? lower.substring(0, lower.length() - KARRAS.length()) : lower;
        return Arrays.stream(SamplerKind.values())
                .filter(kind -> of(kind).toLowerCase(Locale.ROOT).equals(plain)
                        || kind.toString().equals(plain))
                .findFirst()
                .map(kind -> new SamplerLabel(kind, !plain.equals(lower)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no sampler of this name: /sdapi/v1/samplers has them all"));
    }
}
