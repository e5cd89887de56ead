import ExactArithmetic

/// Enclosures of all values of a line, for all inputs in a box.
///
/// One pass bounds each value from those it reads: exact interval, float interval, error, grid. The
/// error of a ReLU is bounded by the **phase lemma**: if x̂ is the float argument and x the exact
/// one, then
///
///     |ReLU(x̂) − ReLU(x)| ≤ max(sup{|x̂ − x| : x̂ > 0}, sup{|x̂ − x| : x > 0}),
///
/// because both sides are 0 unless one of the two is positive, and ReLU is 1-Lipschitz. Each
/// supremum is taken over the part of the box where its condition can hold (`contract`). That is
/// what general tools miss: where λ is large the ReLU is off, and its rounding does not matter.
struct BoxAnalysis {
  let line: RoundedLine
  let rules: AnalysisRules
  private(set) var values: [Enclosure]
  private var trial: [Enclosure]

  /// By place in a cone: what was there after the last round.
  private var previous: [Enclosure] = []

  /// Exact values that do not vary over the box. Intervals in doubles would widen them, and an
  /// error of exactly 0 would look like one.
  private var points: [Rational?]

  init(_ line: RoundedLine, rules: AnalysisRules = AnalysisRules()) {
    self.line = line
    self.rules = rules
    values = Array(repeating: .unknown, count: line.instructions.count)
    trial = values
    points = Array(repeating: nil, count: line.instructions.count)
  }

  /// Analyses the box in which leaf k lies in `leaves[k]`. False if no input lies in it.
  mutating func run(_ leaves: [Enclosure], usingPhases: Bool = true) -> Bool {
    for place in line.instructions.indices {
      let instruction = line.instructions[place]
      points[place] = nil
      if instruction.kind == .leaf {
        values[place] = leaves[instruction.left]
        let exact = values[place].exact
        points[place] = exact.isPoint ? Rational(exactly: exact.low) : nil
        guard values[place].settle(line.rounding, rules) else { return false }
        continue
      }
      values[place] = .unknown
      guard compute(place, in: &values), settlePoint(place) else { return false }
      if instruction.kind == .relu, usingPhases, let cone = line.cones[place] {
        let error = errorByPhases(of: instruction.left, cone)
        guard error < values[place].error else { continue }
        values[place].error = error
        guard values[place].settle(line.rounding, rules) else { return false }
      }
    }
    return true
  }

  /// Sharpens a value that is the same for all inputs of the box.
  private mutating func settlePoint(_ place: Int) -> Bool {
    guard let point = point(place), point.bitCount <= Interval.largestBound else { return true }
    points[place] = point
    values[place].exact = Span(low: Directed.down(point), high: Directed.up(point))
    let float = values[place].float
    if float.isPoint, let float = Rational(exactly: float.low) {
      values[place].error = min(values[place].error, Directed.up((float - point).magnitude))
    }
    return values[place].settle(line.rounding, rules)
  }

  /// The exact value, from those that it is computed from; nil if one of them varies.
  private func point(_ place: Int) -> Rational? {
    let instruction = line.instructions[place]
    switch instruction.kind {
    case .leaf: return points[place]
    case .constant: return line.weights[instruction.left].value
    case .scale:
      return points[instruction.right].map { line.weights[instruction.left].value * $0 }
    case .relu: return points[instruction.left]?.positivePart
    case .sum, .product:
      guard let left = points[instruction.left], let right = points[instruction.right] else {
        return nil
      }
      return instruction.kind == .sum ? left + right : left * right
    }
  }

  /// The error of the ReLU of `argument`, by the phase lemma.
  private mutating func errorByPhases(of argument: Int, _ cone: RoundedLine.Cone) -> Double {
    let plain = values[argument]
    guard plain.error > 0, plain.error.isFinite else { return plain.error }
    if plain.float.high <= 0, plain.exact.high <= 0 { return 0 }
    let ofExact = error(of: argument, where: .exactIsPositive, cone)
    let isOn = plain.float.low > 0 && plain.exact.low > 0  // then both conditions say nothing
    guard rules.looksAtFloatPhase, !isOn else { return ofExact }
    return max(ofExact, error(of: argument, where: .floatIsPositive, cone))
  }

  /// How often a condition is carried backward and forward. What a box yields does not depend on
  /// when others come to rest, so larger boxes have larger bounds.
  private static let rounds = 4

  enum Phase { case floatIsPositive, exactIsPositive }

  /// 0 if the condition cannot hold.
  private mutating func error(
    of argument: Int, where phase: Phase, _ cone: RoundedLine.Cone
  ) -> Double {
    for place in cone.values {
      trial[place] = values[place]
      guard values[place].error.isFinite else { return values[argument].error }
    }
    previous = Array(repeating: .unknown, count: cone.values.count)
    for _ in 0..<BoxAnalysis.rounds {
      guard let hasChanged = contract(argument, phase, cone) else { return 0 }
      if !hasChanged { break }
    }
    return trial[argument].error
  }

  /// Shrinks the box to where the condition can hold: backward from the condition to the leaves,
  /// forward again. (HC4: Benhamou, Goualard, Granvilliers and Puget, *Revising hull and box
  /// consistency*, ICLP 1999.) Whether that changed anything; nil if nothing is left.
  private mutating func contract(
    _ argument: Int, _ phase: Phase, _ cone: RoundedLine.Cone
  ) -> Bool? {
    switch phase {
    case .floatIsPositive:
      let least = FormatRounding.power(
        max(min(trial[argument].grid, 1023), line.rounding.minimumExponent))
      trial[argument].float.meet(low: least, high: .infinity)
    case .exactIsPositive: trial[argument].exact.meet(low: 0, high: .infinity)
    }
    guard trial[argument].settle(line.rounding, rules) else { return nil }
    for index in cone.values.indices.reversed() where !cone.isFrozen[index] {
      guard spread(cone.values[index], in: &trial) else { return nil }
    }
    var hasChanged = false
    for index in cone.values.indices {
      let place = cone.values[index]
      let isGiven = cone.isFrozen[index] || line.instructions[place].kind == .leaf
      let isFeasible =
        isGiven ? trial[place].settle(line.rounding, rules) : compute(place, in: &trial)
      guard isFeasible else { return nil }
      if trial[place] != previous[index] {
        hasChanged = true
        previous[index] = trial[place]
      }
    }
    return hasChanged
  }
}
