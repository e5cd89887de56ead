import ExactArithmetic
import ExactJSON

extension HawkBlock {
  /// A recurrence (`recurrence.…`) or, in Griffin, attention (`attention.…`); then the MLP.
  init(
    _ family: Family, reading inputs: Int?, _ arrays: inout ArrayReader
  ) throws(JSONContentError) {
    let mixing: Mixing
    if family == .griffin, arrays.has("attention") {
      mixing = .attention(try LocalAttention(reading: inputs, family, &arrays))
    } else {
      mixing = .recurrence(try HawkRecurrence(reading: inputs, family, &arrays))
    }
    let middle = mixing.outputDimension
    let up = try arrays.affine("mlp.up", from: middle)
    self.init(
      family: family, mixing: mixing,
      mlp: GatedMLP(
        up: up, gate: try arrays.affine("mlp.gate", from: middle, to: up.outputDimension),
        down: try arrays.affine(
          "mlp.down", from: up.outputDimension, to: family.hasResiduals ? middle : nil)))
  }
}

extension HawkRecurrence {
  init(
    reading inputs: Int?, _ family: HawkBlock.Family, _ arrays: inout ArrayReader
  ) throws(JSONContentError) {
    let input = try arrays.affine("recurrence.input", from: inputs)
    let (size, channels) = (input.inputDimension, input.outputDimension)
    self.init(
      input: input,
      convolution: try Convolution(of: channels, isDense: family == .dense, &arrays),
      convolutionBias: try arrays.vector("recurrence.convolution.offset", count: channels),
      decay: try arrays.vector("recurrence.decay", count: channels),
      recurrenceGate: try arrays.affine(
        "recurrence.recurrenceGate", from: channels, to: channels),
      inputGate: try arrays.affine("recurrence.inputGate", from: channels, to: channels),
      gate: try arrays.affine("recurrence.gate", from: size, to: channels),
      output: try arrays.affine(
        "recurrence.output", from: channels, to: family.hasResiduals ? size : nil),
      resetsAtStart: try arrays.flag("resetsAtStart"))
  }
}

extension HawkRecurrence.Convolution {
  fileprivate init(
    of channels: Int, isDense: Bool, _ arrays: inout ArrayReader
  ) throws(JSONContentError) {
    let name = "recurrence.convolution.matrix"
    guard isDense else {
      self = .depthwise(
        try arrays.matrix(name, rows: channels, columns: HawkRecurrence.window))
      return
    }
    var kernel: [Matrix] = []
    repeat {
      kernel.append(
        try arrays.matrix("\(name).\(kernel.count)", rows: channels, columns: channels))
    } while arrays.has("\(name).\(kernel.count)")
    self = .dense(kernel)
  }
}

extension LocalAttention {
  fileprivate init(
    reading inputs: Int?, _ family: HawkBlock.Family, _ arrays: inout ArrayReader
  ) throws(JSONContentError) {
    let key = try arrays.matrix("attention.key", columns: inputs)
    let size = key.columnCount
    let query = try arrays.matrix("attention.query", columns: size)
    guard key.rowCount > 0, query.rowCount.isMultiple(of: key.rowCount) else {
      throw arrays.refuse(
        "attention.query", expecting: "a multiple of the keys' \(key.rowCount) rows, at least 1",
        found: "\(query.rowCount)")
    }
    self.init(
      query: query, key: key,
      value: try arrays.matrix("attention.value", rows: key.rowCount, columns: size),
      output: try arrays.affine("attention.output", from: query.rowCount, to: size),
      window: try arrays.count("window"))
  }
}
