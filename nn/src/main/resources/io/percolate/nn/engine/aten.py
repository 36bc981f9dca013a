  def to(self: __torch__.Aten, x: Tensor, dtype: int) -> Tensor:
    return torch.to(x, dtype, False, True)
  def like(self: __torch__.Aten, x: Tensor, other: Tensor) -> Tensor:
    return torch.to(x, ops.prim.dtype(other), False, True)
  def alias(self: __torch__.Aten, x: Tensor) -> Tensor:
    return torch.alias(x)
  def rows(self: __torch__.Aten, x: Tensor, first: int, end: int) -> Tensor:
    return torch.slice(x, 0, first, end)
  def requires_gradient(self: __torch__.Aten, x: Tensor) -> Tensor:
    return torch.tensor(ops.prim.requires_grad(x))
  def linear(self: __torch__.Aten, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.linear(x, torch.to(torch.flatten(w, 1), ops.prim.dtype(x)), torch.to(b, ops.prim.dtype(x)))
  def linear_no_bias(self: __torch__.Aten, x: Tensor, w: Tensor) -> Tensor:
    return torch.linear(x, torch.to(torch.flatten(w, 1), ops.prim.dtype(x)), None)
  def conv2d(self: __torch__.Aten, x: Tensor, w: Tensor, b: Tensor, stride: int, padding: int) -> Tensor:
    return torch.conv2d(x, torch.to(w, ops.prim.dtype(x)), torch.to(b, ops.prim.dtype(x)), [stride, stride], [padding, padding], [1, 1], 1)
  def conv2d_no_bias(self: __torch__.Aten, x: Tensor, w: Tensor, stride: int, padding: int) -> Tensor:
    return torch.conv2d(x, torch.to(w, ops.prim.dtype(x)), None, [stride, stride], [padding, padding], [1, 1], 1)
  def batch_norm(self: __torch__.Aten, x: Tensor, w: Tensor, b: Tensor, mean: Tensor, variance: Tensor, momentum: float, eps: float) -> Tensor:
    return torch.batch_norm(x, w, b, mean, variance, True, momentum, eps, False)
  def group_norm(self: __torch__.Aten, x: Tensor, groups: int, w: Tensor, b: Tensor, eps: float) -> Tensor:
    return torch.group_norm(x, groups, torch.to(w, ops.prim.dtype(x)), torch.to(b, ops.prim.dtype(x)), eps)
  def group_norm_silu(self: __torch__.Aten, x: Tensor, groups: int, w: Tensor, b: Tensor, eps: float) -> Tensor:
    y = (self).group_norm(x, groups, w, b, eps, )
    if ops.prim.requires_grad(y):
      z = torch.silu(y)
    else:
      z = torch.silu_(y)
    return z
  def layer_norm(self: __torch__.Aten, x: Tensor, w: Tensor, b: Tensor, eps: float) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], torch.to(w, ops.prim.dtype(x)), torch.to(b, ops.prim.dtype(x)), eps)
  def silu(self: __torch__.Aten, x: Tensor) -> Tensor:
    return torch.silu(x)
  def gelu(self: __torch__.Aten, x: Tensor) -> Tensor:
    return torch.gelu(x)
  def leaky_relu(self: __torch__.Aten, x: Tensor, slope: float) -> Tensor:
    return torch.leaky_relu(x, slope)
  def quick_gelu(self: __torch__.Aten, x: Tensor) -> Tensor:
    return torch.mul(x, torch.sigmoid(torch.mul(x, 1.702)))
  def geglu(self: __torch__.Aten, x: Tensor) -> Tensor:
    h, gate, = torch.chunk(x, 2, -1)
    return torch.mul(h, torch.gelu(gate))
  def geglu_of_linear(self: __torch__.Aten, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    weight, gate_weight, = torch.chunk(w, 2)
    bias, gate_bias, = torch.chunk(b, 2)
    return torch.mul((self).linear(x, weight, bias, ), torch.gelu((self).linear(x, gate_weight, gate_bias, )))
  def split_heads(self: __torch__.Aten, x: Tensor, heads: int) -> Tensor:
    return (self).heads_of(torch.to(x, 6), heads, )
  def heads_of(self: __torch__.Aten, x: Tensor, heads: int) -> Tensor:
    return torch.transpose(torch.unflatten(x, -1, [heads, -1]), 1, 2)
  def scaled_heads_of(self: __torch__.Aten, q: Tensor, heads: int) -> Tensor:
    return torch.mul((self).heads_of(q, heads, ), torch.pow(float(torch.floordiv(torch.size(q, -1), heads)), -0.5))
  def join_heads(self: __torch__.Aten, x: Tensor) -> Tensor:
    return torch.flatten(torch.transpose(x, 1, 2), 2)
  def attention(self: __torch__.Aten, q: Tensor, k: Tensor, v: Tensor, heads: int, causal: bool) -> Tensor:
    out = torch.scaled_dot_product_attention((self).split_heads(q, heads, ), (self).split_heads(k, heads, ), (self).split_heads(v, heads, ), None, 0., causal)
    return torch.to((self).join_heads(out, ), ops.prim.dtype(q))
  def attention_as_given(self: __torch__.Aten, q: Tensor, k: Tensor, v: Tensor, heads: int, causal: bool) -> Tensor:
    out = torch.scaled_dot_product_attention((self).heads_of(q, heads, ), (self).heads_of(k, heads, ), (self).heads_of(v, heads, ), None, 0., causal)
    return (self).join_heads(out, )
  def attention_by_products(self: __torch__.Aten, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
    keys = torch.transpose((self).heads_of(k, heads, ), 2, 3)
    weights = torch.softmax(torch.matmul((self).scaled_heads_of(q, heads, ), keys), -1)
    return (self).join_heads(torch.matmul(weights, (self).heads_of(v, heads, )), )
  def attention_in_chunks(self: __torch__.Aten, q: Tensor, k: Tensor, v: Tensor, heads: int, chunk: int) -> Tensor:
    queries = torch.flatten(torch.contiguous((self).scaled_heads_of(q, heads, )), 0, 1)
    keys = torch.transpose(torch.flatten(torch.contiguous((self).heads_of(k, heads, )), 0, 1), 1, 2)
    values = torch.flatten(torch.contiguous((self).heads_of(v, heads, )), 0, 1)
    out = torch.empty_like(queries)
    for i in range(torch.size(queries, 0)):
      parts = torch.split(queries[i], chunk)
      means = torch.split(out[i], chunk)
      for j in range(torch.len(parts)):
        scores = torch.softmax(torch.mm(parts[j], keys[i]), -1)
        _ = torch.mm(scores, values[i], out=means[j])
    return (self).join_heads(torch.unflatten(out, 0, [-1, heads]), )
  def upsample_nearest(self: __torch__.Aten, x: Tensor, height: int, width: int) -> Tensor:
    return torch.upsample_nearest2d(x, [height, width], None, None)
  def resize(self: __torch__.Aten, x: Tensor, height: int, width: int) -> Tensor:
    return torch._upsample_bilinear2d_aa(x, [height, width], False, None, None)
  def turn(self: __torch__.Aten, x: Tensor, quarters: int) -> Tensor:
    return torch.contiguous(torch.rot90(x, quarters, [2, 3]))
  def space_to_depth(self: __torch__.Aten, x: Tensor, size: int) -> Tensor:
    return torch.pixel_unshuffle(x, size)
  def depth_to_space(self: __torch__.Aten, x: Tensor, size: int) -> Tensor:
    return torch.pixel_shuffle(x, size)
  def channel_means(self: __torch__.Aten, x: Tensor, size: int) -> Tensor:
    return torch.mean(torch.unflatten(x, 1, [-1, size]), [2])
  def repeat_channels(self: __torch__.Aten, x: Tensor, times: int) -> Tensor:
    return torch.repeat_interleave(x, times, 1)
  def clamp(self: __torch__.Aten, x: Tensor, min: float, max: float) -> Tensor:
    return torch.clamp(x, min, max)
  def match_deviation(self: __torch__.Aten, x: Tensor, reference: Tensor, phi: float) -> Tensor:
    samples = torch.flatten(x, 1)
    ratio = torch.div(torch.std(torch.flatten(reference, 1), [1], True, True), torch.std(samples, [1], True, True))
    factor = torch.add(torch.mul(ratio, phi), torch.sub(1., phi))
    return torch.view_as(torch.mul(samples, factor), x)
  def average_pool(self: __torch__.Aten, x: Tensor, size: int) -> Tensor:
    return torch.avg_pool2d(x, [size, size])
  def focal_frequency(self: __torch__.Aten, error: Tensor, exponent: float) -> Tensor:
    distance = torch.sum(torch.square(torch.view_as_real(torch.fft_fft2(error, None, [-2, -1], "ortho"))), [-1])
    weight = torch.pow(torch.detach(distance), torch.mul(exponent, 0.5))
    largest = torch.clamp_min(torch.amax(weight, [-2, -1], True), 1.1754943508222875e-38)
    return torch.mean(torch.mul(torch.div(weight, largest), distance))
  def recolour(self: __torch__.Aten, x: Tensor, amounts: Tensor) -> Tensor:
    a = torch.unsqueeze(torch.unsqueeze(torch.unsqueeze(amounts, -1), -1), -1)
    bright = torch.add(x, torch.select(a, 1, 0))
    grey = torch.mean(bright, [1], True)
    saturated = torch.add(torch.mul(torch.sub(bright, grey), torch.select(a, 1, 1)), grey)
    mean = torch.mean(saturated, [1, 2, 3], True)
    return torch.add(torch.mul(torch.sub(saturated, mean), torch.select(a, 1, 2)), mean)
  def translate(self: __torch__.Aten, x: Tensor, down: List[int], right: List[int]) -> Tensor:
    moved = annotate(List[Tensor], [])
    for i in range(torch.len(down)):
      padding = [right[i], torch.neg(right[i]), down[i], torch.neg(down[i])]
      _ = torch.append(moved, torch.constant_pad_nd(x[i], padding, 0))
    return torch.stack(moved)
  def cut_out(self: __torch__.Aten, x: Tensor, top: List[int], bottom: List[int], left: List[int], right: List[int]) -> Tensor:
    mask = torch.ones_like(torch.slice(x, 1, 0, 1))
    for i in range(torch.len(top)):
      rows = torch.slice(mask[i], 1, top[i], bottom[i])
      _ = torch.zero_(torch.slice(rows, 2, left[i], right[i]))
    return torch.mul(x, mask)
  def differences(self: __torch__.Aten, x: Tensor, axis: int) -> Tensor:
    return torch.diff(x, 1, axis)
  def add_residual(self: __torch__.Aten, x: Tensor, residual: Tensor) -> Tensor:
    if ops.prim.requires_grad(x):
      y = torch.add(x, residual)
    else:
      if ops.prim.requires_grad(residual):
        y = torch.add(x, residual)
      else:
        y = torch.add_(residual, x)
    return y
  def pad(self: __torch__.Aten, x: Tensor, padding: List[int]) -> Tensor:
    return torch.constant_pad_nd(x, padding, 0)
  def gradient_of(self: __torch__.Aten, y: Tensor, x: Tensor) -> Tensor:
    return unchecked_cast(Tensor, (torch.grad([y], [x], None, True, False, False))[0])
  def with_gradient(self: __torch__.Aten, x: Tensor, value: Tensor, gradient: Tensor) -> Tensor:
    linear = torch.sum(torch.mul(x, gradient))
    return torch.add(torch.detach(value), torch.sub(linear, torch.detach(linear)))
  def squared_gradient(self: __torch__.Aten, y: Tensor, x: Tensor) -> Tensor:
    g = unchecked_cast(Tensor, (torch.grad([y], [x], None, True, True, False))[0])
    return torch.sum(torch.square(g))
  def gradients(self: __torch__.Aten, xs: List[Tensor]) -> List[Tensor]:
    gs = annotate(List[Tensor], [])
    for i in range(torch.len(xs)):
      g = annotate(Optional[Tensor], ops.prim.grad(xs[i]))
      if torch.__is__(g, None):
        given = torch.zeros_like(xs[i])
      else:
        given = unchecked_cast(Tensor, g)
      _ = torch.append(gs, given)
    return gs
  def gradient_norm(self: __torch__.Aten, xs: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm((self).gradients(xs, ))))
  def scale_gradients(self: __torch__.Aten, xs: List[Tensor], factor: float) -> List[Tensor]:
    torch._foreach_mul_((self).gradients(xs, ), factor)
    return annotate(List[Tensor], [])
  def adamw(self: __torch__.Aten, xs: List[Tensor], means: List[Tensor], squares: List[Tensor], step: int, lr: float, beta1: float, beta2: float, decay: float, eps: float) -> List[Tensor]:
    time = torch.full(annotate(List[int], []), float(step))
    times = annotate(List[Tensor], [])
    for i in range(torch.len(xs)):
      _ = torch.append(times, time)
    none = annotate(List[Tensor], [])
    torch._fused_adamw_(xs, (self).gradients(xs, ), means, squares, none, times, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
    return none
  def adafactor_move(self: __torch__.Aten, x: Tensor, g: Tensor, square: Tensor, rate: float, decay: float, floor: float, limit: float) -> Tensor:
    root = torch.sqrt(float(torch.numel(x)))
    alpha = torch.mul(torch.clamp_min(torch.div(torch.linalg_vector_norm(x), root), floor), rate)
    u = torch.mul(torch.rsqrt(torch.clamp_min(square, 1.4210854715202004e-14)), g)
    excess = torch.clamp_min(torch.div(torch.linalg_vector_norm(u), torch.mul(root, limit)), 1.)
    y = torch.mul_(x, torch.sub(1., decay))
    return torch.sub_(y, torch.mul_(u, torch.div(alpha, excess)))
  def adafactor(self: __torch__.Aten, xs: List[Tensor], rows: List[Tensor], columns: List[Tensor], weight: float, rate: float, decay: float, floor: float, limit: float) -> List[Tensor]:
    gs = (self).gradients(xs, )
    for i in range(torch.len(xs)):
      g2 = torch.square(gs[i])
      r = torch.lerp_(rows[i], torch.mean(g2, [-1], True), weight)
      c = torch.lerp_(columns[i], torch.mean(g2, [-2], True), weight)
      square = torch.div_(torch.matmul(r, c), torch.clamp_min(torch.mean(r, [-2], True), 1.1920928955078125e-07))
      _ = (self).adafactor_move(xs[i], gs[i], square, rate, decay, floor, limit, )
    return annotate(List[Tensor], [])
  def adafactor_vectors(self: __torch__.Aten, xs: List[Tensor], squares: List[Tensor], weight: float, rate: float, decay: float, floor: float, limit: float) -> List[Tensor]:
    gs = (self).gradients(xs, )
    for i in range(torch.len(xs)):
      square = torch.lerp_(squares[i], torch.square(gs[i]), weight)
      _ = (self).adafactor_move(xs[i], gs[i], square, rate, decay, floor, limit, )
    return annotate(List[Tensor], [])
  def nesterov(self: __torch__.Aten, xs: List[Tensor], momenta: List[Tensor], lr: float, momentum: float) -> List[Tensor]:
    gs = (self).gradients(xs, )
    for i in range(torch.len(xs)):
      m = torch.add_(torch.mul_(momenta[i], momentum), gs[i])
      _ = torch.sub_(xs[i], torch.add(gs[i], m, alpha=momentum), alpha=lr)
    return annotate(List[Tensor], [])
  def lerp(self: __torch__.Aten, xs: List[Tensor], ys: List[Tensor], weight: float) -> List[Tensor]:
    torch._foreach_lerp_(xs, ys, weight)
    return annotate(List[Tensor], [])
  def copy(self: __torch__.Aten, xs: List[Tensor], ys: List[Tensor]) -> List[Tensor]:
    torch._foreach_copy_(xs, ys)
    return annotate(List[Tensor], [])
  def swap(self: __torch__.Aten, xs: List[Tensor], ys: List[Tensor]) -> List[Tensor]:
    for i in range(torch.len(xs)):
      kept = torch.clone(xs[i])
      _ = torch.copy_(xs[i], ys[i])
      _0 = torch.copy_(ys[i], kept)
    return annotate(List[Tensor], [])
  def uniform(self: __torch__.Aten, x: Tensor, seed: int) -> Tensor:
    n = torch.numel(x)
    few = ops.prim.min(n, 65536)
    index = torch.arange(few, dtype=4, layout=None, device=ops.prim.device(x), pin_memory=False)
    a = torch.mul(torch.add(index, torch.mul(seed, 65536)), -7046029254386353131)
    b = torch.mul(torch.bitwise_xor(a, torch.bitwise_right_shift(a, 32)), -4417276706812531889)
    bits = torch.to(torch.bitwise_and(torch.bitwise_right_shift(b, 40), 65535), 6)
    times = torch.floordiv(torch.sub(torch.add(n, few), 1), ops.prim.max(few, 1))
    return torch.view_as(torch.slice(torch.repeat(torch.mul(bits, 1.52587890625e-05), [times]), 0, 0, n), x)
  def widen(self: __torch__.Aten, xs: List[Tensor]) -> List[Tensor]:
    ys = annotate(List[Tensor], [])
    for i in range(torch.len(xs)):
      _ = torch.append(ys, torch.to(xs[i], 6, False, True))
    return ys
  def round(self: __torch__.Aten, xs: List[Tensor], ys: List[Tensor], seed: int) -> List[Tensor]:
    for i in range(torch.len(xs)):
      y = ys[i]
      half = torch.to(y, 15)
      near = torch.to(half, 6)
      rest = torch.sub(y, near)
      next = torch.to(torch.nextafter(half, torch.to(torch.mul(torch.sign(rest), 3.0e+38), 15)), 6)
      chance = torch.div(rest, torch.sub(next, near))
      further = torch.gt(chance, (self).uniform(y, torch.add(seed, i), ))
      _ = torch.copy_(xs[i], torch.where(further, next, near))
    return annotate(List[Tensor], [])
  def has_gradient(self: __torch__.Aten, xs: List[Tensor]) -> Tensor:
    flags = annotate(List[bool], [])
    for i in range(torch.len(xs)):
      _ = torch.append(flags, torch.__isnot__(annotate(Optional[Tensor], ops.prim.grad(xs[i])), None))
    return torch.tensor(flags)
  def levelled(self: __torch__.Aten, x: Tensor) -> Tensor:
    y = x
    for i in range(5):
      a = torch.mm(y, torch.t(y))
      b = torch.add(torch.mul(a, -4.775), torch.mul(torch.mm(a, a), 2.0315))
      y = torch.add(torch.mul(y, 3.4445), torch.mm(b, y))
    return y
  def levelled_rows(self: __torch__.Aten, x: Tensor) -> Tensor:
    a = torch.mm(x, torch.t(x))
    m = torch.zeros_like(a)
    share = 1.
    for i in range(5):
      b = torch.add(torch.mul(a, -4.775), torch.mul(torch.mm(a, a), 2.0315))
      m = torch.add(torch.add(torch.mul(m, 3.4445), torch.mul(b, share)), torch.mm(b, m))
      share = torch.mul(share, 3.4445)
      if torch.lt(i, 4):
        c = torch.add(torch.mul(a, 3.4445), torch.mm(b, a))
        a0 = torch.add(torch.mul(c, 3.4445), torch.mm(c, b))
      else:
        a0 = a
      a = a0
    return torch.add(torch.mul(x, share), torch.mm(m, x))
  def orthogonal(self: __torch__.Aten, m: Tensor, dtype: int) -> Tensor:
    tall = torch.gt(torch.size(m, 0), torch.size(m, 1))
    x = torch.to(m, dtype)
    if tall:
      x0 = torch.t(x)
    else:
      x0 = x
    y = torch.div(x0, torch.add(torch.linalg_vector_norm(x0), 1e-7))
    wide = torch.ge(torch.size(y, 1), torch.mul(2, torch.size(y, 0)))
    if torch.__and__(wide, torch.eq(dtype, 6)):
      w = (self).levelled_rows(y, )
    else:
      w = (self).levelled(y, )
    if tall:
      z = torch.t(w)
    else:
      z = w
    return torch.to(z, 6)
  def muon(self: __torch__.Aten, xs: List[Tensor], momenta: List[Tensor], lr: float, momentum: float, decay: float, dtype: int) -> List[Tensor]:
    gs = (self).gradients(xs, )
    for i in range(torch.len(xs)):
      m = torch.lerp_(momenta[i], gs[i], torch.sub(1., momentum))
      u = torch.flatten(torch.lerp(gs[i], m, momentum), 1)
      rms = torch.mul(0.2, torch.sqrt(float(ops.prim.max(torch.size(u, 0), torch.size(u, 1)))))
      x = torch.mul_(xs[i], torch.sub(1., torch.mul(lr, decay)))
      _ = torch.add_(x, torch.view_as((self).orthogonal(u, dtype, ), x), alpha=torch.neg(torch.mul(lr, rms)))
    return annotate(List[Tensor], [])
  def concat(self: __torch__.Aten, x: Tensor, other: Tensor) -> Tensor:
    return torch.cat([x, other], 1)
  def embedding(self: __torch__.Aten, w: Tensor, ids: Tensor) -> Tensor:
    return torch.embedding(w, torch.to(ids, 4), -1, False, False)
  def pixels_to_tokens(self: __torch__.Aten, x: Tensor) -> Tensor:
    return torch.transpose(torch.flatten(x, 2), 1, 2)
  def tokens_to_pixels(self: __torch__.Aten, tokens: Tensor, height: int, width: int) -> Tensor:
    x = torch.unflatten(torch.transpose(tokens, 1, 2), 2, [height, width])
    if ops.prim.requires_grad(x):
      y = torch.contiguous(x)
    else:
      y = x
    return y
  def sinusoids(self: __torch__.Aten, t: Tensor, width: int, cosine_first: bool, shift: float) -> Tensor:
    half = torch.floordiv(width, 2)
    index = torch.arange(half, dtype=6, layout=None, device=ops.prim.device(t), pin_memory=False)
    frequencies = torch.exp(torch.div(torch.mul(index, -9.2103403719761836), torch.sub(half, shift)))
    angles = torch.mul(torch.unsqueeze(torch.to(t, 6), -1), frequencies)
    if cosine_first:
      out = torch.cat([torch.cos(angles), torch.sin(angles)], -1)
    else:
      out = torch.cat([torch.sin(angles), torch.cos(angles)], -1)
    return out
  def scale(self: __torch__.Aten, x: Tensor, factor: float) -> Tensor:
    return torch.mul(x, factor)
  def affine(self: __torch__.Aten, x: Tensor, factor: float, offset: float) -> Tensor:
    return torch.add(torch.mul(x, factor), offset)
  def axpby(self: __torch__.Aten, x: Tensor, a: float, y: Tensor, b: float) -> Tensor:
    return torch.add(torch.mul(x, a), y, alpha=b)
  def dynamic_threshold(self: __torch__.Aten, x: Tensor, ratio: float, largest: float) -> Tensor:
    flat = torch.flatten(x, 1)
    quantile = torch.quantile(torch.abs(flat), ratio, 1, True)
    s = torch.clamp(quantile, 1., largest)
    return torch.reshape(torch.div(torch.clamp(flat, torch.neg(s), s), s), torch.size(x))
  def shift(self: __torch__.Aten, x: Tensor, offsets: Tensor) -> Tensor:
    return torch.add(x, torch.unsqueeze(torch.unsqueeze(offsets, -1), -1))
  def scale_and_shift(self: __torch__.Aten, x: Tensor, time: Tensor) -> Tensor:
    scale, offset, = torch.chunk(torch.unsqueeze(torch.unsqueeze(time, -1), -1), 2, 1)
    return torch.add(torch.mul(x, torch.add(scale, 1)), offset)
  def repeated_noise(self: __torch__.Aten, shape: List[int], std: float, dtype: int) -> Tensor:
    block = torch.to(torch.mul(torch.randn([65536], dtype=6, layout=None, device=None, pin_memory=None), std), dtype)
    x = torch.empty(shape, dtype=dtype, layout=None, device=None, pin_memory=None, memory_format=None)
    flat = torch.view(x, [-1])
    for i in range(torch.add(torch.floordiv(torch.size(flat, 0), 65536), 1)):
      part = torch.slice(flat, 0, torch.mul(i, 65536), torch.mul(torch.add(i, 1), 65536))
      _ = torch.copy_(part, torch.slice(block, 0, 0, torch.size(part, 0)))
    return x
