import Architectures
import Compiler
import Evaluation
import ExactArithmetic
import LSRL

/// All that one program became, ready to run.
///
/// Prepared once for a compilation: a tape for each route, and when it first runs, each engine's
/// form of it. A sequence then costs its arithmetic. Has work space of its own, so each thread
/// needs its own.
public final class RouteEngines {
  /// What came of one sequence.
  public struct Outcome: Sendable {
    /// The program's own, exactly; nil if they are too large.
    public let outputs: [[Rational]]?
    public let results: [(route: Route, result: RouteResult)]
  }

  /// The program's tape.
  public let tape: Tape

  private let compilation: Compilation
  private let bitLimit: Int
  private let source: ExactEngine
  private let rules: ExactEngine?
  private let lean: ExactEngine
  private let stacks: [ExactEngine?]

  /// `bitLimit` is what the vectors of the program may take; what it compiles to may take what
  /// engines allow.
  public init(_ compilation: Compilation, bitLimit: Int = 1 << 28) {
    self.compilation = compilation
    self.bitLimit = bitLimit
    tape = Tape(compilation.program.graph)
    source = ExactEngine(tape, bitLimit: bitLimit)
    if case .success(let debranched) = compilation.rules {
      rules = ExactEngine(Tape(debranched.path))
    } else {
      rules = nil
    }
    lean = ExactEngine(Tape(compilation.lean))
    stacks = compilation.stacks.map { _, stack in
      guard case .success(let stack) = stack else { return nil }
      return Tape(exactly: stack).map { ExactEngine($0) }
    }
  }

  /// Runs `tokens` on every route and compares with `expected`; with the program's own outputs if
  /// nothing else is expected.
  public func run(_ tokens: [[Rational]], expecting expected: [[Rational]]? = nil) -> Outcome {
    let outputs: [[Rational]]
    do {
      let graph = compilation.program.graph
      outputs = try graph.exactOutputs(on: tokens, by: source, bitLimit)
    } catch {
      return Outcome(outputs: nil, results: [(.source, .undecided("\(error)"))])
    }
    let expected = expected ?? outputs
    func compared(_ found: [[Rational]]) -> RouteResult {
      Difference(expected: expected, found: found).map(RouteResult.wrong) ?? .right
    }
    var results: [(route: Route, result: RouteResult)] = [(.source, compared(outputs))]
    switch compilation.rules {
    case .success(let debranched):
      let path = debranched.path
      let found = rules.map { path.exactOutputs(on: tokens, by: $0) } ?? path.run(tokens)
      results.append((.rules, compared(found)))
    case .failure(.tooLarge(let reason)): results.append((.rules, .refused(reason)))
    case .failure(.broken(let reason)): results.append((.rules, .undecided(reason)))
    }
    results.append((.lean, compared(compilation.lean.exactOutputs(on: tokens, by: lean))))
    for (position, (architecture, stack)) in compilation.stacks.enumerated() {
      let result = result(of: stack, by: stacks[position], on: tokens, compared)
      results.append((.architecture(architecture), result))
    }
    return Outcome(outputs: outputs, results: results)
  }

  private func result(
    of stack: Result<LayerStack, LoweringRefusal>, by engine: ExactEngine?,
    on tokens: [[Rational]], _ compared: ([[Rational]]) -> RouteResult
  ) -> RouteResult {
    switch stack {
    case .failure(let refusal): return .refused(compilation.explain(refusal))
    case .success(let stack):
      if let limit = stack.maximumLength, tokens.count > limit {
        return .refused("compiled for at most \(limit) tokens, found \(tokens.count)")
      }
      do {
        return compared(try stack.exactOutputs(on: [tokens], by: engine)[0])
      } catch {
        return .undecided("\(error)")
      }
    }
  }
}
