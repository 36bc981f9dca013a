  def pack_conv2d(self: __torch__.OneDnn, w: Tensor, dtype: int, size: List[int], stride: int, padding: int) -> Tensor:
    return ops.mkldnn._reorder_convolution_weight(torch.to(w, dtype), [padding, padding], [stride, stride], [1, 1], 1, size)
  def conv2d(self: __torch__.OneDnn, x: Tensor, w: Tensor, b: Tensor, stride: int, padding: int) -> Tensor:
    none = annotate(List[Optional[number]], [])
    return ops.mkldnn._convolution_pointwise(torch.contiguous(x, memory_format=2), w, b, [padding, padding], [stride, stride], [1, 1], 1, "none", none, None)
  def pack_linear(self: __torch__.OneDnn, w: Tensor, dtype: int, rows: int) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(torch.contiguous(torch.to(torch.flatten(w, 1), dtype)), rows)
  def linear(self: __torch__.OneDnn, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), None)
  def linear_no_bias(self: __torch__.OneDnn, x: Tensor, w: Tensor) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), None)
  def pack_halves(self: __torch__.OneDnn, w: Tensor, dtype: int, rows: int) -> List[Tensor]:
    h, gate, = torch.chunk(w, 2)
    return [(self).pack_linear(h, dtype, rows, ), (self).pack_linear(gate, dtype, rows, )]
  def geglu(self: __torch__.OneDnn, x: Tensor, ws: List[Tensor], b: Tensor) -> Tensor:
    bias, gate_bias, = torch.chunk(b, 2)
    gate = ops.mkldnn._linear_pointwise(x, ws[1], gate_bias, "gelu", annotate(List[Optional[number]], []), "none")
    return ops.mkldnn._linear_pointwise(x, gate, ws[0], bias, "mul")
