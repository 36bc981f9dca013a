"""Every trajectory of the reference once more, with float64 numbers in every place.

The recorded trajectories come from diffusers, which computes x in float64, but sigmas and the coefficients of its steps
in float32: two right implementations may differ by a few parts in ten million. This script follows the formulas of
diffusers from the same float32 tables of alpha-bar and keeps float64 from there on, so that the last digits count.

    pip install numpy safetensors
    python trajectories.py REFERENCE/schedulers

The cases are those of the reference, and those of `options.json`, which try the options that it leaves alone. Written to
`trajectories.safetensors` are `x_T`, one value a channel, and for every case its `trajectory`, x after each step, and
`noise`, if it has any.
"""

import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file


def linspace(first, last, count):
    """torch.linspace in float32: counted from the nearer end."""
    first, last = np.float32(first), np.float32(last)
    step = np.float64((last - first) / np.float32(count - 1))
    i = np.arange(count)
    return np.where(i < count // 2, first + step * i, last - step * (count - 1 - i)).astype(np.float32)


def published_alphas_cumprod(config):
    """Betas are float32; their product is taken in float64 and kept in float32."""
    start, end, count = config["beta_start"], config["beta_end"], config["num_train_timesteps"]
    if config["beta_schedule"] == "linear":
        betas = linspace(start, end, count)
    else:
        betas = linspace(start**0.5, end**0.5, count) ** 2
    return np.cumprod((1 - betas).astype(np.float64)).astype(np.float32).astype(np.float64)


class Case:
    def __init__(self, json_case):
        self.steps, self.eta, self.config = json_case["steps"], json_case["eta"], json_case["config"]
        self.alphas_cumprod = published_alphas_cumprod(self.config)
        self.sigmas = np.sqrt(1 / self.alphas_cumprod - 1)
        self.train_steps = len(self.sigmas)
        self.prediction = self.config.get("prediction_type", "epsilon")

    def alpha_bar(self, timestep):
        if timestep >= 0:
            return self.alphas_cumprod[timestep]
        return 1.0 if self.config.get("set_alpha_to_one", True) else self.alphas_cumprod[0]

    def output(self, x, timestep):
        return np.tanh(0.7 * x + 0.3 * np.sin(timestep / 90))

    def x0_and_noise(self, x, alpha_bar, timestep):
        a, b, out = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar), self.output(x, timestep)
        if self.prediction == "epsilon":
            return (x - b * out) / a, out
        if self.prediction == "v_prediction":
            return a * x - b * out, a * out + b * x
        return out, (x - a * out) / b

    def slope(self, x, sigma, timestep):
        """(x - x0) / sigma for x = x0 + sigma noise."""
        alpha_bar = 1 / (sigma**2 + 1)
        x0, _ = self.x0_and_noise(x * np.sqrt(alpha_bar), alpha_bar, timestep)
        return (x - x0) / sigma

    # Where the steps are

    def timesteps(self, default):
        spacing, n, total = self.config.get("timestep_spacing", default), self.steps, self.train_steps
        if spacing == "linspace":
            return np.linspace(0, total - 1, n)[::-1]
        if spacing == "leading":
            return (np.arange(n) * (total // n))[::-1] + float(self.config.get("steps_offset", 0))
        return np.arange(total, 0, -total / n).round() - 1

    def whole_timesteps(self, default):
        return self.timesteps(default).round().astype(int)

    def solver_timesteps(self):
        spacing, n, total = self.config.get("timestep_spacing", "linspace"), self.steps, self.train_steps
        if spacing == "linspace":
            return np.linspace(0, total - 1, n + 1).round()[:0:-1]
        if spacing == "leading":
            return (np.arange(n + 1) * (total // (n + 1)))[:0:-1] + self.config.get("steps_offset", 0)
        return self.timesteps(spacing)

    def has(self, option):
        return self.config.get(option, False)

    def places_sigmas(self):
        return self.has("use_karras_sigmas") or self.has("use_exponential_sigmas")

    def placed(self, largest, smallest):
        if self.has("use_exponential_sigmas"):
            return np.exp(np.linspace(np.log(largest), np.log(smallest), self.steps))
        return np.linspace(largest ** (1 / 7), smallest ** (1 / 7), self.steps) ** 7

    def last_sigma(self):
        return self.sigmas[0] if self.config.get("final_sigmas_type") == "sigma_min" else 0

    def timestep_of(self, sigma):
        return np.interp(np.log(sigma), np.log(self.sigmas), np.arange(self.train_steps))

    def levels(self):
        """Timesteps and sigmas of the k-diffusion family; the network is told float32 timesteps."""
        timesteps = self.timesteps("linspace").astype(np.float32).astype(np.float64)
        sigmas = np.interp(timesteps, np.arange(self.train_steps), self.sigmas)
        if self.places_sigmas():
            sigmas = self.placed(sigmas[0], sigmas[-1])
            timesteps = self.timestep_of(sigmas).astype(np.float32).astype(np.float64)
        return timesteps, np.append(sigmas, self.last_sigma())

    def solver_levels(self, end):
        timesteps = self.solver_timesteps()
        sigmas = self.sigmas[timesteps.astype(int)]
        if self.places_sigmas():
            sigmas = self.placed(self.sigmas[-1], self.sigmas[0])
            timesteps = self.timestep_of(sigmas)
            timesteps = timesteps.round() if self.has("use_karras_sigmas") else np.floor(timesteps)
        return timesteps, np.append(sigmas, end)

    def first_noise(self):
        largest = self.levels()[1][0]
        leading = self.config.get("timestep_spacing") == "leading"
        return np.sqrt(largest**2 + 1) if leading else largest


# Samplers on alpha-bar: each takes a case, x and the noise of each step, and yields x after each step


def ddim(case, x, noise):
    for i, t in enumerate(case.whole_timesteps("leading")):
        now, then = case.alpha_bar(t), case.alpha_bar(t - case.train_steps // case.steps)
        x0, epsilon = case.x0_and_noise(x, now, t)
        std = case.eta * np.sqrt((1 - then) / (1 - now) * (1 - now / then))
        x = np.sqrt(then) * x0 + np.sqrt(1 - then - std**2) * epsilon + (std * noise[i] if std else 0)
        yield x


def ddpm(case, x, noise):
    alpha_bars = np.append(case.alphas_cumprod[case.whole_timesteps("leading")], 1)
    for i, t in enumerate(case.whole_timesteps("leading")):
        now, then = alpha_bars[i : i + 2]
        kept = now / then
        x0, _ = case.x0_and_noise(x, now, t)
        x = (np.sqrt(then) * (1 - kept) * x0 + np.sqrt(kept) * (1 - then) * x) / (1 - now)
        if t > 0:
            small = case.config.get("variance_type") != "fixed_large"
            variance = (1 - kept) * ((1 - then) / (1 - now) if small else 1)
            x = x + np.sqrt(max(variance, 1e-20)) * noise[i]
        yield x


def distilled_timesteps(case):
    count = case.config.get("original_inference_steps", 50)
    distilled = np.arange(count, 0, -1) * (case.train_steps // count) - 1
    return distilled[np.floor(np.linspace(0, count, case.steps, endpoint=False)).astype(int)]


def lcm(case, x, noise):
    timesteps = distilled_timesteps(case)
    for i, t in enumerate(timesteps):
        x0, _ = case.x0_and_noise(x, case.alpha_bar(t), t)
        time = case.config.get("timestep_scaling", 10.0) * t
        x = 0.25 / (time**2 + 0.25) * x + time / np.sqrt(time**2 + 0.25) * x0
        if i + 1 < case.steps:
            then = case.alpha_bar(timesteps[i + 1])
            x = np.sqrt(then) * x + np.sqrt(1 - then) * noise[i]
        yield x


def tcd(case, x, noise):
    timesteps = np.append(distilled_timesteps(case), 0)
    for i, t in enumerate(timesteps[:-1]):
        then = case.alpha_bar(timesteps[i + 1])
        between = case.alpha_bar(int(np.floor((1 - case.eta) * timesteps[i + 1])))
        x0, epsilon = case.x0_and_noise(x, case.alpha_bar(t), t)
        x = np.sqrt(between) * x0 + np.sqrt(1 - between) * epsilon
        if case.eta > 0 and i + 1 < case.steps:
            x = np.sqrt(then / between) * x + np.sqrt(1 - then / between) * noise[i]
        yield x


def pndm(case, x, noise):
    stride, outputs = case.train_steps // case.steps, []
    timesteps = case.whole_timesteps("linspace")

    def transfer(x, start, end, output):
        now, then = case.alpha_bar(start), case.alpha_bar(end)
        if case.prediction == "v_prediction":
            output = np.sqrt(now) * output + np.sqrt(1 - now) * x
        divisor = now * np.sqrt(1 - then) + np.sqrt(now * (1 - now) * then)
        return np.sqrt(then / now) * x - (then - now) * output / divisor

    for i, t in enumerate(timesteps):
        outputs.insert(0, case.output(x, t))
        weights = [[1], [3 / 2, -1 / 2], [23 / 12, -16 / 12, 5 / 12], [55 / 24, -59 / 24, 37 / 24, -9 / 24]]
        output = sum(w * o for w, o in zip(weights[min(i, 3)], outputs))
        start, x = x, transfer(x, t, t - stride, output)
        yield x
        if i == 0:
            second = timesteps[1]
            mean = (case.output(x, second) + outputs[0]) / 2
            x = transfer(start, min(second + stride, case.train_steps - 1), second, mean)
            yield x


# Samplers on sigma: x0 + sigma noise


def euler(case, x, noise):
    t, s = case.levels()
    for i in range(case.steps):
        x = x + (s[i + 1] - s[i]) * case.slope(x, s[i], t[i])
        yield x


def euler_ancestral(case, x, noise):
    t, s = case.levels()
    for i in range(case.steps):
        up = np.sqrt(s[i + 1] ** 2 * (s[i] ** 2 - s[i + 1] ** 2) / s[i] ** 2)
        down = np.sqrt(s[i + 1] ** 2 - up**2)
        x = x + (down - s[i]) * case.slope(x, s[i], t[i]) + up * noise[i]
        yield x


def heun(case, x, noise):
    t, s = case.levels()
    for i in range(case.steps):
        slope = case.slope(x, s[i], t[i])
        there = x + (s[i + 1] - s[i]) * slope
        if s[i + 1] > 0:
            there = x + (s[i + 1] - s[i]) * (slope + case.slope(there, s[i + 1], t[i + 1])) / 2
        x = there
        yield x


def dpm2(case, x, noise):
    t, s = case.levels()
    if case.has("use_karras_sigmas"):
        t = t.round()
    for i in range(case.steps):
        slope = case.slope(x, s[i], t[i])
        if s[i + 1] > 0:
            middle = np.exp((np.log(s[i]) + np.log(s[i + 1])) / 2)
            there = x + (middle - s[i]) * slope
            yield there
            slope = case.slope(there, middle, np.float64(np.float32(case.timestep_of(middle))))
        x = x + (s[i + 1] - s[i]) * slope
        yield x


def lms(case, x, noise):
    (t, s), slopes = case.levels(), []
    for i in range(case.steps):
        slopes.insert(0, case.slope(x, s[i], t[i]))
        nodes = s[max(i - 3, 0) : i + 1][::-1]
        for chosen, node in enumerate(nodes):
            others = np.delete(nodes, chosen)
            integral = np.polyint(np.atleast_1d(np.poly(others) / np.prod(node - others)))
            x = x + (np.polyval(integral, s[i + 1]) - np.polyval(integral, s[i])) * slopes[chosen]
        yield x


# Solvers in lambda = log(alpha / std)


def split(sigma):
    alpha = 1 / np.sqrt(sigma**2 + 1)
    with np.errstate(divide="ignore"):
        return alpha, sigma * alpha, -np.log(sigma)


def clean(case, x, sigma, timestep):
    return case.x0_and_noise(x, 1 / (sigma**2 + 1), timestep)[0]


def lowers_order(case, by_default):
    return case.config.get("lower_order_final", by_default)


def order_at(case, i, wanted):
    """Low in the first steps, which have no past, and in the last of short runs."""
    short = lowers_order(case, True) and case.steps < 15
    return min(wanted, i + 1, case.steps - i if short else wanted)


def second_order(case, h, gained):
    """The weight of the difference in a step of length h whose clean image has the weight `gained`."""
    return 0.5 * gained if case.config.get("solver_type") != "heun" else 1 - gained / h


def dpm_solver(case, x, noise):
    (t, s), past = case.solver_levels(case.last_sigma()), []
    stochastic = case.config.get("algorithm_type") == "sde-dpmsolver++"
    for i in range(case.steps):
        past.insert(0, clean(case, x, s[i], t[i]))
        alpha, std, lambda_ = split(s[i + 1])
        h = lambda_ - split(s[i])[2]
        twice = 2 * h if stochastic else h
        order = 1 if s[i + 1] == 0 else order_at(case, i, case.config.get("solver_order", 2))
        gained = -np.expm1(-twice)
        x = std / split(s[i])[1] * np.exp(-h if stochastic else 0) * x + alpha * gained * past[0]
        if order > 1:
            r0 = (split(s[i])[2] - split(s[i - 1])[2]) / h
            first = (past[0] - past[1]) / r0
        if order == 2:
            x = x + alpha * second_order(case, twice, gained) * first
        if order == 3:
            r1 = (split(s[i - 1])[2] - split(s[i - 2])[2]) / h
            older = (past[1] - past[2]) / r1
            d1 = first + r0 / (r0 + r1) * (first - older)
            d2 = (first - older) / (r0 + r1)
            x = x + alpha * (1 - gained / h) * d1 - alpha * ((h - gained) / h**2 - 0.5) * d2
        if stochastic:
            x = x + std * np.sqrt(-np.expm1(-2 * h)) * noise[i]
        yield x


def dpm_solver_singlestep(case, x, noise):
    (t, s), start = case.solver_levels(case.last_sigma()), x
    alone = case.steps - 1 if s[-1] == 0 or lowers_order(case, False) else case.steps
    for i in range(case.steps):
        now = clean(case, x, s[i], t[i])
        second = i % 2 == 1 and i != alone
        if not second:
            start, first = x, now
        alpha, std, lambda_ = split(s[i + 1])
        _, start_std, start_lambda = split(s[i - 1] if second else s[i])
        h = lambda_ - start_lambda
        gained = -np.expm1(-h)
        x = std / start_std * start + alpha * gained * first
        if second:
            r0 = (split(s[i])[2] - start_lambda) / h
            x = x + alpha * second_order(case, h, gained) * (now - first) / r0
        yield x


def deis(case, x, noise):
    (t, s), past = case.solver_levels(case.sigmas[0]), []
    points, weights = np.polynomial.legendre.leggauss(40)
    for i in range(case.steps):
        alpha, std, _ = split(s[i])
        past.insert(0, (x - alpha * clean(case, x, s[i], t[i])) / std)
        x = x / alpha
        nodes = np.log(s[i::-1][: order_at(case, i, case.config.get("solver_order", 2))])
        middle, half = np.log(s[i + 1] * s[i]) / 2, np.log(s[i + 1] / s[i]) / 2
        u = middle + half * points
        for chosen, node in enumerate(nodes):
            polynomial = np.prod([(u - other) / (node - other) for other in np.delete(nodes, chosen)], axis=0)
            x = x + half * np.sum(weights * np.exp(u) * polynomial) * past[chosen]
        x = split(s[i + 1])[0] * x
        yield x


def unipc(case, x, noise):
    (t, s), past, start = case.solver_levels(case.last_sigma()), [], x
    lambdas = [split(sigma)[2] for sigma in s]

    def order(i):
        left = case.steps - i if lowers_order(case, True) else case.steps
        return min(case.config.get("solver_order", 2), i + 1, left)

    def solution(ratios, h, scale):
        """a of R a = b: the weights of the differences between clean images."""
        phi, factorial, b = -np.expm1(-h) / h - 1, 1, []
        for k in range(1, len(ratios) + 1):
            b.append(phi * factorial / scale)
            factorial *= k + 1
            phi = phi / -h - 1 / factorial
        return np.linalg.solve(np.vander(ratios, increasing=True).T, b)

    def move(x, i, known, older, end=None):
        """From level i to the next, with the clean images there, before it, and perhaps at the end."""
        alpha, std, lambda_ = split(s[i + 1])
        h = lambda_ - lambdas[i]
        scale = -h if case.config.get("solver_type") == "bh1" else np.expm1(-h)
        ratios = [(lambdas[i - k] - lambdas[i]) / h for k in range(1, order(i))]
        differences = [(m - known) / ratio for m, ratio in zip(older, ratios)]
        if end is not None:
            ratios, differences = ratios + [1], differences + [end - known]
        half = len(ratios) == 1 and (end is None or order(i) == 1)
        weights = [0.5] if half else solution(ratios, h, scale) if ratios else []
        x = std / split(s[i])[1] * x - alpha * np.expm1(-h) * known
        return x - alpha * sum(scale * w * d for w, d in zip(weights, differences))

    for i in range(case.steps):
        past.insert(0, clean(case, x, s[i], t[i]))
        start = move(start, i - 1, past[1], past[2:], past[0]) if i > 0 else x
        x = move(start, i, past[0], past[1:])
        yield x


SAMPLERS = {
    "DDPMScheduler": ddpm,
    "DDIMScheduler": ddim,
    "PNDMScheduler": pndm,
    "LCMScheduler": lcm,
    "TCDScheduler": tcd,
    "EulerDiscreteScheduler": euler,
    "EulerAncestralDiscreteScheduler": euler_ancestral,
    "HeunDiscreteScheduler": heun,
    "KDPM2DiscreteScheduler": dpm2,
    "LMSDiscreteScheduler": lms,
    "DPMSolverMultistepScheduler": dpm_solver,
    "DPMSolverSinglestepScheduler": dpm_solver_singlestep,
    "DEISMultistepScheduler": deis,
    "UniPCMultistepScheduler": unipc,
}
ON_SIGMA = {euler, euler_ancestral, heun, dpm2, lms}


def corner(tensor):
    """One value a channel: the samplers know no neighbours."""
    return tensor[..., :1, :1].copy()


def main(reference):
    here = Path(__file__).parent
    recorded = load_file(Path(reference) / "trajectories.safetensors")
    written = {"x_T": corner(recorded["x_T"])}
    random = np.random.default_rng(20)
    for file in [Path(reference) / "trajectories.json", here / "options.json"]:
        for json_case in json.loads(file.read_text()):
            name, case, sampler = json_case["case"], Case(json_case), SAMPLERS[json_case["scheduler"]]
            noise = corner(recorded[name + ".noise"]) if name + ".noise" in recorded else None
            if json_case.get("noise"):
                noise = random.standard_normal((case.steps, *written["x_T"].shape))
            x = written["x_T"] * (case.first_noise() if sampler in ON_SIGMA else 1)
            written[name + ".trajectory"] = np.stack(list(sampler(case, x, noise)))
            if noise is not None:
                written[name + ".noise"] = noise
    save_file(written, here / "trajectories.safetensors")


if __name__ == "__main__":
    main(*sys.argv[1:])
