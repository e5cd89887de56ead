import Architectures
import Certificates
import ExactArithmetic
import LSRL
import PropertyTesting
import Testing

@testable import Verification

@Suite("Equality from one step, by cases of signs")
struct StepComparisonTests {
  private static func cell(_ statements: String, dim: Int = 2) throws -> CellProgram {
    CellProgram(
      try Program(
        parsing: "ForEach:\n  x = Input(dim=\(dim))\n\(statements)", file: "test.lsrl"
      ).graph)
  }

  private static func areEqual(
    _ left: String, _ right: String, in range: Interval = .everything
  ) throws -> Bool {
    StepComparison(
      before: try cell(left), after: try cell(right), inputBounds: [range, range]
    ).showsEquality
  }

  @Test(
    "Two forms of one function, of the same shape",
    arguments: [
      // σ(σ(a) + a) = σ(2 σ(a)).
      (
        "  p = ReLU(x)\n  return ReLU(Linear(Concat([p, x]), A=[[1, 0, 1, 0]]))",
        "  p = ReLU(x)\n  return ReLU(Linear(Concat([p, x]), A=[[2, 0, 0, 0]]))"
      ),
      // σ(a) σ(a) = a σ(a).
      (
        "  p = ReLU(x)\n  return Multi(Linear(Concat([p, x]), A=[[1, 0, 0, 0], [1, 0, 0, 0]]))",
        "  p = ReLU(x)\n  return Multi(Linear(Concat([p, x]), A=[[0, 0, 1, 0], [1, 0, 0, 0]]))"
      ),
      // A state that stays at 0 may be added.
      (
        "  s = LinState(x, A=[[2]], B=[[0, 0]])\n  return Linear(Concat([s, x]), A=[[0, 1, 0]])",
        "  s = LinState(x, A=[[2]], B=[[0, 0]])\n  return Linear(Concat([s, x]), A=[[5, 1, 0]])"
      ),
      // What nobody reads.
      (
        "  s = LinState(x, A=[[2]], B=[[1, 0]])\n  return Linear(Concat([s, x]), A=[[0, 1, 0]])",
        "  s = LinState(x, A=[[3]], B=[[7, 0]])\n  return Linear(Concat([s, x]), A=[[0, 1, 0]])"
      ),
    ])
  func equal(left: String, right: String) throws {
    #expect(try Self.areEqual(left, right))
    #expect(try Self.areEqual(right, left))
  }

  @Test(
    "Functions that differ, if only on a small part",
    arguments: [
      // σ(a − 5) is 0 up to 5.
      (
        "  p = ReLU(Linear(x, A=[[1, 0]], b=[-5]))\n  return Linear(p, A=[[0]])",
        "  p = ReLU(Linear(x, A=[[1, 0]], b=[-5]))\n  return Linear(p, A=[[1]])"
      ),
      // σ(a) σ(b) and a σ(b).
      (
        "  p = ReLU(x)\n  return Multi(Linear(Concat([p, x]), A=[[1, 0, 0, 0], [0, 1, 0, 0]]))",
        "  p = ReLU(x)\n  return Multi(Linear(Concat([p, x]), A=[[0, 0, 1, 0], [0, 1, 0, 0]]))"
      ),
      // Only later: a state that another reads.
      (
        "  s = LinState(x, A=[[0]], B=[[1, 0]])\n  return LinState(s, A=[[1]], B=[[1]])",
        "  s = LinState(x, A=[[1/9]], B=[[1, 0]])\n  return LinState(s, A=[[1]], B=[[1]])"
      ),
      // Only from the start on.
      (
        "  return LinState(x, A=[[1]], B=[[1, 0]], init_state=[0])",
        "  return LinState(x, A=[[1]], B=[[1, 0]], init_state=[1])"
      ),
    ])
  func different(left: String, right: String) throws {
    #expect(try !Self.areEqual(left, right))
    #expect(try Self.areEqual(left, left))
  }

  @Test("With too little work nothing is claimed; with more, what it was too little for")
  func work() throws {
    let left = "  p = ReLU(x)\n  return ReLU(Linear(Concat([p, x]), A=[[1, 0, 1, 0]]))"
    let right = "  p = ReLU(x)\n  return ReLU(Linear(Concat([p, x]), A=[[2, 0, 0, 0]]))"
    var comparison = StepComparison(
      before: try Self.cell(left), after: try Self.cell(right),
      inputBounds: [.everything, .everything])
    guard case .unknown = comparison.verdict(by: StepAttempt.all, work: 10) else {
      Issue.record("shown by nothing")
      return
    }
    guard case .same = comparison.verdict(by: StepAttempt.all, work: 10_000) else {
      Issue.record("not shown with more work")
      return
    }
  }

  @Test("Bounds of tokens matter: up to 5, σ(a − 5) is 0; up to 5.1, it is not")
  func bounds() throws {
    let zero = "  p = ReLU(Linear(x, A=[[1, 0]], b=[-5]))\n  return Linear(p, A=[[0]])"
    let one = "  p = ReLU(Linear(x, A=[[1, 0]], b=[-5]))\n  return Linear(p, A=[[1]])"
    #expect(try Self.areEqual(zero, one, in: Interval(nil, 5)))
    #expect(try !Self.areEqual(zero, one, in: Interval(nil, Rational(51, 10))))
  }

  @Test("No change of a weight that some tokens show is called harmless")
  func sound() throws {
    let program = try Program(
      parsing: """
        ForEach:
          x = Input(dim=2)
          s = LinState(x, A=[[0, 0], [1, 3/5]], B=[[1, -1], [0, 2]], bias=[[1], [0]])
          p = ReLU(Linear(s, A=[[1, -1]], b=[-1]))
          return Concat([Multi(Concat([p, x[0]])), ReLU(x[1] + p)])
        """, file: "test.lsrl")
    var random = SplitMix64(seed: 3, trial: 0)
    var sequences: [[[Rational]]] = []
    for _ in 0..<40 {
      sequences.append(
        (0..<6).map { _ in
          (0..<2).map { _ in Rational(Int.random(in: -9...9, using: &random), 2) }
        })
    }
    let compilation = Compilation(program, for: [.gatedRNN, .lstm, .gru, .hawk, .mamba])
    var (shown, caught) = (0, 0)
    for (architecture, result) in compilation.stacks {
      let stack = try result.get()
      let study = try #require(MutationStudy(of: program, as: stack, on: sequences))
      let before = try CellProgram(stack)
      for _ in 0..<16 {
        guard let mutation = study.mutation(using: &random),
          let changed = stack.replacing(
            mutation.name, row: mutation.row, column: mutation.column, by: mutation.new),
          let after = try? CellProgram(changed)
        else { continue }
        let isHarmless = StepComparison(
          before: before, after: after, inputBounds: program.inputRanges
        ).showsEquality
        let isRight =
          (try? changed.exactOutputs(on: sequences)) == (try? stack.exactOutputs(on: sequences))
        #expect(isRight || !isHarmless, "\(architecture.rawValue): \(mutation)")
        if isHarmless { shown += 1 }
        if !isRight { caught += 1 }
      }
    }
    #expect(caught > 20 && shown > 5, "\(caught) caught, \(shown) shown to be harmless")
  }
}
