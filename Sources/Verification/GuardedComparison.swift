import Architectures
import Certificates
import CouplingSearch
import ExactArithmetic

/// A network as a program, with the numbers that must be positive for the program to be the network.
struct GuardedProgram {
  let program: CellProgram
  private let guards: [Int]

  init(_ stack: LayerStack) throws(UnfoldingError) {
    (program, guards) = try CellProgram.guarded(stack)
  }

  /// Whether the guards are shown to be positive on all tokens within `ranges`: each is at least
  /// half of the least that it was in runs, which is shown by comparing what is left of it with its
  /// own positive part.
  func isAlwaysOpen(ranges: [Interval]) -> Bool {
    if guards.isEmpty { return true }
    let all = CellProgram(
      nodes: program.nodes + [.concat(guards)], initial: program.initial,
      output: program.nodes.count)
    guard let least = all.leastOutput(ranges: ranges), least > 0 else { return false }
    let rest = AffineMap(
      .identity(guards.count), offset: guards.map { _ in -least / 2 })
    let nodes = all.nodes + [.linear(rest, of: all.output), .relu(of: all.output + 1)]
    return StepComparison(
      before: CellProgram(nodes: nodes, initial: all.initial, output: all.output + 1),
      after: CellProgram(nodes: nodes, initial: all.initial, output: all.output + 2),
      inputBounds: ranges
    ).showsEquality
  }
}

extension CellProgram {
  /// The least number among the outputs of some runs.
  fileprivate func leastOutput(ranges: [Interval], seed: UInt64 = 2) -> Rational? {
    var tokens = Tokens(within: ranges, seed: seed)
    var least: Rational?
    for _ in 0..<20 {
      var remembered = memory(Rational.self)
      for token in tokens.sequence(length: 10) {
        remembered = step(token, after: remembered)
        guard remembered.allSatisfy({ $0.allSatisfy { $0.bitCount < 1 << 11 } }) else { break }
        guard let found = remembered[output].min() else { return nil }
        least = min(found, least ?? found)
        if found <= 0 { return found }
      }
    }
    return least
  }
}
