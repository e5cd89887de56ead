import Architectures
import ExactArithmetic

/// Half a layer of Hawk under construction: a recurrence or a gated MLP, with what each channel
/// adds to which coordinate of the stream.
struct HawkPart {
  enum Kind { case recurrence, mlp }

  struct Channel {
    /// u of a recurrence, W_e a + b_e of an MLP. In a recurrence its constant starts with the first
    /// token.
    let signal: AffineRow

    /// Of a recurrence.
    let lag: Int
    let decay: Rational

    /// Of an MLP: what is rectified and multiplied with the signal. Nil: 1.
    let gate: AffineRow?
    let target: Int
    let coefficient: Rational
  }

  let kind: Kind
  var channels: [Channel]

  /// Coordinates that are set to zero: each by a channel that subtracts it from itself.
  let erased: [Int]

  private var all: [Channel] {
    channels
      + erased.map {
        let old = AffineRow(entries: [.init(column: $0, value: 1)], offset: 0)
        return Channel(
          signal: old, lag: 0, decay: 0, gate: nil, target: $0, coefficient: -1)
      }
  }

  /// The part without its erasures of coordinates that nobody reads behind it.
  func erasing(only read: Set<Int>) -> HawkPart {
    HawkPart(kind: kind, channels: channels, erased: erased.filter(read.contains))
  }

  /// The recurrence, on a stream of `width`. Gates are constant: r = 1/8, so that a = Λ, and
  /// i = 1/√(1 − a²). With a reset, where decays matter, one channel is 1 at the first token and 0
  /// behind it, and pulls i to 1 there.
  func recurrence(width: Int, resetsAtStart: Bool) -> HawkRecurrence {
    let channels = all
    let openings = channels.map { $0.decay.hawkMultiplier?.reciprocal ?? 1 }
    let needsIndicator = resetsAtStart && channels.contains { $0.decay != 0 }
    let count = channels.count + (needsIndicator ? 1 : 0)
    let extra = needsIndicator ? 1 : 0
    let ones = [Rational](repeating: 1, count: extra)
    let input = AffineMap(
      Matrix(
        columnCount: width,
        rows: channels.map { Array($0.signal.entries) } + Array(repeating: [], count: extra)),
      offset: channels.map(\.signal.offset) + ones)
    let indicator: [Matrix.Entry] = [.init(column: 0, value: 1), .init(column: 1, value: -1)]
    let pulls = openings.map { opening -> [Matrix.Entry] in
      needsIndicator ? [.init(column: channels.count, value: 1 - opening)] : []
    }
    return HawkRecurrence(
      input: input,
      convolution: .depthwise(
        Matrix(
          columnCount: HawkRecurrence.window,
          rows: channels.map { [.init(column: $0.lag, value: 1)] }
            + Array(repeating: indicator, count: extra))),
      convolutionBias: Array(repeating: 0, count: count),
      decay: channels.map(\.decay) + Array(repeating: 0, count: extra),
      recurrenceGate: .constant(Rational(1, 8), from: count, to: count),
      inputGate: AffineMap(
        Matrix(columnCount: count, rows: pulls + Array(repeating: [], count: extra)),
        offset: openings + ones),
      gate: .constant(1, from: width, to: count),
      output: HawkPart.output(channels, width: width, count: count), resetsAtStart: resetsAtStart)
  }

  /// The MLP, on a stream of `width`.
  func mlp(width: Int) -> GatedMLP {
    let channels = all
    let one = AffineRow(entries: [], offset: 1)
    func map(_ rows: [AffineRow]) -> AffineMap {
      AffineMap(
        Matrix(columnCount: width, rows: rows.map { Array($0.entries) }),
        offset: rows.map(\.offset))
    }
    return GatedMLP(
      up: map(channels.map(\.signal)), gate: map(channels.map { $0.gate ?? one }),
      down: HawkPart.output(channels, width: width, count: channels.count))
  }

  private static func output(_ channels: [Channel], width: Int, count: Int) -> AffineMap {
    var rows = [[Matrix.Entry]](repeating: [], count: width)
    for (index, channel) in channels.enumerated() {
      rows[channel.target].append(.init(column: index, value: channel.coefficient))
    }
    return AffineMap(Matrix(columnCount: count, rows: rows))
  }
}

extension AffineMap {
  /// x ↦ (value, …, value).
  static func constant(_ value: Rational, from inputs: Int, to outputs: Int) -> AffineMap {
    AffineMap(.zero(outputs, inputs), offset: Array(repeating: value, count: outputs))
  }
}
