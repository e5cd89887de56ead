import Architectures
import ExactArithmetic

/// The residual stream through parts under construction, and which signal is in which of its
/// coordinates.
///
/// A part adds to the stream. So a signal that goes on as it is stays where it is and costs
/// nothing; a new signal is written into coordinates that are zero; and a signal that nothing needs
/// any more is subtracted from itself in the part that reads it last, by one channel. No coordinate
/// ever holds new − old, so in floats residual connections never round what is written.
struct HawkStream {
  /// A summand of a new signal, over the signals before.
  struct Term {
    let signal: AffineRow
    var lag = 0
    var decay: Rational = 0
    var gate: AffineRow?
    var coefficient: Rational = 1

    /// The signal that this is, if it is one.
    fileprivate var passed: Int? {
      guard lag == 0, decay == 0, gate == nil, coefficient == 1, signal.offset == 0,
        signal.entries.count == 1, let entry = signal.entries.first, entry.value == 1
      else { return nil }
      return entry.column
    }

    fileprivate var isZero: Bool { signal.entries.isEmpty && signal.offset == 0 }
  }

  private var parts: [HawkPart] = []

  /// By signal.
  private(set) var places: [Int]
  private var width: Int
  private let inputDimension: Int

  /// The first signals are the coordinates of a token.
  init(inputDimension: Int) {
    places = Array(0..<inputDimension)
    width = inputDimension
    self.inputDimension = inputDimension
  }

  /// A part that computes new signals, each the sum of its terms. Of the old ones, only those are
  /// left that some new one claims as a summand.
  mutating func append(_ kind: HawkPart.Kind, _ outputs: [[Term]]) {
    let occupied = Set(places)
    var kept: Set<Int> = []
    var free = 0
    var channels: [HawkPart.Channel] = []
    var targets: [Int] = []
    for terms in outputs {
      var terms = terms.filter { !$0.isZero }
      let claim = terms.firstIndex { term in
        term.passed.map { !kept.contains(places[$0]) } ?? false
      }
      let target: Int
      if let claim, let source = terms.remove(at: claim).passed {
        target = places[source]
        kept.insert(target)
      } else {
        while occupied.contains(free) { free += 1 }
        target = free
        free += 1
      }
      targets.append(target)
      channels += terms.map { channel($0, target: target) }
    }
    width = max(width, (targets.max() ?? -1) + 1)
    let part = HawkPart(
      kind: kind, channels: channels, erased: occupied.subtracting(kept).sorted())
    if !part.channels.isEmpty || !part.erased.isEmpty { parts.append(part) }
    places = targets
  }

  private func channel(_ term: Term, target: Int) -> HawkPart.Channel {
    HawkPart.Channel(
      signal: placed(term.signal), lag: term.lag, decay: term.decay, gate: term.gate.map(placed),
      target: target, coefficient: term.coefficient)
  }

  /// A row over signals as one over the stream.
  private func placed(_ row: AffineRow) -> AffineRow {
    AffineRow(
      entries: row.entries.map { Matrix.Entry(column: places[$0.column], value: $0.value) }
        .sorted { $0.column < $1.column }[...], offset: row.offset)
  }

  /// A map over the signals as one over the stream; over the token, if there are no parts: nothing
  /// has been written beyond it then.
  func placed(_ map: AffineMap) -> AffineMap {
    let count = parts.isEmpty ? inputDimension : width
    let rows = (0..<map.outputDimension).map { index in
      placed(map.row(index)).entries.filter { $0.column < count }
    }
    return AffineMap(Matrix(columnCount: count, rows: rows), offset: map.offset)
  }
}

// MARK: - Layers

extension HawkStream {
  /// The parts, two a layer where a recurrence comes before an MLP; in between idle parts without
  /// channels, that residual connections pass by. In a Griffin every third layer mixes by
  /// attention.
  func layers(of family: HawkBlock.Family, resetsAtStart: Bool) -> [Layer] {
    var pairs: [(recurrence: HawkPart?, mlp: HawkPart?)] = []
    func isAttention(_ position: Int) -> Bool { family == .griffin && position % 3 == 2 }
    for (position, part) in parts.enumerated() {
      // Behind the last part only the signals are read: one that is zero may lie where an old one
      // was.
      let part = position == parts.count - 1 ? part.erasing(only: Set(places)) : part
      switch part.kind {
      case .recurrence:
        if isAttention(pairs.count) { pairs.append((nil, nil)) }
        pairs.append((part, nil))
      case .mlp:
        if let last = pairs.last, last.mlp == nil {
          pairs[pairs.count - 1].mlp = part
        } else {
          pairs.append((nil, part))
        }
      }
    }
    return pairs.enumerated().map { position, pair in
      let recurrence = pair.recurrence ?? HawkPart(kind: .recurrence, channels: [], erased: [])
      let mlp = pair.mlp ?? HawkPart(kind: .mlp, channels: [], erased: [])
      return .hawk(
        HawkBlock(
          family: family,
          mixing: isAttention(position)
            ? .attention(.unused(width: width))
            : .recurrence(recurrence.recurrence(width: width, resetsAtStart: resetsAtStart)),
          mlp: mlp.mlp(width: width)))
    }
  }
}

extension LocalAttention {
  /// One head that attends to the first coordinate over two tokens, and adds nothing: W_o = 0. With
  /// weights that are positive and sum to 1, attention over more than one token is never the
  /// identity (arXiv 2406.01424 takes it for one); the residual connection is.
  fileprivate static func unused(width: Int) -> LocalAttention {
    let first = Matrix.selection(of: 0..<1, from: width)
    return LocalAttention(
      query: first, key: first, value: first, output: AffineMap(.zero(width, 1)), window: 2)
  }
}
