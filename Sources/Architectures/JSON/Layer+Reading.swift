import ExactArithmetic
import ExactJSON

// A layer's arrays have the names that `rebuilt(by:under:)` gives them, without the layer's own.
// Each reader asks for them in an order in which every shape but the first is known. `inputs` is
// nil where the layer itself says how many numbers it wants.

extension Layer {
  init(
    _ kind: Architecture, reading inputs: Int?, _ arrays: inout ArrayReader
  ) throws(JSONContentError) {
    switch kind {
    case .linearRNN: self = .linearRNN(try LinearRNNLayer(reading: inputs, &arrays))
    case .gatedLinearRNN:
      self = .gatedLinearRNN(try GatedLinearRNNLayer(reading: inputs, &arrays))
    case .rnn: self = .rnn(try RNNLayer(reading: inputs, &arrays))
    case .gatedRNN: self = .gatedRNN(try GatedRNNLayer(reading: inputs, &arrays))
    case .lstm: self = .lstm(try LSTMLayer(reading: inputs, &arrays))
    case .gru: self = .gru(try GRULayer(reading: inputs, &arrays))
    case .gruResetAfter:
      self = .gruResetAfter(try GRUResetAfterLayer(reading: inputs, &arrays))
    case .mamba: self = .mamba(try MambaBlock(reading: inputs, &arrays))
    case .hawk: self = .hawk(try HawkBlock(.hawk, reading: inputs, &arrays))
    case .hawkDense: self = .hawk(try HawkBlock(.dense, reading: inputs, &arrays))
    case .griffin: self = .hawk(try HawkBlock(.griffin, reading: inputs, &arrays))
    }
  }
}

extension LinearRNNLayer {
  init(reading inputs: Int?, _ arrays: inout ArrayReader) throws(JSONContentError) {
    let initial = try arrays.vector("initial")
    let size = initial.count
    self.init(
      recurrence: try arrays.matrix("recurrence", rows: size, columns: size),
      input: try arrays.affine("input", from: inputs, to: size), initial: initial,
      output: try arrays.mlp("output", from: size))
  }
}

extension GatedLinearRNNLayer {
  init(reading inputs: Int?, _ arrays: inout ArrayReader) throws(JSONContentError) {
    let initial = try arrays.vector("initial")
    let size = initial.count
    let input = try arrays.affine("input", from: inputs, to: size)
    let output = try arrays.mlp("output", from: size)
    self.init(
      recurrence: try arrays.matrix("recurrence", rows: size, columns: size), input: input,
      initial: initial,
      gate: try arrays.mlp("gate", from: input.inputDimension, to: output.outputDimension),
      output: output)
  }
}

extension MambaBlock {
  init(reading inputs: Int?, _ arrays: inout ArrayReader) throws(JSONContentError) {
    let input = try arrays.matrix("input", columns: inputs)
    let channels = input.rowCount
    let writing = try arrays.matrix("writing", columns: channels)
    let states = writing.rowCount
    try arrays.keep(channels * states)
    let stepReduction = try arrays.matrix("stepReduction", columns: channels)
    self.init(
      input: input, gate: try arrays.matrix("gate", rows: channels, columns: input.columnCount),
      convolution: try arrays.matrix(
        "convolution.matrix", rows: channels, columns: MambaBlock.window),
      convolutionBias: try arrays.vector("convolution.offset", count: channels),
      stepReduction: stepReduction,
      step: try arrays.affine("step", from: stepReduction.rowCount, to: channels),
      writing: writing, reading: try arrays.matrix("reading", rows: states, columns: channels),
      decay: try arrays.matrix("decay", rows: channels, columns: states),
      skip: try arrays.vector("skip", count: channels),
      output: try arrays.matrix("output", columns: channels))
  }
}
