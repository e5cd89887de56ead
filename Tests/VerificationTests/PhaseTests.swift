import Certificates
import ExactArithmetic
import LSRL
import Testing

@testable import Verification

@Suite("Equality that takes some steps, or every other step, to see")
struct PhaseTests {
  private static func cell(_ statements: String, dim: Int = 1) throws -> CellProgram {
    CellProgram(
      try Program(
        parsing: "ForEach:\n  x = Input(dim=\(dim))\n\(statements)", file: "test.lsrl"
      ).graph)
  }

  private static func fate(_ left: String, _ right: String, dim: Int = 1) throws -> MutationFate {
    try EffectOfChange(
      before: cell(left, dim: dim), after: cell(right, dim: dim),
      ranges: Array(repeating: .everything, count: dim), maximumLength: nil
    ).fate()
  }

  private static let zero = "  return Linear(x, A=[[0]])"

  /// 1, −1, 3, −5, 11, …, each with the number before it.
  private static let alternating = """
      s = LinState(x, A=[[-2, 0], [1, 0]], B=[[0], [0]], bias=[[1], [0]], init_state=[0, 0])

    """

  @Test("Signs of a state that grows and alternates")
  func alternation() throws {
    let both = Self.alternating + "  return Multi(ReLU(s))"
    #expect(try Self.fate(both, Self.zero) == .harmless)
    // Of opposite signs from the second step on.
    let opposite = Self.alternating + "  return Multi(ReLU(Linear(s, A=[[1, 0], [0, -1]])))"
    #expect(try Self.fate(opposite, Self.zero) != .harmless)
  }

  /// From the third step on, both signs are the same, and alternate.
  private static let irregular = """
      s = LinState(x, A=[[0, -1], [-3, -1]], B=[[0], [0]], bias=[[5], [5]], init_state=[1/2, 0])
      f = LinState(x, A=[[0, 0, 0], [1, 0, 0], [0, 1, 0]], B=[[0], [0], [0]], init_state=[1, 0, 0])

    """

  @Test("What happens only in the first steps")
  func transient() throws {
    let product = Self.irregular + "  return Multi(ReLU(Linear(s, A=[[1, 0], [0, -1]])))"
    // 3/2 · 27/2 in the second step.
    let once = Self.irregular + "  return Linear(f, A=[[0, 0, 81/4]])"
    #expect(try Self.fate(product, once) == .harmless)
    let other = Self.irregular + "  return Linear(f, A=[[0, 0, 20]])"
    #expect(try Self.fate(product, other) != .harmless)
  }

  @Test("Skipped steps are compared, too, and relations that end later are none")
  func skipped() throws {
    for delay in [1, 3, 9] {
      let rows = (0...delay).map { row in
        "[" + (0...delay).map { $0 == row - 1 ? "1" : "0" }.joined(separator: ", ") + "]"
      }.joined(separator: ", ")
      let start = "[1" + String(repeating: ", 0", count: delay) + "]"
      let inputs = Array(repeating: "[0]", count: delay + 1).joined(separator: ", ")
      let flag = "  f = LinState(x, A=[\(rows)], B=[\(inputs)], init_state=\(start))\n"
      let picked = String(repeating: "0, ", count: delay) + "1"
      let pulse = flag + "  return Linear(f, A=[[\(picked)]])"
      for skipped in [0, 2, 4] {
        let comparison = StepComparison(
          before: try Self.cell(pulse), after: try Self.cell(Self.zero),
          inputBounds: [.everything], skipped: skipped)
        #expect(!comparison.showsEquality, "a pulse after \(delay) steps, \(skipped) skipped")
      }
    }
  }

  @Test("A bound that a state comes ever closer to")
  func limit() throws {
    let state = "  s = LinState(x, A=[[1/2]], B=[[0]], bias=[[19/2]])\n"
    #expect(
      try Self.fate(state + "  return ReLU(Linear(s, A=[[1]], b=[-19]))", Self.zero) == .harmless)
    let below = try Self.fate(
      state + "  return ReLU(Linear(s, A=[[1]], b=[-18999/1000]))", Self.zero)
    guard case .caughtLater = below else {
      Issue.record("\(below)")
      return
    }
  }

  @Test("A product with one factor that is never positive, seen by taking the other out")
  func factored() throws {
    // (x − 1) s for x up to 1 and s from 0 on: the sum of all tokens before.
    let product = """
        s = LinState(x, A=[[1, 0], [1, 0]], B=[[1], [0]])
        return ReLU(Multi(Concat([Linear(x, A=[[1]], b=[-1]), s[1]])))
      """
    for (bound, isSame) in [(Rational(1), true), (Rational(11, 10), false)] {
      let comparison = StepComparison(
        before: try Self.cell(product), after: try Self.cell(Self.zero),
        inputBounds: [Interval(0, bound)])
      #expect(comparison.showsEquality == isSame)
    }
  }

  @Test("Powers of one combination of many inputs are short")
  func directions() throws {
    let start = """
        l = Linear(x, A=[[2, -3, 1/2, 0, 7, -1]])
        a = Multi(Concat([l, l]))
        b = Multi(Concat([a, a]))
        c = Multi(Concat([b, b]))

      """
    let square = start + "  return Multi(Concat([c, c]))"
    let steps = start + "  return Multi(Concat([Multi(Concat([a, a])), Multi(Concat([b, c]))]))"
    let other = start + "  return Multi(Concat([Multi(Concat([a, b])), Multi(Concat([b, c]))]))"
    func comparison(_ right: String) throws -> StepComparison {
      StepComparison(
        before: try Self.cell(square, dim: 6), after: try Self.cell(right, dim: 6),
        inputBounds: Array(repeating: .everything, count: 6))
    }
    #expect(try comparison(steps).showsEquality)
    #expect(try !comparison(other).showsEquality)
  }
}
