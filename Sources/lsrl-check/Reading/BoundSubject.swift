import Architectures
import Compiler
import Evaluation
import ExactArithmetic
import LSRL
import Verification

/// What rounding errors are asked of: a tape, and what to call its instructions.
struct BoundSubject {
  let route: Route
  let tape: Tape

  /// What the exact outputs come from: the program, or the layers' own tape where there is none.
  let truth: Tape

  /// For each instruction its place in words.
  let names: [String]

  init(_ program: Program, route: Route, by compilers: Compilers) throws {
    self.route = route
    truth = Tape(program.graph)
    switch route {
    case .source:
      tape = truth
      names = program.graph.nodes.filter(\.makesInstruction).map {
        "\(program.name(of: $0.id)), a \($0.operation.kindInWords)"
      }
    case .rules:
      switch compilers.rules(program.graph) {
      case .success(let result):
        tape = Tape(result.path)
        names = result.path.names(in: program)
      case .failure(.tooLarge(let reason)): throw Failure.badInput("the rules refuse: \(reason)")
      case .failure(.broken(let reason)): throw Failure(code: .ourBug, message: reason)
      }
    case .lean:
      let path = compilers.lean(program)
      tape = Tape(path)
      names = path.names(in: program)
    case .architecture(let architecture):
      switch compilers.lower(compilers.lean(program), architecture, program.inputRanges) {
      case .success(let stack): (tape, names) = try BoundSubject.layers(stack)
      case .failure(let refusal):
        throw Failure.badInput(
          "\(architecture.rawValue) refuses: \(refusal.description(in: program))")
      }
    }
  }

  init(_ stack: LayerStack) throws {
    route = .architecture(stack.architecture)
    (tape, names) = try BoundSubject.layers(stack)
    truth = tape
  }

  private static func layers(_ stack: LayerStack) throws -> (Tape, [String]) {
    guard let full = Tape(stack) else {
      throw Failure.badInput(
        "no bound for this \(stack.architecture.rawValue): its step sizes, decays or attention "
          + "depend on the input, which no tape can do; see --route lean")
    }
    guard let tape = full.withPlainConstants else {
      throw Failure.badInput(
        "no bound for this \(stack.architecture.rawValue): instruction "
          + "\(full.firstSpecialConstant ?? 0) has a power or root that is irrational, or that "
          + "libraries round otherwise; see --route lean")
    }
    let names = tape.instructions.enumerated().map { position, instruction in
      "instruction \(position), \(instruction.kindInWords) to \(instruction.count) numbers"
    }
    return (tape, names)
  }
}

extension PathGraph {
  /// What to call each step, by the nodes of the program that it is made of.
  fileprivate func names(in program: Program) -> [String] {
    steps.enumerated().map { position, step in
      var origins: [NodeID] = []
      for origin in step.origins.compactMap(\.self) where !origins.contains(origin) {
        origins.append(origin)
      }
      let shown = origins.prefix(3).map(program.name(of:)).joined(separator: ", ")
      let more = origins.count > 3 ? " and \(origins.count - 3) more" : ""
      let made = origins.isEmpty ? "" : " (from \(shown)\(more))"
      return "step \(position), a \(step.operation.kindInWords)\(made)"
    }
  }
}

extension Node {
  fileprivate var makesInstruction: Bool {
    switch operation {
    case .input, .slice, .concat: false
    case .linear, .relu, .multiply, .linState: true
    }
  }
}

extension Operation {
  fileprivate var kindInWords: String {
    switch self {
    case .input: "Input"
    case .linear: "Linear"
    case .slice: "Slice"
    case .relu: "ReLU"
    case .concat: "Concat"
    case .multiply: "Multi"
    case .linState: "LinState"
    }
  }
}

extension Tape.Instruction {
  fileprivate var kindInWords: String {
    switch self {
    case .affine: "affine"
    case .relu: "ReLU"
    case .multiply: "product"
    case .update, .keep: "state"
    case .constant: "constant"
    }
  }
}
