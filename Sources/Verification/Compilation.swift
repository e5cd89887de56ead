import Architectures
import Compiler
import ExactArithmetic
import LSRL

/// One program, compiled in every way that was asked for, with everything kept.
public struct Compilation: Sendable {
  public let program: Program
  public let rules: Result<Compilers.Debranched, RulesFailure>
  public let lean: PathGraph
  public let stacks: [(architecture: Architecture, stack: Result<LayerStack, LoweringRefusal>)]

  public init(
    _ program: Program, for architectures: [Architecture], by compilers: Compilers = .standard()
  ) {
    self.program = program
    rules = compilers.rules(program.graph)
    let lean = compilers.lean(program)
    self.lean = lean
    stacks = architectures.map { ($0, compilers.lower(lean, $0, program.inputRanges)) }
  }

  /// Which way a refused program would have to go, in the author's words.
  public func explain(_ refusal: LoweringRefusal) -> String { refusal.description(in: program) }
}

// MARK: - Running all routes

extension Compilation {
  /// What each route makes of `tokens`, compared with `expected`, exactly. Where the source's
  /// numbers outgrow `bitLimit`, everything is undecided.
  public func results(
    on tokens: [[Rational]], expecting expected: [[Rational]]? = nil, bitLimit: Int = 1 << 28
  ) -> [(route: Route, result: RouteResult)] {
    let outputs: [[Rational]]
    do {
      var interpreter = Interpreter<Rational>(program.graph, bitLimit: bitLimit)
      outputs = try interpreter.run(tokens)
    } catch {
      return [(.source, .undecided("\(error)"))]
    }
    let expected = expected ?? outputs
    func compared(_ found: [[Rational]]) -> RouteResult {
      Difference(expected: expected, found: found).map(RouteResult.wrong) ?? .right
    }
    var results: [(route: Route, result: RouteResult)] = [(.source, compared(outputs))]
    switch rules {
    case .success(let debranched):
      results.append((.rules, compared(debranched.path.run(tokens))))
    case .failure(.tooLarge(let reason)): results.append((.rules, .refused(reason)))
    case .failure(.broken(let reason)): results.append((.rules, .undecided(reason)))
    }
    results.append((.lean, compared(lean.run(tokens))))
    for (architecture, stack) in stacks {
      results.append((.architecture(architecture), result(of: stack, on: tokens, compared)))
    }
    return results
  }

  private func result(
    of stack: Result<LayerStack, LoweringRefusal>, on tokens: [[Rational]],
    _ compared: ([[Rational]]) -> RouteResult
  ) -> RouteResult {
    switch stack {
    case .failure(let refusal): return .refused(explain(refusal))
    case .success(let stack):
      if let limit = stack.maximumLength, tokens.count > limit {
        return .refused("compiled for at most \(limit) tokens, found \(tokens.count)")
      }
      do {
        return compared(try stack.run(tokens))
      } catch {
        return .undecided("\(error)")
      }
    }
  }
}
