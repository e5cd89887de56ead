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
  ///
  /// For several sequences prepare `RouteEngines` once.
  public func results(
    on tokens: [[Rational]], expecting expected: [[Rational]]? = nil, bitLimit: Int = 1 << 28
  ) -> [(route: Route, result: RouteResult)] {
    RouteEngines(self, bitLimit: bitLimit).run(tokens, expecting: expected).results
  }
}
