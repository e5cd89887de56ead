import Architectures
import Certificates
import Compiler
import ExactArithmetic
import LSRL
import Testing

@testable import CouplingSearch

@Suite("The search for couplings")
struct CouplingSearchTests {
  /// Programs that between them take every part of the search.
  static let programs = [
    "returns the sum so far": """
    ForEach:
      x = Input(dim=2)
      return LinState(x, A=[[1]], B=[[1, -2]], b=[3], init_state=[[-1]])
    """,
    "squares": """
    ForEach:
      x = Input(dim=1)
      return Multi(Concat([x, x]))
    """,
    "has the same state twice": """
    ForEach:
      x = Input(dim=1)
      s = LinState(x, A=[[1]], B=[[1]], init_state=[[0]])
      t = LinState(x, A=[[1]], B=[[2]], init_state=[[0]])
      return Concat([s, ReLU(t)])
    """,
    "counts modulo 3": """
    ForEach:
      x = Input(dim=1)
      return Concat([x, f_modulo_counter(3)])
    """,
    "falls from where it starts": """
    ForEach:
      x = Input(dim=1)
      s = LinState(x - x, A=[[1]], B=[[3]], b=[-1/2], init_state=[[1]])
      return Concat([s, ReLU(5 * s - 7)])
    """,
    "squares a state of unknown sign": """
    ForEach:
      x = Input(dim=1, range=[0, 1])
      s = LinState(x, A=[[1]], B=[[1]], init_state=[[5]])
      v = 2 * s - 11
      return Multi(Concat([v, v]))
    """,
    "remembers three tokens": """
    ForEach:
      x = Input(dim=1)
      d = LinState(x, A=[[0, 0, 0], [1, 0, 0], [0, 1, 0]], B=[[1], [0], [0]], b=[1, 0, 1/2],
        init_state=[[1], [2], [3]])
      return ReLU(d)
    """,
  ]

  static func program(_ text: String) throws -> Program {
    try ProgramText(parsing: text, file: "test.lsrl", setting: [:]).program
  }

  static func outcome(
    _ program: Program, _ architecture: Architecture, wrong: (LayerStack) -> LayerStack = { $0 }
  ) throws -> CouplingSearch.Outcome? {
    let options = LoweringOptions()
    guard
      let stack = try? lowered(path: program.leanPath, to: architecture, options: options),
      stack.maximumLength == nil
    else { return nil }
    return CouplingSearch(
      source: CellProgram(program.graph), target: try CellProgram(wrong(stack)),
      inputBounds: program.inputRanges
    ).run()
  }

  @Test("What is found, the judge accepts; and it is found", arguments: programs.keys.sorted())
  func finds(name: String) throws {
    let program = try Self.program(Self.programs[name] ?? "")
    for architecture in Architecture.allCases where architecture != .gruResetAfter {
      guard let outcome = try Self.outcome(program, architecture) else { continue }
      guard case .found(let certificate) = outcome else {
        Issue.record("\(architecture): \(outcome)")
        continue
      }
      #expect(certificate.judged().isAccepted)
      #expect(certificate.source == CellProgram(program.graph))
      let read = try Certificate(parsing: certificate.text)
      #expect(read == certificate)
    }
  }

  @Test("A search is the same every time")
  func repeats() throws {
    let program = try Self.program(Self.programs["has the same state twice"] ?? "")
    var texts: Set<String> = []
    for _ in 0..<2 {
      guard case .found(let certificate)? = try Self.outcome(program, .mamba) else {
        Issue.record("nothing found")
        return
      }
      texts.insert(certificate.text)
    }
    #expect(texts.count == 1)
  }

  @Test("Other outputs are found on tokens, not certified")
  func different() throws {
    let program = try Self.program(Self.programs["returns the sum so far"] ?? "")
    for architecture in [Architecture.rnn, .lstm, .gru, .mamba, .linearRNN] {
      let outcome = try Self.outcome(program, architecture) { stack in
        LayerStack(
          architecture: stack.architecture, inputDimension: stack.inputDimension,
          embedding: stack.embedding, layers: stack.layers,
          readOut: AffineMap(
            stack.readOut.matrix, offset: stack.readOut.offset.map { $0 + Rational(1, 1 << 30) }))
      }
      guard case .different(let tokens)? = outcome else {
        Issue.record("\(architecture): \(String(describing: outcome))")
        continue
      }
      #expect(!tokens.isEmpty)
    }
  }

  @Test("A source and a target of other dimensions give no certificate")
  func malformed() throws {
    let program = try Self.program(Self.programs["squares"] ?? "")
    let other = CellProgram(nodes: [.relu(of: 3)], initial: [], output: 0)
    let outcome = CouplingSearch(
      source: CellProgram(program.graph), target: other, inputBounds: program.inputRanges
    ).run()
    guard case .notFound = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }
}
