import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Testing

/// Proofs that nothing is rounded, and what spoils them.
@Suite("Exactness on grids")
struct ExactnessTests {
  private func exactness(
    _ statements: String, inputs: [GridValue], _ horizon: Horizon = .steps(4),
    limits: ExactnessLimits = ExactnessLimits()
  ) throws -> Exactness {
    let text = "ForEach:\n  x = Input(dim=\(inputs.count))\n\(statements)"
    let program = try Program(parsing: text, file: "test.lsrl")
    return try Exactness(Tape(program.graph), inputs: inputs, horizon: horizon, limits: limits)
  }

  private func integers(_ lower: Rational, _ upper: Rational) throws -> GridValue {
    try #require(GridValue(from: lower, to: upper, spacing: 1))
  }

  @Test("A sum needs the bits from its finest member's grid to its largest magnitude")
  func bits() throws {
    let x = try integers(0, 9)
    for (row, bits) in [
      ("Linear(x, A=[[1]])", 4), ("Linear(x, A=[[1/8]])", 4), ("Linear(x, A=[[1]], b=[1/8])", 7),
      ("Linear(x, A=[[1]], b=[-1024])", 10), ("Linear(x, A=[[3]], b=[1024])", 11),
      ("Linear(x, A=[[1]], b=[-1025])", 11), ("Multi(Concat([x, x]))", 7),
    ] {
      let found = try exactness("  return \(row)", inputs: [x])
      #expect(found.needs.precision == bits, "\(row)")
    }
  }

  @Test("Each prefix counts, also where the last sum is small")
  func prefixes() throws {
    let inputs = [try integers(0, 9), try integers(0, 1)]
    let text = "  return Linear(x, A=[[1, -1024]], b=[1024])"
    let found = try exactness(text, inputs: inputs)
    #expect(found.needs.precision == 11)
    #expect(try found.outputs == [integers(0, 1033)])
    #expect(found.isProved(in: .binary16) && !found.isProved(in: .bfloat16))
    let failure = try #require(found.failure(in: .bfloat16))
    #expect(failure.reason == .precision(needed: 11))
    #expect(
      failure.place
        == ExactnessPlace(step: 0, instruction: 0, part: .sum(row: 0, column: 0)), "\(failure)")
    #expect(
      failure.description
        == "step 0, instruction 0, row 0: the sum with column 0 may need 11 bits "
        + "(Z in [1024, 1033])")
  }

  @Test("A step is 0 or 1 where its ramp lies between two numbers of the grid")
  func steps() throws {
    let x = try integers(0, 9)
    for mu in ["2", "1000", "3"] {
      let found = try exactness("  return f_step(x - 7/2, mu=\(mu))", inputs: [x])
      #expect(try found.outputs == [integers(0, 1)], "\(mu)")
      #expect((found.needs.precision == nil) == (mu != "2"), "thousandths and thirds are no floats")
    }
    let ramp = try exactness("  return f_step(x - 7/2, mu=1)", inputs: [x])
    #expect(ramp.outputs == [GridValue(from: 0, to: 1, spacing: Rational(1, 2))])
    let real = try #require(GridValue(from: 0, to: 9, spacing: nil))
    let unknown = try exactness("  return f_step(x - 7/2, mu=2)", inputs: [real])
    #expect(unknown.outputs == [GridValue(from: 0, to: 1, spacing: nil)])
    #expect(unknown.failure(in: .binary64)?.place.part == .input(coordinate: 0))
  }

  @Test("A weight that is no float spoils the proof, and so do overflow and underflow")
  func formats() throws {
    let x = try integers(0, 1)
    let third = try exactness("  return Linear(x, A=[[1/3]])", inputs: [x])
    #expect(third.failure(in: .binary64)?.reason == .notDyadic)
    #expect(third.failure(in: .binary64)?.place.part == .weight(row: 0, column: 0))
    let large = try exactness("  return Linear(x, A=[[65536]])", inputs: [x])
    #expect(large.failure(in: .binary16)?.reason == .overflow(exponent: 16))
    #expect(large.isProved(in: .bfloat16))
    let small = try exactness("  return Linear(x, A=[[1/33554432]])", inputs: [x])
    #expect(small.failure(in: .binary16)?.reason == .underflow(exponent: -25))
    #expect(small.isProved(in: .bfloat16))
    // A power of two has one bit, whatever its grid: 2^8 is a bfloat16, 2^8 + 1 is not.
    let edge = try exactness("  return Linear(x, A=[[255]], b=[1])", inputs: [x])
    #expect(edge.isProved(in: .bfloat16))
  }

  @Test("A counter is exact up to a horizon, and without one nothing is known of it")
  func counter() throws {
    let text = "  return LinState(x, A=[[1]], B=[[1]])"
    let bit = try integers(0, 1)
    #expect(try exactness(text, inputs: [bit], .steps(256)).isProved(in: .bfloat16))
    let longer = try exactness(text, inputs: [bit], .steps(257))
    #expect(longer.failure(in: .bfloat16)?.place.step == 256)
    #expect(!longer.holdsForEveryLength)
    #expect(throws: ExactnessLimit.noInvariant(rounds: 200)) {
      try exactness(text, inputs: [bit], .everyLength)
    }
  }

  @Test("States that repeat, or stay in a grid, are exact for ever")
  func everyLength() throws {
    let bit = try integers(0, 1)
    let cycle = try exactness(
      "  c = f_modulo_counter(5)\n  return x + c", inputs: [bit], .everyLength)
    #expect(cycle.holdsForEveryLength && cycle.unrolledSteps > 0)
    #expect(try cycle.outputs == [integers(0, 5)])
    let short = try exactness(
      "  c = f_modulo_counter(5)\n  return x + c", inputs: [bit], .steps(100))
    #expect(short.holdsForEveryLength)
    let window = try exactness(
      "  return LinState(x, A=shift(3), B=[[0], [0], [1]])", inputs: [bit], .everyLength)
    #expect(window.holdsForEveryLength && window.outputs == Array(repeating: bit, count: 3))
    var limits = ExactnessLimits()
    limits.unrolledSteps = 2
    let invariant = try exactness(
      "  c = f_modulo_counter(5)\n  return x + c", inputs: [bit], .everyLength, limits: limits)
    #expect(invariant.holdsForEveryLength && invariant.unrolledSteps == 0)
    #expect(invariant.outputs[0].contains(5) && invariant.needs.precision != nil)
  }

  @Test("Numbers that explode, and work without end, are given up")
  func limits() throws {
    var lines = ["  v0 = Linear(x, A=[[3]])"]
    for step in 1...40 { lines.append("  v\(step) = Multi(Concat([v\(step - 1), v\(step - 1)]))") }
    lines.append("  return v40")
    let text = lines.joined(separator: "\n")
    #expect(throws: ExactnessLimit.tooManyBits(limit: 4_096)) {
      try exactness(text, inputs: [try integers(0, 9)])
    }
    #expect(throws: ExactnessLimit.tooManyBits(limit: 4_096)) {
      try exactness(text, inputs: [GridValue(3)])
    }
    var limits = ExactnessLimits()
    limits.work = 100
    #expect(throws: ExactnessLimit.tooMuchWork(limit: 100)) {
      try exactness(
        "  return LinState(x, A=eye(9), B=ones(9, 1))", inputs: [try integers(0, 1)], .steps(50),
        limits: limits)
    }
  }
}
