import Certificates
import ExactArithmetic
import LSRL
import Testing

@testable import Verification

@Suite("Equality from relations of what is remembered")
struct JointRelationTests {
  private static func cell(_ statements: String) throws -> CellProgram {
    CellProgram(
      try Program(
        parsing: "ForEach:\n  x = Input(dim=1)\n\(statements)", file: "test.lsrl"
      ).graph)
  }

  private static func areEqual(_ left: String, _ right: String) throws -> Bool {
    StepComparison(
      before: try cell(left), after: try cell(right), inputBounds: [.everything]
    ).showsEquality
  }

  /// A clock that counts 0, 1, 2, 0, … in three coordinates of which one is 1.
  private static let clock = """
      one = Linear(x, A=[[0], [0], [0]], b=[0, 0, 0])
      c = LinState(one, A=[[0, 0, 1], [1, 0, 0], [0, 1, 0]], B=[[0, 0, 0], [0, 0, 0], [0, 0, 0]], \
    init_state=[1, 0, 0])

    """

  /// The halves of the token, and of the one before.
  private static let halves = """
      p = ReLU(x)
      n = ReLU(Linear(x, A=[[-1]]))
      h = LinState(Concat([p, n]), A=[[0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0]], \
    B=[[1, 0], [0, 1], [0, 0], [0, 0]])

    """

  @Test(
    "Shown",
    arguments: [
      // Of three coordinates one is 1: c² = c, c₀ c₁ = 0.
      (
        clock + "  return Multi(Linear(c, A=[[1, 0, 0], [1, 0, 0]]))",
        clock + "  return Linear(c, A=[[1, 0, 0]])"
      ),
      (
        clock + "  return Multi(Linear(c, A=[[1, 0, 0], [0, 1, 0]]))",
        clock + "  return Linear(c, A=[[0, 0, 0]])"
      ),
      (
        clock + "  return ReLU(Linear(c, A=[[1, 1, 1]], b=[-1]))",
        clock + "  return Linear(c, A=[[0, 0, 0]])"
      ),
      // One of two halves is 0, also of those that are remembered.
      (
        halves + "  return Multi(Linear(h, A=[[0, 0, 1, 0], [0, 0, 0, 1]]))",
        halves + "  return Linear(x, A=[[0]])"
      ),
      (
        halves + "  return ReLU(Linear(h, A=[[0, 0, 2, -3]]))",
        halves + "  return Linear(h, A=[[0, 0, 2, 0]])"
      ),
      // σ(a) + σ(−a − b) with b ≥ 0: not both are positive.
      (
        "  b = ReLU(x)\n  d = LinState(x, A=[[0]], B=[[1]])\n"
          + "  return Multi(Concat([ReLU(d), ReLU(Linear(Concat([d, b]), A=[[-1, -1]]))]))",
        "  return Linear(x, A=[[0]])"
      ),
      // Bounds that hold by what two numbers are together: r is 0 or 1.
      (
        "  r = LinState(x, A=[[-1]], B=[[0]], bias=[[1]])\n  return ReLU(Linear(r, b=[-1], A=[[1]]))",
        "  return Linear(x, A=[[0]])"
      ),
    ])
  func shown(left: String, right: String) throws {
    #expect(try Self.areEqual(left, right))
    #expect(try Self.areEqual(right, left))
  }

  @Test(
    "Not shown, since it is not so, though no run of ours is likely to tell",
    arguments: [
      // What is remembered only of huge tokens.
      (
        "  s = LinState(ReLU(Linear(x, A=[[1]], b=[-10000000])), A=[[1]], B=[[1]])\n  return s",
        "  return Linear(x, A=[[0]])"
      ),
      // A clock that strikes at 1,000.
      (
        "  s = LinState(x, A=[[1]], B=[[0]], bias=[[1]])\n"
          + "  return ReLU(Linear(s, A=[[1]], b=[-1000]))",
        "  return Linear(x, A=[[0]])"
      ),
      // Both are positive between 7/1000000 and 8/1000000.
      (
        "  return Multi(Concat([ReLU(Linear(x, A=[[1000000]], b=[-7])), "
          + "ReLU(Linear(x, A=[[-1000000]], b=[8]))]))",
        "  return Linear(x, A=[[0]])"
      ),
      // Two numbers that are both 1 only after x = 1/7 twice.
      (
        """
          near = ReLU(Linear(x, A=[[-1]], b=[1/7])) + ReLU(Linear(x, A=[[1]], b=[-1/7]))
          s = LinState(near, A=[[0]], B=[[-1]], bias=[[1]])
          return Multi(Concat([ReLU(s - 9999999/10000000), ReLU(1/20 - near)]))
        """,
        "  return Linear(x, A=[[0]])"
      ),
    ])
  func notShown(left: String, right: String) throws {
    #expect(try !Self.areEqual(left, right))
    #expect(try Self.areEqual(left, left))
  }

  @Test("Conditions that contradict each other in a sum, and such that do not")
  func exclusion() throws {
    var table = SymbolTable()
    let x = try table.variable(within: .everything)
    let y = try table.variable(within: Interval(0, nil))
    func conditions(_ polynomials: [Polynomial]) -> Conditions {
      polynomials.reduce(Conditions()) { conditions, polynomial in
        conditions.adding(polynomial, within: .everything) ?? conditions
      }
    }
    // x + 2y > 0 and −x − 3y > 0 add up to −y > 0.
    let left = x.adding(y, times: 2)
    let right = x.adding(y, times: 3).scaled(by: -1)
    #expect(table.isExcluded(conditions([left, right])))
    // With 2y they do not: x = −5, y = 2.
    #expect(!table.isExcluded(conditions([x.adding(y, times: 3), left.scaled(by: -1)])))
    // Three of which no two contradict each other: x > 1, y > 1, 2 − x − y > 0.
    var sum = Polynomial(2) - x
    sum = sum - y
    #expect(table.isExcluded(conditions([x - Polynomial(1), y - Polynomial(1), sum])))
    #expect(!table.isExcluded(conditions([x - Polynomial(1), sum])))
  }
}
