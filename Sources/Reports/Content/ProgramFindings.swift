import LSRL

/// What was found out about one program on one sequence of tokens, in plain values.
public struct ProgramFindings: Sendable {
  /// A way to the outputs, and what became of it.
  public struct Route: Hashable, Sendable {
    public enum Result: Hashable, Sendable {
      case right
      case wrong(String)

      /// There is no such way, for this reason.
      case refused(String)
      case undecided(String)
    }

    public var name: String
    public var result: Result
    public var size: Size?

    public init(_ name: String, _ result: Result, size: Size?) {
      self.name = name
      self.result = result
      self.size = size
    }
  }

  public struct Size: Hashable, Sendable {
    /// Nodes of a graph, or layers of a network.
    public var parts: String
    public var width: Int
    public var denseParameters: Int
    public var nonzeros: Int

    public init(parts: String, width: Int, denseParameters: Int, nonzeros: Int) {
      self.parts = parts
      self.width = width
      self.denseParameters = denseParameters
      self.nonzeros = nonzeros
    }
  }

  /// How many floats are nearest to the right integer, and of how many that is proved.
  public struct Rounding: Hashable, Sendable {
    public var right: Int
    public var certain: Int

    public init(right: Int, certain: Int) {
      self.right = right
      self.certain = certain
    }
  }

  /// A run in floats: for each token the largest error and the largest bound of its outputs.
  public struct Run: Hashable, Sendable {
    public var route: String
    public var format: String

    /// Infinite where a float is not finite.
    public var errors: [Double]

    /// Infinite where nothing is known. Empty if no bound was asked for.
    public var bounds: [Double]

    /// Whether every float is within its bound, compared exactly; nil if there are no bounds.
    public var holds: Bool?

    /// How many outputs are proved to be the exact ones.
    public var provedExact: Int
    public var outputs: Int

    /// Nil if some exact output is no integer.
    public var rounding: Rounding?
    public var command: String

    public init(
      route: String, format: String, errors: [Double], bounds: [Double], holds: Bool?,
      provedExact: Int, outputs: Int, rounding: Rounding? = nil, command: String
    ) {
      self.route = route
      self.format = format
      self.errors = errors
      self.bounds = bounds
      self.holds = holds
      self.provedExact = provedExact
      self.outputs = outputs
      self.rounding = rounding
      self.command = command
    }
  }

  public var name: String
  public var program: Program

  /// The file of the tokens, and how many there are; 0 if the report is about no run.
  public var tokenCount: Int
  public var routes: [Route] = []
  public var runs: [Run] = []

  /// What the lean compiler makes of the program.
  public var path: PathGraph?

  /// Tokens and outputs, as texts, where they are few enough to show.
  public var outputs: [(token: String, output: String)] = []

  /// What was claimed of a finding, and what became of it now.
  public var finding: Report.Verdict?
  public var command: String

  public init(name: String, program: Program, tokenCount: Int, command: String) {
    self.name = name
    self.program = program
    self.tokenCount = tokenCount
    self.command = command
  }
}
