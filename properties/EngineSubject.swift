import Architectures
import Compiler
import Evaluation
import ExactArithmetic
import LSRL

/// What engines are compared on: the definition of something that runs, beside its tape.
enum EngineSubject {
  case graph(Graph)
  case stack(LayerStack)

  var inputDimension: Int {
    switch self {
    case .graph(let graph): graph.inputDimension
    case .stack(let stack): stack.inputDimension
    }
  }

  /// Nil if there is none.
  var tape: Tape? {
    switch self {
    case .graph(let graph): Tape(graph)
    case .stack(let stack): Tape(stack)
    }
  }

  /// For exact numbers; nil if there is none.
  var exactTape: Tape? {
    switch self {
    case .graph(let graph): Tape(graph)
    case .stack(let stack): Tape(exactly: stack)
    }
  }

  /// By definition.
  func run<Number: PowerScalar>(
    _ tokens: [[Number]], bitLimit: Int = 1 << 28
  ) throws -> [[Number]] {
    switch self {
    case .graph(let graph):
      var interpreter = Interpreter<Number>(graph, bitLimit: bitLimit)
      return try interpreter.run(tokens)
    case .stack(let stack): return try stack.run(tokens)
    }
  }
}

extension ProgramCase {
  /// The program, its lean path, and all networks that it is lowered to, in the usual way and with
  /// all variations at once.
  var engineSubjects: [(name: String, subject: EngineSubject)] {
    let path = program.leanPath
    var subjects: [(String, EngineSubject)] = [
      ("program", .graph(program.graph)), ("lean path", .graph(path.graph)),
    ]
    for architecture in Architecture.allCases {
      let ways = [("", LoweringOptions()), (", varied", LoweringOptions.variations)]
      for (suffix, options) in ways {
        guard let stack = try? lowered(path: path, to: architecture, options: options) else {
          continue
        }
        subjects.append((architecture.rawValue + suffix, .stack(stack)))
      }
    }
    return subjects
  }
}
