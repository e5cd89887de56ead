import ExactArithmetic
import ExactJSON

extension ArrayReader {
  /// The arrays `input.matrix`, `input.offset` and `recurrence` below `name`.
  fileprivate mutating func recurrentMap(
    _ name: String?, from inputs: Int?, to size: Int
  ) throws(JSONContentError) -> RecurrentMap {
    let prefix = name.map { "\($0)." } ?? ""
    return RecurrentMap(
      input: try affine("\(prefix)input", from: inputs, to: size),
      recurrence: try matrix("\(prefix)recurrence", rows: size, columns: size))
  }
}

extension RNNLayer {
  init(reading inputs: Int?, _ arrays: inout ArrayReader) throws(JSONContentError) {
    let initial = try arrays.vector("initial")
    self.init(
      try arrays.recurrentMap(nil, from: inputs, to: initial.count), initial: initial)
  }
}

extension GatedRNNLayer {
  init(reading inputs: Int?, _ arrays: inout ArrayReader) throws(JSONContentError) {
    let initial = try arrays.vector("initial")
    let map = try arrays.recurrentMap(nil, from: inputs, to: initial.count)
    let output = try arrays.mlp("output", from: initial.count)
    self.init(
      map, initial: initial,
      gate: try arrays.mlp("gate", from: map.inputDimension, to: output.outputDimension),
      output: output)
  }
}

extension LSTMLayer {
  init(reading inputs: Int?, _ arrays: inout ArrayReader) throws(JSONContentError) {
    let hidden = try arrays.vector("initialHidden")
    let size = hidden.count
    let forget = try arrays.recurrentMap("forget", from: inputs, to: size)
    let inputs = forget.inputDimension
    self.init(
      forget: forget, input: try arrays.recurrentMap("input", from: inputs, to: size),
      output: try arrays.recurrentMap("output", from: inputs, to: size),
      candidate: try arrays.recurrentMap("candidate", from: inputs, to: size),
      initialHidden: hidden, initialCell: try arrays.vector("initialCell", count: size))
  }
}

extension GRULayer {
  init(reading inputs: Int?, _ arrays: inout ArrayReader) throws(JSONContentError) {
    let initial = try arrays.vector("initial")
    let size = initial.count
    let update = try arrays.recurrentMap("update", from: inputs, to: size)
    let inputs = update.inputDimension
    self.init(
      update: update, reset: try arrays.recurrentMap("reset", from: inputs, to: size),
      candidate: try arrays.recurrentMap("candidate", from: inputs, to: size), initial: initial)
  }
}

extension GRUResetAfterLayer {
  init(reading inputs: Int?, _ arrays: inout ArrayReader) throws(JSONContentError) {
    let initial = try arrays.vector("initial")
    let size = initial.count
    let update = try arrays.recurrentMap("update", from: inputs, to: size)
    let inputs = update.inputDimension
    self.init(
      update: update, reset: try arrays.recurrentMap("reset", from: inputs, to: size),
      candidateInput: try arrays.affine("candidateInput", from: inputs, to: size),
      candidateState: try arrays.affine("candidateState", from: size, to: size),
      initial: initial)
  }
}
