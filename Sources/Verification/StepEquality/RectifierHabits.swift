import Certificates
import ExactArithmetic

/// What ReLUs did in runs: which let nothing through, and which let through what their twins did.
///
/// What is always so can often be shown by itself, from few relations. Then what depends on it is
/// short: the two programs become the same behind a change that makes no difference.
///
/// Source: merging points of two circuits that agree in simulations, from the inputs on: A.
/// Kuehlmann, F. Krohm, *Equivalence Checking Using Cuts and Heaps*, DAC 1997.
struct RectifierHabits {
  /// By ReLU node and place; other nodes are left out.
  private(set) var closedBefore: [Int: [Bool]] = [:]
  private(set) var closedAfter: [Int: [Bool]] = [:]
  private(set) var equal: [Int: [Bool]] = [:]

  mutating func observe(
    _ before: CellProgram, _ old: [[Rational]], _ after: CellProgram, _ new: [[Rational]]
  ) {
    Self.observe(before, old, &closedBefore) { _, _, value in value == 0 }
    Self.observe(after, new, &closedAfter) { _, _, value in value == 0 }
    Self.observe(after, new, &equal) { node, place, value in
      old.indices.contains(node) && old[node].indices.contains(place) && old[node][place] == value
    }
  }

  private static func observe(
    _ program: CellProgram, _ values: [[Rational]], _ habits: inout [Int: [Bool]],
    _ isSo: (Int, Int, Rational) -> Bool
  ) {
    for (number, node) in program.nodes.enumerated() {
      guard case .relu = node else { continue }
      if let known = habits[number], !known.contains(true) { continue }
      var habit = habits[number] ?? values[number].map { _ in true }
      for (place, value) in values[number].enumerated() where habit[place] {
        habit[place] = isSo(number, place, value)
      }
      habits[number] = habit
    }
  }
}
