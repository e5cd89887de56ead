import Architectures
import Compiler
import ExactArithmetic
import LSRL

/// Why a program has no path by the rules.
public enum RulesFailure: Error, Hashable, Sendable {
  /// The path outgrew the limit; says after how much.
  case tooLarge(String)

  /// Our bug: a rule built something ill-formed, made no progress, or none applied.
  case broken(String)
}

/// The compilers that the road drives, as values: a test can put a wrong one in the place of ours
/// and must see it caught.
public struct Compilers: Sendable {
  public typealias Lowering =
    @Sendable (PathGraph, Architecture, [Interval]) -> Result<LayerStack, LoweringRefusal>

  public var rules: @Sendable (Graph) -> Result<Debranched, RulesFailure>
  public var lean: @Sendable (Program) -> PathGraph

  /// The path's layers, right for tokens within the ranges.
  public var lower: Lowering

  /// A path by the rules, and how it came about.
  public struct Debranched: Sendable {
    public let path: PathGraph
    public let trace: Trace

    public init(path: PathGraph, trace: Trace) {
      self.path = path
      self.trace = trace
    }
  }

  public init(
    rules: @escaping @Sendable (Graph) -> Result<Debranched, RulesFailure>,
    lean: @escaping @Sendable (Program) -> PathGraph,
    lower: @escaping Lowering
  ) {
    self.rules = rules
    self.lean = lean
    self.lower = lower
  }

  /// Ours. `largestPath` is how many non-zeros a graph may have on its way to a path by the rules.
  public static func standard(
    rules: [RewriteRule] = RewriteRule.catalogue, largestPath: Int = 2_000_000,
    lowering: LoweringOptions = LoweringOptions()
  ) -> Compilers {
    Compilers(
      rules: { $0.debranchedToPath(by: rules, largestPath: largestPath) },
      lean: \.leanPath,
      lower: { path, architecture, inputRanges in
        var options = lowering
        options.inputRanges = options.inputRanges ?? inputRanges
        return Result { () throws(LoweringRefusal) in
          try lowered(path: path, to: architecture, options: options)
        }
      })
  }
}

extension Graph {
  fileprivate func debranchedToPath(
    by rules: [RewriteRule], largestPath: Int
  ) -> Result<Compilers.Debranched, RulesFailure> {
    do {
      let result = try debranched(
        by: rules, limits: DebranchingLimits(storedEntries: largestPath))
      switch result.end {
      case .path: break
      case .noRule(let node): return .failure(.broken("no rule applies at \(node)"))
      case .tooLarge: return .failure(.tooLarge("\(result.end)"))
      }
      guard let path = PathGraph(result.graph) else {
        return .failure(.broken("the rules end in what is no path"))
      }
      return .success(.init(path: path, trace: result.trace))
    } catch {
      return .failure(.broken("\(error)"))
    }
  }
}
