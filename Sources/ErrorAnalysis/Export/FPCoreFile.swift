import Evaluation
import ExactArithmetic
import LSRL

/// A program's outputs as FPCore 2.0, the language of FPBench: one expression for each output, on
/// the tokens of a short run from the initial state, in the order of operations of `Tape`.
///
/// Read in floats, it is the float program, bit for bit. Read in real numbers, it is the exact
/// program: numbers stand there as they are, and are rounded where FPCore rounds them.
public struct FPCoreFile {
  private let program: ScalarProgram
  private let format: FloatFormat
  private let ranges: [Interval]
  private let name: String

  /// `ranges`: what each coordinate of a token may be. Throws `tooManyNumbers` for programs that are
  /// too long.
  ///
  /// Precondition: a range for each coordinate, and `tokens` > 0.
  public init(
    _ tape: Tape, named name: String, tokens: Int, ranges: [Interval], format: FloatFormat
  ) throws(EngineError) {
    precondition(tokens > 0 && ranges.count == tape.inputDimension, "a range for each coordinate")
    program = try ScalarProgram(tape, tokens: tokens)
    self.format = format
    self.ranges = ranges
    self.name = name
  }

  /// All outputs of the last token: those of the others are part of shorter runs.
  public var text: String {
    let outputs = program.outputs.last ?? []
    return outputs.indices.map(core).joined(separator: "\n")
  }

  /// The expression of one coordinate of the last output.
  public func core(_ output: Int) -> String {
    let last = program.outputs.count - 1
    let root = program.outputs[last][output]
    let (cone, readings) = program.cone(of: [root])
    var names: [Int: String] = [:]
    var bindings: [String] = []
    var lengths: [Int: Int] = [:]
    for node in cone {
      let expression = text(of: node, names)
      let length = 1 + program.nodes[node].operands.reduce(0) { $0 + (lengths[$1] ?? 0) }
      let isShared = (readings[node] ?? 0) > 1 || length > FPCoreFile.longestExpression
      if node != root, program.nodes[node].isOperation, isShared {
        names[node] = "v\(bindings.count)"
        bindings.append("[v\(bindings.count) \(expression)]")
        lengths[node] = 0
      } else {
        names[node] = expression
        lengths[node] = program.nodes[node].isOperation ? length : 0
      }
    }
    let result = names[root] ?? "0"
    let body =
      bindings.isEmpty
      ? result : "(let* (\(bindings.joined(separator: "\n         ")))\n    \(result))"
    return """
      (FPCore (\(arguments.map(\.name).joined(separator: " ")))
        :name "\(name.filter { $0 != "\"" && $0 != "\\" }), output \(output) after \(last + 1) tokens"
        :cite (petrov-et-al-2024)
        :precision \(precision)
        :round nearestEven\(condition)
        \(body))

      """
  }

  /// Longer ones are cut, so that nobody's parser must go deep.
  private static let longestExpression = 24

  private func text(of node: Int, _ names: [Int: String]) -> String {
    func name(_ node: Int) -> String { names[node] ?? "" }
    switch program.nodes[node] {
    case .argument(let token, let coordinate): return argument(token, coordinate)
    case .number(let value): return "\(value)"
    case .product(let left, let right): return "(* \(name(left)) \(name(right)))"
    case .sum(let left, let right): return "(+ \(name(left)) \(name(right)))"
    // As ours: a NaN stays.
    case .relu(let value): return "(if (<= \(name(value)) 0) 0 \(name(value)))"
    }
  }

  private func argument(_ token: Int, _ coordinate: Int) -> String {
    let time = program.outputs.count > 1 ? "t\(token)" : ""
    return ranges.count > 1 || time.isEmpty ? "\(time)x\(coordinate)" : time
  }

  private var arguments: [(name: String, range: Interval)] {
    program.outputs.indices.flatMap { token in
      ranges.indices.map { (argument(token, $0), ranges[$0]) }
    }
  }

  /// FPCore has a name for IEEE's formats only; others are told by bits of exponent, and of all.
  private var precision: String {
    switch format {
    case .binary64, .binary32, .binary16: format.name
    default: "(float 8 16)"
    }
  }

  private var condition: String {
    let parts = arguments.compactMap { name, range -> String? in
      switch (range.lower, range.upper) {
      case (let lower?, let upper?): "(<= \(lower) \(name) \(upper))"
      case (let lower?, nil): "(<= \(lower) \(name))"
      case (nil, let upper?): "(<= \(name) \(upper))"
      case (nil, nil): nil
      }
    }
    guard let first = parts.first else { return "" }
    return "\n  :pre " + (parts.count == 1 ? first : "(and \(parts.joined(separator: " ")))")
  }
}
