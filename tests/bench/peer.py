"""The operators of OperatorBenchmark, the U-Net of Stable Diffusion 1.5, and training steps of a smaller U-Net and of an
autoencoder, in plain torch: medians on this machine.

    python peer.py operators [--places SD15_64,EMBEDDED_16] [--precision fp32|bf16]
    python peer.py unet --latent 64 [--precision fp32|bf16]
    python peer.py train [--latent 32] [--batch 16] [--precision fp32|bf16]
    python peer.py train_vae [--latent 16] [--batch 8] [--precision fp32|bf16]
    python peer.py lora [--latent 64] [--batch 1] [--precision fp32|bf16] [--checkpointing]
"""

import argparse
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

PLACES = {  # channels, side, heads
    "SD15_64": (320, 64, 8),
    "SD15_32": (640, 32, 8),
    "SD15_16": (1280, 16, 8),
    "SD15_8": (1280, 8, 8),
    "EMBEDDED_16": (128, 16, 2),
    "EMBEDDED_8": (240, 8, 4),
}
BATCH, PROMPT_LENGTH, PROMPT_WIDTH, GROUPS = 2, 77, 768, 16
CONTEXT_WIDTH = 256


class Attention(nn.Module):
    def __init__(self, width, context_width, heads):
        super().__init__()
        self.heads = heads
        self.queries = nn.Linear(width, width, bias=False)
        self.keys = nn.Linear(context_width, width, bias=False)
        self.values = nn.Linear(context_width, width, bias=False)
        self.out = nn.Linear(width, width)

    def forward(self, x, context):
        parts = self.queries(x), self.keys(context), self.values(context)
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in parts)
        return self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gated = nn.Linear(width, 8 * width)
        self.out = nn.Linear(4 * width, width)

    def forward(self, x):
        h, gate = self.gated(x).chunk(2, dim=-1)
        return self.out(h * F.gelu(gate))


class Transformer(nn.Module):
    def __init__(self, channels, context_width, heads):
        super().__init__()
        self.norm = nn.GroupNorm(32, channels, 1e-6)
        self.proj_in = nn.Conv2d(channels, channels, 1)
        self.norms = nn.ModuleList(nn.LayerNorm(channels) for _ in range(3))
        self.self_attention = Attention(channels, channels, heads)
        self.cross_attention = Attention(channels, context_width, heads)
        self.feed_forward = FeedForward(channels)
        self.proj_out = nn.Conv2d(channels, channels, 1)

    def forward(self, x, context):
        tokens = self.proj_in(self.norm(x)).flatten(2).transpose(1, 2)
        normed = self.norms[0](tokens)
        tokens = tokens + self.self_attention(normed, normed)
        tokens = tokens + self.cross_attention(self.norms[1](tokens), context)
        tokens = tokens + self.feed_forward(self.norms[2](tokens))
        return x + self.proj_out(tokens.transpose(1, 2).unflatten(2, x.shape[2:]))


class Untouched(nn.Module):
    def forward(self, x, context):
        return x


class Resnet(nn.Module):
    def __init__(self, inputs, outputs, time_width=0):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(32, inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.time = nn.Linear(time_width, outputs) if time_width else None
        self.norm2, self.conv2 = nn.GroupNorm(32, outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.shortcut = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x, time=None):
        h = self.conv1(F.silu(self.norm1(x)))
        h = h if self.time is None else h + self.time(F.silu(time))[:, :, None, None]
        return self.shortcut(x) + self.conv2(F.silu(self.norm2(h)))


class UNet(nn.Module):
    """Ronneberger et al. 2015 as Rombach et al. 2022 use it, with cross-attention at the first resolutions."""

    def __init__(self, widths, attended, context_width, layers=2, latent=4, heads=8):
        super().__init__()
        self.context_width = context_width
        self.time_width = 4 * widths[0]
        self.time = nn.Sequential(nn.Linear(widths[0], self.time_width), nn.SiLU(), nn.Linear(self.time_width, self.time_width))
        self.conv_in = nn.Conv2d(latent, widths[0], 3, padding=1)
        self.downs, self.ups, skips, width = nn.ModuleList(), nn.ModuleList(), [widths[0]], widths[0]
        block = lambda inputs, outputs, attends=True: nn.ModuleList([
            Resnet(inputs, outputs, self.time_width),
            Transformer(outputs, context_width, heads) if attends else Untouched()])
        for level, outputs in enumerate(widths):
            for _ in range(layers):
                self.downs.append(block(width, outputs, level < attended))
                width = outputs
                skips.append(width)
            if level < len(widths) - 1:
                self.downs.append(nn.Conv2d(width, width, 3, stride=2, padding=1))
                skips.append(width)
        self.mid = nn.ModuleList([*block(width, width), Resnet(width, width, self.time_width)])
        for level, outputs in reversed(list(enumerate(widths))):
            for _ in range(layers + 1):
                self.ups.append(block(width + skips.pop(), outputs, level < attended))
                width = outputs
            if level > 0:
                self.ups.append(nn.Conv2d(width, width, 3, padding=1))
        self.norm_out, self.conv_out = nn.GroupNorm(32, width), nn.Conv2d(width, latent, 3, padding=1)

    def forward(self, x, timesteps, context):
        half = self.time[0].in_features // 2
        angles = timesteps[:, None] * torch.exp(-torch.arange(half) * (9.2103404 / half))
        time = self.time(torch.cat([angles.cos(), angles.sin()], dim=1).to(x.dtype))
        x = self.conv_in(x)
        skips = [x]
        for part in self.downs:
            x = part(x) if isinstance(part, nn.Conv2d) else part[1](part[0](x, time), context)
            skips.append(x)
        x = self.mid[2](self.mid[1](self.mid[0](x, time), context), time)
        for part in self.ups:
            if isinstance(part, nn.Conv2d):
                x = part(F.interpolate(x, scale_factor=2.0))
            else:
                x = part[1](part[0](torch.cat([x, skips.pop()], dim=1), time), context)
        return self.conv_out(F.silu(self.norm_out(x)))


class PixelAttention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.GroupNorm(32, channels)
        self.queries, self.keys, self.values, self.out = (nn.Linear(channels, channels) for _ in range(4))

    def forward(self, x):
        tokens = self.norm(x).flatten(2).transpose(1, 2)
        attended = F.scaled_dot_product_attention(self.queries(tokens), self.keys(tokens), self.values(tokens))
        return x + self.out(attended).transpose(1, 2).unflatten(2, x.shape[2:])


class Autoencoder(nn.Module):
    """Rombach et al. 2022, section 3.1, with a KL-regularised latent space."""

    def __init__(self, widths=(32, 64, 128, 128), layers=2, latent=4):
        super().__init__()
        middle = lambda: [Resnet(width, width), PixelAttention(width), Resnet(width, width), nn.GroupNorm(32, width)]
        width, encoder = widths[0], [nn.Conv2d(3, widths[0], 3, padding=1)]
        for level, outputs in enumerate(widths):
            for _ in range(layers):
                encoder.append(Resnet(width, outputs))
                width = outputs
            if level < len(widths) - 1:
                encoder += [nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(width, width, 3, stride=2)]
        encoder += [*middle(), nn.SiLU(), nn.Conv2d(width, 2 * latent, 3, padding=1), nn.Conv2d(2 * latent, 2 * latent, 1)]
        decoder = [nn.Conv2d(latent, latent, 1), nn.Conv2d(latent, width, 3, padding=1), *middle()[:3]]
        for level, outputs in reversed(list(enumerate(widths))):
            for _ in range(layers + 1):
                decoder.append(Resnet(width, outputs))
                width = outputs
            if level > 0:
                decoder += [nn.Upsample(scale_factor=2), nn.Conv2d(width, width, 3, padding=1)]
        decoder += [nn.GroupNorm(32, width), nn.SiLU(), nn.Conv2d(width, 3, 3, padding=1)]
        self.encoder, self.decoder = nn.Sequential(*encoder), nn.Sequential(*decoder)

    def forward(self, x):
        mean, logvar = self.encoder(x).float().chunk(2, dim=1)
        logvar = logvar.clamp(-30, 20)
        kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).sum() / len(x)
        return self.decoder(mean + (0.5 * logvar).exp() * torch.randn_like(mean)), kl


class LowRank(nn.Module):
    """Hu et al. 2021: a frozen linear layer, and the product of two small matrices beside it."""

    def __init__(self, frozen, rank=16):
        super().__init__()
        self.frozen = frozen
        self.down = nn.Linear(frozen.in_features, rank, bias=False)
        self.up = nn.Linear(rank, frozen.out_features, bias=False)
        nn.init.zeros_(self.up.weight)

    def forward(self, x):
        return self.frozen(x) + self.up(self.down(x))


def stable_diffusion():
    """The U-Net of version 1.5."""
    return UNet((320, 640, 1280, 1280), attended=3, context_width=PROMPT_WIDTH)


def with_low_rank(dtype):
    """Stable Diffusion 1.5, whose frozen weights are never in another type."""
    torch.set_default_dtype(dtype)
    unet = stable_diffusion().requires_grad_(False)
    torch.set_default_dtype(torch.float32)
    for attention in [part for part in unet.modules() if isinstance(part, Attention)]:
        for name in "queries", "keys", "values", "out":
            setattr(attention, name, LowRank(getattr(attention, name)))
    return unet


def checkpoint_blocks(unet):
    for block in [part for part in unet.modules() if isinstance(part, (Resnet, Transformer))]:
        whole = block.forward
        block.forward = lambda *inputs, whole=whole: checkpoint(whole, *inputs, use_reentrant=False)


def seconds(body, warmup, times):
    taken = []
    for i in range(warmup + times):
        start = time.perf_counter()
        body()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[warmup:])


def operators(arguments, dtype):
    for place in arguments.places.split(","):
        width, side, heads = PLACES[place]
        pixels = torch.randn(BATCH, width, side, side)
        tokens = torch.randn(BATCH, side * side, width)
        prompt = torch.randn(BATCH, PROMPT_LENGTH, PROMPT_WIDTH)
        norm = nn.GroupNorm(GROUPS, width)
        layers = {
            "convolution": (nn.Conv2d(width, width, 3, padding=1), pixels),
            "linear": (nn.Linear(width, width), tokens),
            "selfAttention": (Attention(width, width, heads), tokens, tokens),
            "crossAttention": (Attention(width, PROMPT_WIDTH, heads), tokens, prompt),
            "feedForward": (FeedForward(width), tokens),
            "groupNormSilu": (nn.Sequential(norm, nn.SiLU()), pixels),
        }
        for name, (layer, *inputs) in layers.items():
            layer, inputs = layer.to(dtype), [x.to(dtype) for x in inputs]
            with torch.inference_mode():
                taken = seconds(lambda: layer(*inputs), arguments.warmup, arguments.times)
            print(f"{name:15} {place:12} {arguments.precision} {taken * 1e3:9.3f} ms")


def predict(arguments, dtype):
    """Stable Diffusion 1.5, the two samples of guidance."""
    unet = stable_diffusion().to(dtype, memory_format=torch.channels_last)
    latents = torch.randn(BATCH, 4, arguments.latent, arguments.latent, dtype=dtype)
    latents = latents.contiguous(memory_format=torch.channels_last)
    prompt, timesteps = torch.randn(BATCH, PROMPT_LENGTH, PROMPT_WIDTH, dtype=dtype), torch.full((BATCH,), 500.0)
    with torch.inference_mode():
        report(unet, BATCH, seconds(lambda: unet(latents, timesteps, prompt), 2, arguments.times))


def report(network, samples, taken):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(f"{sum(p.numel() for p in network.parameters()):,} parameters, {taken:.3f} s per step,"
          f" {samples / taken:.2f} samples/s, peak {peak:.0f} MB")


def noise_loss(unet, arguments):
    shape = arguments.batch, 4, arguments.latent, arguments.latent
    noise, timesteps = torch.randn(shape), torch.randint(1000, shape[:1]).float()
    predicted = unet(torch.randn(shape), timesteps, torch.randn(shape[0], PROMPT_LENGTH, unet.context_width))
    return F.mse_loss(predicted.float(), noise)


def reconstruction_loss(autoencoder, arguments):
    side = 8 * arguments.latent
    pixels = torch.randn(arguments.batch, 3, side, side)
    decoded, kl = autoencoder(pixels)
    return F.l1_loss(decoded.float(), pixels) + 1e-6 * kl


def train(arguments, dtype, network, loss):
    learning = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=1e-4, fused=True)

    def step():
        with torch.autocast("cpu", torch.bfloat16, enabled=dtype == torch.bfloat16):
            error = loss(network, arguments)
        error.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        optimizer.zero_grad()

    report(network, arguments.batch, seconds(step, 2, arguments.times))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["operators", "unet", "train", "train_vae", "lora"])
    parser.add_argument("--places", default=",".join(PLACES))
    parser.add_argument("--precision", default="fp32", choices=["fp32", "bf16"])
    parser.add_argument("--latent", type=int, default=32)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--checkpointing", action="store_true")
    parser.add_argument("--warmup", type=int, default=5)
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    dtype = torch.bfloat16 if arguments.precision == "bf16" else torch.float32
    if arguments.what == "operators":
        operators(arguments, dtype)
    elif arguments.what == "train":
        train(arguments, dtype, UNet((128, 256, 384), 3, CONTEXT_WIDTH), noise_loss)
    elif arguments.what == "lora":
        unet = with_low_rank(dtype)
        if arguments.checkpointing:
            checkpoint_blocks(unet)
        train(arguments, dtype, unet, noise_loss)
    elif arguments.what == "unet":
        predict(arguments, dtype)
    else:
        train(arguments, dtype, Autoencoder(), reconstruction_loss)


if __name__ == "__main__":
    main()
