import Architectures
import ExactArithmetic

/// A value in all runs of a stack at once, one weight of which is any number at all: an interval
/// that contains it, and whether it may depend on that weight.
///
/// Running a stack on these, whatever its layers are, follows the weight from where it stands to
/// the output. A dependence ends where it is multiplied by a factor that is always zero, and in a
/// ReLU whose argument is never positive.
struct Influence: Hashable {
  let range: Interval

  /// Whether the value may be another if the weight is.
  let isAffected: Bool

  /// Whether the value is 0 or 1: a power of 0 is.
  let isBit: Bool

  init(_ range: Interval, isAffected: Bool, isBit: Bool = false) {
    self.range = range.limited
    self.isBit = isBit
    // What can only be one number is that number, whatever the weight.
    self.isAffected = isAffected && range.point == nil
  }

  /// Stands in a stack for the weight that is followed. No compiled weight is this number.
  static let mark = Rational(314_159_265_358_979, 271_828_182_845_904)

  /// What the weight may be.
  @TaskLocal static var marked = Interval.everything
}

extension Influence: PowerScalar {
  static let zero = Influence(0, isAffected: false)

  /// Zero times anything is zero, as over the rationals.
  static var isExact: Bool { true }

  init(integerLiteral value: Int) { self.init(Interval(Rational(value)), isAffected: false) }

  init(nearest rational: Rational) {
    let isMark = rational == Influence.mark
    self.init(isMark ? Influence.marked : Interval(rational), isAffected: isMark)
  }

  static func + (left: Influence, right: Influence) -> Influence {
    Influence(left.range + right.range, isAffected: left.isAffected || right.isAffected)
  }

  static func - (left: Influence, right: Influence) -> Influence {
    Influence(
      left.range - right.range, isAffected: left.isAffected || right.isAffected,
      isBit: left.range.point == 1 && right.isBit)
  }

  static func * (left: Influence, right: Influence) -> Influence {
    Influence(
      left.range * right.range, isAffected: left.isAffected || right.isAffected,
      isBit: left.isBit && right.isBit)
  }

  var positivePart: Influence { Influence(range.positivePart, isAffected: isAffected) }
  var bitCount: Int { range.bitCount }

  /// Nil if the power might not exist: then nothing is claimed. Powers of 1 are 1, and those of 0
  /// with positive exponents are 0, whatever they depend on; 0⁰ is 1.
  func power(_ exponent: Influence) -> Influence? {
    if range.point == 1 { return self }
    if range.point == 0, let least = exponent.range.lower, least >= 0 {
      if least > 0 { return self }
      return Influence(Interval(0, 1), isAffected: exponent.isAffected, isBit: true)
    }
    guard !isAffected, !exponent.isAffected else {
      return exponent == 1 ? self : nil
    }
    return range.power(exponent.range).map { Influence($0, isAffected: false) }
  }

  var root: Influence? {
    if isBit { return self }
    return isAffected ? nil : range.root.map { Influence($0, isAffected: false) }
  }

  static func softmax(_ scores: [Influence], dimension: Int) -> [Influence]? { nil }
}

extension Influence {
  func union(_ other: Influence) -> Influence {
    Influence(
      range.union(other.range),
      isAffected: isAffected || other.isAffected)
  }

  /// The union, but a bound that moves is given up: so that repeating it ends.
  func widened(by other: Influence) -> Influence {
    let union = range.union(other.range)
    return Influence(
      Interval(
        union.lower == range.lower ? range.lower : nil,
        union.upper == range.upper ? range.upper : nil),
      isAffected: isAffected || other.isAffected)
  }
}

extension LayerStack {
  /// Whether outputs are the same for every number from `old` to `new` in the place of this weight;
  /// as in `isDead`.
  func isIndifferent(
    to name: String, row: Int, column: Int, from old: Rational, to new: Rational,
    ranges: [Interval]
  ) -> Bool {
    Influence.$marked.withValue(Interval(min(old, new), max(old, new))) {
      isDead(name, row: row, column: column, ranges: ranges)
    }
  }

  /// Steps before bounds that still move are given up, and steps altogether.
  private static let patience = (exact: 6, all: 60)

  /// Whether the weight `name` at `row`, `column` has no influence on any output: for every number
  /// in its place, every sequence (of tokens within `ranges`), and every step. False: not shown.
  ///
  /// Sound, not complete: values are followed one by one, so it does not see that two effects
  /// cancel, or that a sum of signals is always zero though they are not.
  public func isDead(_ name: String, row: Int, column: Int, ranges: [Interval]) -> Bool {
    precondition(ranges.count == inputDimension, "\(ranges.count) ranges of tokens")
    guard let marked = replacing(name, row: row, column: column, by: Influence.mark) else {
      return false
    }
    let token = ranges.map { Influence($0, isAffected: false) }
    var run = StackRun<ReLUGates<Influence>>(marked)
    for step in 0..<LayerStack.patience.all {
      let before = run.memory
      guard let output = try? run.step(token), !output.contains(where: \.isAffected) else {
        return false
      }
      let after = run.memory
      let joined = zip(before, after).map { before, after in
        before.joined(with: after, widening: step >= LayerStack.patience.exact)
      }
      if joined.map(\.vectors) == before.map(\.vectors) { return true }
      run.memory = joined
    }
    return false
  }
}

extension LayerMemory<Influence> {
  fileprivate func joined(
    with other: LayerMemory<Influence>, widening: Bool
  ) -> LayerMemory<Influence> {
    // Short sequences: some layers remember more after each token, up to what they reach back to.
    guard vectors.map(\.count) == other.vectors.map(\.count) else { return other }
    var joined = self
    for (index, vector) in other.vectors.enumerated() {
      joined.vectors[index] = zip(vectors[index], vector).map {
        widening ? $0.widened(by: $1) : $0.union($1)
      }
    }
    return joined
  }
}
