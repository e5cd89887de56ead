import Architectures
import Certificates
import Compiler
import ExactArithmetic
import LSRL
import Testing

@testable import CouplingSearch

@Suite("Programs that are run at a glance")
struct GlimpseTests {
  /// The program and what it is lowered to, where that is possible.
  private static func cellPrograms(of program: Program) -> [CellProgram] {
    let stacks = [Architecture.lstm, .gru, .mamba, .hawk].compactMap {
      try? lowered(path: program.leanPath, to: $0, options: LoweringOptions())
    }
    return [CellProgram(program.graph)] + stacks.compactMap { try? CellProgram($0) }
  }

  /// Steps that were clear, and what was seen in them of other numbers than were there.
  private static func misseen(
    _ program: CellProgram, _ tokens: [[Rational]]
  ) throws -> (clear: Int, wrong: [String]) {
    let dimensions = try program.dimensions(reading: tokens[0].count)
    let glimpsed = GlimpsedProgram(program, dimensions: dimensions)
    var exact = program.memory(Rational.self)
    var (before, after) = (glimpsed.initial, glimpsed.initial)
    var wrong: [String] = []
    for (step, token) in tokens.enumerated() {
      exact = program.values(reading: token, after: exact)
      guard
        glimpsed.step(reading: token.map(Glimpse.init), after: before, into: &after) == .clear
      else { return (step, wrong) }
      for (value, glimpse) in zip(exact.joined(), after) {
        let isRight =
          glimpse.residue == Residue(value)
          && (Double(nearest: value) - glimpse.value).magnitude <= glimpse.error
          && glimpse.signum.map { $0 == value.signum } ?? true
        if !isRight { wrong.append("step \(step): \(value), seen as \(glimpse)") }
      }
      swap(&before, &after)
    }
    return (tokens.count, wrong)
  }

  @Test(
    "have the residues and signs of their rationals",
    arguments: CouplingSearchTests.programs.keys.sorted())
  func agrees(name: String) throws {
    let program = try CouplingSearchTests.program(CouplingSearchTests.programs[name] ?? "")
    for cells in Self.cellPrograms(of: program) {
      var tokens = Tokens(within: program.inputRanges, seed: 9)
      for _ in 0..<6 {
        let (clear, wrong) = try Self.misseen(cells, tokens.sequence(length: 12))
        #expect(clear == 12)
        #expect(wrong.isEmpty)
      }
    }
  }

  @Test("say where a sign is not seen, and where numbers leave the range of floats")
  func limits() throws {
    func sights(_ output: String) throws -> [GlimpsedProgram.Sight] {
      let text = """
        ForEach:
          x = Input(dim=1)
          s = LinState(x, A=[[4]], B=[[1]], init_state=[[1]])
          t = LinState(x, A=[[4]], B=[[1]], init_state=[[1]])
          u = LinState(x, A=[[1]], B=[[1]], init_state=[[0]])
          return \(output)
        """
      let program = CellProgram(try CouplingSearchTests.program(text).graph)
      let glimpsed = GlimpsedProgram(program, dimensions: try program.dimensions(reading: 1))
      var (before, after) = (glimpsed.initial, glimpsed.initial)
      return (0..<400).map { _ in
        defer { swap(&before, &after) }
        return glimpsed.step(reading: [Glimpse(1)], after: before, into: &after)
      }
    }
    let equal = try sights("ReLU(s - t)")
    #expect(equal.prefix(200).allSatisfy { $0 == .clear })
    #expect(equal.contains { $0 == .far })
    let close = try sights("ReLU((s + u) - t)")
    #expect(close.prefix(20).allSatisfy { $0 == .clear })
    #expect(close.prefix(40).contains { $0 == .unclear })
  }

  @Test("are followed with rationals where they are unclear, and the outputs compared")
  func followsClosely() throws {
    func program(_ output: String) throws -> CellProgram {
      let text = """
        ForEach:
          x = Input(dim=1, range=[1, 1])
          s = LinState(x, A=[[4]], B=[[1]], init_state=[[1]])
          t = LinState(x, A=[[4]], B=[[1]], init_state=[[1]])
          u = LinState(x, A=[[1]], B=[[1]], init_state=[[0]])
          return \(output)
        """
      return CellProgram(try CouplingSearchTests.program(text).graph)
    }
    let source = try program("ReLU((s + u) - t)")
    let target = try program("ReLU(u - 60) + (u - ReLU(u - 60))")
    let other = try program("u - ReLU(u - 60)")
    for (target, isEqual) in [(target, true), (other, false)] {
      var observations = Observations(
        of: [], source: source, target: target,
        dimensions: (try source.dimensions(reading: 1), try target.dimensions(reading: 1)))
      observations.observe(Array(repeating: [1], count: 80))
      #expect(observations.exactStepCount > 60)
      #expect((observations.counterexample == nil) == isEqual)
      if !isEqual { #expect(observations.counterexample?.count == 61) }
    }
  }
}
