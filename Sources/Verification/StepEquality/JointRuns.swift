import Certificates
import CouplingSearch
import ExactArithmetic

/// A number that one of two programs remembers.
struct JointCoordinate: Hashable {
  enum Side { case before, after }

  let side: Side
  let node: Int
  let place: Int
}

/// What two programs remembered, in runs on the same random tokens: from these, relations are
/// guessed.
struct JointRuns {
  let coordinates: [JointCoordinate]

  /// By sample the numbers of all coordinates, each sample once; the first is the start, if no
  /// steps are skipped.
  private(set) var samples: [[Rational]] = []

  private(set) var columns = SampleColumns([], coordinates: 0)

  /// By coordinate the number that the longest run comes ever closer to, each time by the same
  /// factor, as far as its last samples tell.
  private(set) var limits: [Rational?] = []

  /// What is rectified, of either side: by node and place, whether it was never positive. Of the
  /// nodes `after` also whether it was always what the node of this number was `before`.
  private(set) var habits = RectifierHabits()

  /// The first tokens on which the outputs differed.
  private(set) var counterexample: [[Rational]]?

  /// Numbers of more bits end a run.
  private static let bitLimit = 1 << 11

  /// Runs of that many tokens.
  private static let lengths = Array(repeating: 10, count: 40) + Array(repeating: 40, count: 4)

  /// Steps of each run before the first sample.
  private let skipped: Int

  init(
    _ before: CellProgram, _ after: CellProgram, inputBounds: [Interval], skipped: Int = 0,
    seed: UInt64 = 1
  ) {
    self.skipped = skipped
    coordinates =
      Self.coordinates(of: before, .before) + Self.coordinates(of: after, .after)
    var known: Set<[Rational]> = []
    var tokens = Tokens(within: inputBounds, seed: seed)
    for length in Self.lengths where counterexample == nil {
      observe(tokens.sequence(length: length), before, after, &known)
    }
    limits = coordinates.indices.map { place in Self.limit(of: longest.suffix(4).map { $0[place] })
    }
    longest = []
    columns = SampleColumns(samples, coordinates: coordinates.count)
  }

  /// What a geometric sequence tends to.
  ///
  /// Source: A. C. Aitken, *On Bernoulli's Numerical Solution of Algebraic Equations*, Proceedings
  /// of the Royal Society of Edinburgh 46, 1926: exact where there is one factor.
  private static func limit(of values: [Rational]) -> Rational? {
    guard values.count == 4 else { return nil }
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    guard steps[0] != 0, steps[1] * steps[1] == steps[0] * steps[2],
      steps[1].magnitude < steps[0].magnitude
    else { return nil }
    let factor = steps[1] / steps[0]
    return values[3] + steps[2] * factor / (1 - factor)
  }

  /// The samples of the run that has most.
  private var longest: [[Rational]] = []

  private static func coordinates(
    of program: CellProgram, _ side: JointCoordinate.Side
  ) -> [JointCoordinate] {
    program.initial.enumerated().flatMap { node, values in
      values.indices.map { JointCoordinate(side: side, node: node, place: $0) }
    }
  }

  private mutating func observe(
    _ tokens: [[Rational]], _ before: CellProgram, _ after: CellProgram,
    _ known: inout Set<[Rational]>
  ) {
    var run: [[Rational]] = []
    defer { if run.count > longest.count { longest = run } }
    var memory = (before.memory(Rational.self), after.memory(Rational.self))
    for position in 0...tokens.count {
      let sample = coordinates.map { coordinate in
        switch coordinate.side {
        case .before: memory.0[coordinate.node][coordinate.place]
        case .after: memory.1[coordinate.node][coordinate.place]
        }
      }
      guard sample.allSatisfy({ $0.bitCount <= Self.bitLimit }) else { return }
      run.append(sample)
      if position >= skipped, known.insert(sample).inserted { samples.append(sample) }
      guard position < tokens.count else { return }
      memory.0 = before.step(tokens[position], after: memory.0)
      memory.1 = after.step(tokens[position], after: memory.1)
      if memory.0[before.output] != memory.1[after.output] {
        counterexample = Array(tokens[...position])
        return
      }
      if position >= skipped { habits.observe(before, memory.0, after, memory.1) }
    }
  }
}
