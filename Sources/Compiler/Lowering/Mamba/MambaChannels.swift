import Architectures
import ExactArithmetic

/// The channels of a Mamba block under construction.
///
/// Blocks have no biases where lowerings need them, so vectors between blocks carry a 1 in their
/// last coordinate. Each block has one channel κ that is constantly 1 (by the convolution's bias)
/// and hands the 1 on. Rows over a block's input are written for a vector [h; 1].
struct MambaChannels {
  struct Channel {
    /// u, over [h; 1]. Its part on the 1 is a constant that starts with the first token.
    let signal: [Matrix.Entry]
    let lag: Int

    /// Ā.
    let decay: Rational

    /// z, over [h; 1].
    let gate: [Matrix.Entry]
  }

  /// Of h, without the 1.
  let inputDimension: Int
  private var channels: [Channel] = []

  /// By output, the channels that it sums and their coefficients.
  private var outputs: [[Matrix.Entry]] = []

  init(reading inputDimension: Int) { self.inputDimension = inputDimension }

  var outputDimension: Int { outputs.count }

  /// Adds an output that is zero, for `add` to add to.
  mutating func beginOutput() { outputs.append([]) }

  /// Adds a channel to the last output: `coefficient` · σ(u delayed by `lag`) · σ(z), remembered
  /// with `decay`.
  mutating func add(
    _ signal: [Matrix.Entry], lag: Int = 0, decay: Rational = 0, gate: [Matrix.Entry]? = nil,
    times coefficient: Rational
  ) {
    let one = [Matrix.Entry(column: inputDimension, value: 1)]
    outputs[outputs.count - 1].append(
      Matrix.Entry(column: channels.count, value: coefficient))
    channels.append(Channel(signal: signal, lag: lag, decay: decay, gate: gate ?? one))
  }

  /// The block. If it `remembers`, y is read from the state (B = C = 1, by κ; d = 0); otherwise y
  /// is x itself (B = C = 0; d = 1). Step sizes are constantly 1.
  func block(remembers: Bool) -> Layer {
    let width = inputDimension + 1
    let count = channels.count + 1
    let constant = channels.count
    let one = [Matrix.Entry(column: inputDimension, value: 1)]
    let selection = Matrix(
      columnCount: count, rows: [remembers ? [Matrix.Entry(column: constant, value: 1)] : []])
    return .mamba(
      MambaBlock(
        input: Matrix(columnCount: width, rows: channels.map(\.signal) + [[]]),
        gate: Matrix(columnCount: width, rows: channels.map(\.gate) + [one]),
        convolution: Matrix(
          columnCount: MambaBlock.window,
          rows: channels.map { [Matrix.Entry(column: $0.lag, value: 1)] }
            + [[Matrix.Entry(column: 0, value: 1)]]),
        convolutionBias: Array(repeating: 0, count: constant) + [1],
        stepReduction: .zero(1, count),
        step: AffineMap(.zero(count, 1), offset: Array(repeating: 1, count: count)),
        writing: selection, reading: selection,
        decay: Matrix(
          columnCount: 1,
          rows: channels.map { [Matrix.Entry(column: 0, value: $0.decay)] } + [[]]),
        skip: Array(repeating: remembers ? 0 : 1, count: count),
        output: Matrix(
          columnCount: count, rows: outputs + [[Matrix.Entry(column: constant, value: 1)]])))
  }
}

extension AffineMap {
  /// Row `index` of A x + b as a row over [x; 1].
  func rowWithOffset(_ index: Int) -> [Matrix.Entry] {
    let constant = Matrix.Entry(column: inputDimension, value: offset[index])
    return matrix.row(index) + (constant.value == 0 ? [] : [constant])
  }
}

extension [Matrix.Entry] {
  var negated: [Matrix.Entry] { map { Matrix.Entry(column: $0.column, value: -$0.value) } }
}

extension Interval {
  /// +1 if a number in it can be positive, −1 if one can be negative: v is the sum of
  /// sign · σ(sign · v) over these.
  var signs: [Rational] {
    (isNonpositive ? [] : [1]) + (isNonnegative ? [] : [-1])
  }
}
