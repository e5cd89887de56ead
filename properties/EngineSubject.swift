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
  /// The program, its lean path, and a few of the networks that it is lowered to: another few for
  /// other sizes of programs and sequences, in the usual way and with all variations at once.
  var engineSubjects: [(name: String, subject: EngineSubject)] {
    let path = program.leanPath
    var subjects: [(String, EngineSubject)] = [
      ("program", .graph(program.graph)), ("lean path", .graph(path.graph)),
    ]
    let all = Architecture.allCases
    let first = 5 * program.graph.nodes.count + 3 * tokens.count + path.steps.count
    for place in [first, first + 4, first + 7] {
      let architecture = all[place % all.count]
      for (suffix, options) in [("", LoweringOptions()), (", varied", .variations)] {
        guard let stack = try? lowered(path: path, to: architecture, options: options) else {
          continue
        }
        subjects.append((architecture.rawValue + suffix, .stack(stack)))
      }
    }
    return subjects
  }
}
