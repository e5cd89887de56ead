import ExactArithmetic
import Testing

@testable import CouplingSearch

@Suite("Affine relations between samples")
struct AffineHullTests {
  /// Columns that are functions of random x and y.
  private func columns(_ functions: [(Rational, Rational) -> Rational]) -> [[Residue]] {
    var words = RandomWords(seed: 5)
    let points = (0..<20).map { _ in
      (Rational(words.index(below: 100), 7), Rational(words.index(below: 100) - 50))
    }
    return functions.map { function in points.map { Residue(function($0.0, $0.1)) } }
  }

  private func described(_ hull: AffineHull) -> [String] {
    hull.combinations.map { combination in
      guard let combination else { return "-" }
      return
        (combination.terms.map { "\($0.coefficient) q\($0.quantity)" }
        + ["\(combination.constant)"]).joined(separator: " + ")
    }
  }

  @Test("Functions of earlier quantities are found, the shortest first")
  func found() {
    let hull = AffineHull(
      columns([
        { x, _ in x }, { _, y in y }, { x, y in x - y / 3 + 2 }, { _, _ in Rational(-5, 7) },
        { x, _ in 4 - 1000 * x }, { x, y in x * y }, { x, y in 1 + x * y - y },
      ]), Array(repeating: .any, count: 7))
    #expect(
      described(hull) == [
        "-", "-", "1 q0 + -1/3 q1 + 2", "-5/7", "-1000 q0 + 4", "-", "-1 q1 + 1 q5 + 1",
      ])
  }

  @Test("Some are expressed by several others only if one of the first is among them")
  func joint() {
    let functions: [(Rational, Rational) -> Rational] = [
      { x, _ in x }, { _, y in y }, { x, y in x * y }, { x, y in y - 3 * x * y },
      { x, y in x + x * y }, { x, y in 2 * x * y - 1 },
    ]
    let hull = AffineHull(columns(functions), Array(repeating: .joint(with: 1), count: 6))
    #expect(
      described(hull) == ["-", "-", "-", "-", "1 q0 + 1 q2 + 0", "2 q2 + -1"])
  }

  @Test("Quantities that are to be kept are not expressed")
  func kept() {
    let columns = columns([{ x, _ in x }, { _, y in y }, { x, y in x + y }, { x, _ in 2 * x }])
    #expect(
      described(AffineHull(columns, [.any, .any, .simple, .simple])) == ["-", "-", "-", "2 q0 + 0"])
    #expect(
      described(AffineHull(columns, [.any, .any, .none, .none])) == ["-", "-", "-", "-"])
  }

  @Test("Rationals come back from their residues, unless they are too long")
  func reconstruction() {
    for value in [0, 1, -1, Rational(22, 7), Rational(-1_000_003, 999), Rational(1 << 20)]
      as [Rational]
    {
      #expect(Residue(value).rational == value)
    }
    #expect(Residue(Rational(1_234_567_890_123, 9_876_543_211)).rational == nil)
  }
}
